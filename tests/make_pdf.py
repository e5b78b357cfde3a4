"""Small PDFs made on the spot, and short ways through ingestion for them."""

import io
import re
from collections.abc import Sequence

import pypdf
import typst
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from ingest.document import Document, Page, Passage, Role, Status
from ingest.extract import extract_pages
from ingest.pdfium.glyphs import read_glyph_pages
from ingest.read import read_publication
from ingest.split import split_passages

# Letter paper with an inch of margin, 11 pt without hyphenation: as guideline PDFs are set.
_PREAMBLE = """
#set page(width: 612pt, height: 792pt, margin: 72pt)
#set text(font: "Libertinus Serif", size: 11pt, hyphenate: false, lang: "en")
#show heading.where(level: 1): set text(size: 18pt)
#show heading.where(level: 2): set text(size: 14pt)
"""


def typst_pdf(source: str) -> bytes:
    """A PDF of typst markup; the same markup gives the same bytes."""
    return bytes(
        typst.compile(
            (_PREAMBLE + source).encode(), format="pdf", ignore_system_fonts=True, timestamp=0
        )
    )


def raw_pdf(*contents: str, differences: str = "", media_box: str = "0 0 612 792") -> bytes:
    """A PDF written by hand: one content stream a page, /F1 is Helvetica, /F2 its bold.

    Args:
        contents: of each page, such as "BT /F1 12 Tf 72 700 Td (Words) Tj ET".
        differences: glyph names for character codes, such as "128 /fi".
        media_box: of every page, points.
    """
    page_numbers = [6 + 2 * n for n in range(len(contents))]
    encoding = f"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [{differences}] >>"
    font = "<< /Type /Font /Subtype /Type1 /Encoding 3 0 R /BaseFont"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        (
            f"<< /Type /Pages /Kids [{' '.join(f'{n} 0 R' for n in page_numbers)}] "
            f"/Count {len(contents)} >>"
        ),
        encoding,
        f"{font} /Helvetica >>",
        f"{font} /Helvetica-Bold >>",
    ]
    for number, content in zip(page_numbers, contents, strict=True):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{media_box}] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    file = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(file)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    file += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    file += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n".encode()
    return bytes(file + f"startxref\n{start}\n%%EOF\n".encode())


def lines_of_text(*lines: str, size: float = 12, top: float = 700, font: str = "/F1") -> str:
    """The content stream of lines of text, one under the other, 72 points from the left."""
    shown = " ".join(f"({line}) Tj 0 -{1.2 * size:.2f} Td" for line in lines)
    return f"BT {font} {size} Tf 72 {top} Td {shown} ET"


def words_at(*placed: tuple[float, float, str], size: float = 10, font: str = "/F1") -> str:
    """The content stream of words in the order given: (left edge, baseline, words) of each.

    Points from the top left corner of a letter page. Escape brackets and backslashes.
    """
    shown = " ".join(
        f"1 0 0 1 {x:.2f} {792 - baseline:.2f} Tm ({words}) Tj" for x, baseline, words in placed
    )
    return f"BT {font} {size} Tf {shown} ET"


def grid_of(xs: Sequence[float], ys: Sequence[float]) -> str:
    """The content stream of ruled lines: at each of `xs` down, at each of `ys` across the table.

    Points from the top left corner of a letter page.
    """
    down = [f"{x} {792 - ys[0]} m {x} {792 - ys[-1]} l S" for x in xs]
    across = [f"{xs[0]} {792 - y} m {xs[-1]} {792 - y} l S" for y in ys]
    return " ".join(["0.5 w", *down, *across])


def image_only_pdf() -> bytes:
    """A page that shows a picture and has no text, as a scan has."""
    return raw_pdf("q 400 0 0 400 100 200 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")


def encrypted_pdf(pdf_bytes: bytes, password: str) -> bytes:
    """The same PDF, opened by a password only."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_bytes))
    writer.encrypt(password, algorithm="RC4-128")
    return _bytes(writer)


def labelled_pdf(pdf_bytes: bytes, labels: Sequence[tuple[int, str, str]]) -> bytes:
    """The same PDF with printed page labels: (index of the first page, style, prefix)."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_bytes))
    numbers = ArrayObject()
    for first_index, style, prefix in labels:
        label = DictionaryObject()
        if style:
            label[NameObject("/S")] = NameObject(style)
        if prefix:
            label[NameObject("/P")] = TextStringObject(prefix)
        numbers.extend((NumberObject(first_index), label))
    tree = DictionaryObject({NameObject("/Nums"): numbers})
    writer.root_object[NameObject("/PageLabels")] = tree
    return _bytes(writer)


def _bytes(writer: pypdf.PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def document(file: str = "test.pdf", title: str = "Test publication") -> Document:
    """A described publication."""
    return Document(
        doc_id=file.removesuffix(".pdf"),
        title=title,
        publisher="",
        edition="",
        issued=None,
        status=Status.CURRENT,
        supersedes=None,
        source_url="",
        licence="",
        file=file,
        sha256=None,
        page_count=0,
        described=True,
    )


def extracted(pdf_bytes: bytes) -> list[Page]:
    """The pages as extraction makes them: every line still has the role BODY."""
    return extract_pages(
        list(read_glyph_pages(pdf_bytes, file="test.pdf")), doc_id="test", labels=None
    )


def pages_of(pdf_bytes: bytes) -> list[Page]:
    """The pages with a role for every line."""
    return list(read_publication(pdf_bytes, document(), max_file_mib=10).pages)


def count_words(text: str) -> int:
    """Stands in for the model's word pieces: words and punctuation marks, at most 12 letters."""
    return len(re.findall(r"\w{1,12}|[^\w\s]", text))


def passages_of(
    pages: list[Page], *, window_tokens: int = 254, max_tokens: int = 180
) -> list[Passage]:
    """The passages of some pages, lengths counted by `count_words`."""
    made_up = document()
    return split_passages(
        pages,
        doc_id=made_up.doc_id,
        title=made_up.title,
        count_tokens=count_words,
        window_tokens=window_tokens,
        max_tokens=max_tokens,
    )


def texts_with(pages: Sequence[Page], role: Role) -> list[str]:
    """The lines that have a role, in order."""
    return [page.line_text(line) for page in pages for line in page.lines if line.role is role]


def cells_of(page: Page) -> list[tuple[int, int, str]]:
    """Row, column and words of every line of a page's table cells, in order."""
    return [(line.row, line.column, page.line_text(line)) for line in page.lines if line.row >= 0]


def folded(text: str) -> str:
    """White space folded to single spaces."""
    return " ".join(text.split())
