import io

import pypdf
import pytest
from pypdf.annotations import FreeText
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from ingest.pdfium.glyphs import GlyphPage, read_glyph_pages
from tests.make_pdf import lines_of_text, raw_pdf, typst_pdf

_PLAIN = "BT /F1 12 Tf 72 700 Td (Plain words.) Tj ET "


def _read(pdf_bytes: bytes) -> GlyphPage:
    (page,) = read_glyph_pages(pdf_bytes, file="x")
    return page


def _seen_and_hidden(page: GlyphPage) -> tuple[str, str]:
    texts = {
        hidden: "".join(g.char for g in page.glyphs if g.hidden is hidden).split()
        for hidden in (False, True)
    }
    return " ".join(texts[False]), " ".join(texts[True])


def _with_resources(pdf_bytes: bytes, name: str, key: str, value: DictionaryObject) -> bytes:
    """The same PDF with one more entry in the resources of its page."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_bytes))
    entry = DictionaryObject({NameObject(key): writer._add_object(value)})
    writer.pages[0]["/Resources"].get_object()[NameObject(name)] = entry
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "1 g BT /F1 12 Tf 72 600 Td (Secret words) Tj ET",
        "0.97 g BT /F1 12 Tf 72 600 Td (Secret words) Tj ET",
        "BT /F1 1 Tf 72 600 Td (Secret words) Tj ET",
        "BT /F1 12 Tf 0.1 0 0 0.1 72 600 Tm (Secret words) Tj ET",
        "BT /F1 12 Tf 700 600 Td (Secret words) Tj ET",
        "BT /F1 12 Tf 72 -40 Td (Secret words) Tj ET",
        "BT /F1 12 Tf 3 Tr 72 600 Td (Secret words) Tj ET",
        "q 0 0 50 50 re W n BT /F1 12 Tf 72 600 Td (Secret words) Tj ET Q",
        "BT /F1 12 Tf 72 600 Td (Secret words) Tj ET 1 g 60 590 200 30 re f",
        "0.2 0.3 0.6 rg 60 590 200 30 re f BT /F1 12 Tf 72 600 Td (Secret words) Tj ET",
        (
            "BT /F1 12 Tf 72 600 Td (Secret words) Tj ET "
            "q 300 0 0 40 60 590 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
        ),
    ],
    ids=[
        "white",
        "nearly white",
        "one point",
        "scaled down",
        "beside the page",
        "below the page",
        "invisible",
        "clipped away",
        "covered by a box",
        "colour of its box",
        "covered by a picture",
    ],
)
def test_text_that_nobody_can_see_is_found(content: str) -> None:
    page = _read(raw_pdf(_PLAIN + content))
    assert _seen_and_hidden(page) == ("Plain words.", "Secret words")


@pytest.mark.parametrize(
    "content",
    [
        "0 0 0.4 rg 60 590 200 30 re f 1 g BT /F1 12 Tf 72 600 Td (Open words) Tj ET",
        "0.8 g 60 590 200 30 re f 0 g BT /F1 12 Tf 72 600 Td (Open words) Tj ET",
        "BT /F1 12 Tf 72 600 Td (Open words) Tj ET 0 g 60 597 200 1 re f",
        "q 0 0 612 792 re W n BT /F1 12 Tf 72 600 Td (Open words) Tj ET Q",
        "0.5 g BT /F1 6 Tf 72 600 Td (Open words) Tj ET",
        "1 0 0 RG BT /F1 12 Tf 1 Tr 72 600 Td (Open words) Tj ET",
        (
            "q 300 0 0 40 60 590 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x40 EI Q "
            "1 g BT /F1 12 Tf 72 600 Td (Open words) Tj ET"
        ),
        "1 g BT /F1 12 Tf 72 600 Td (Open words) Tj ET 0 g BT 72 600 Td (Open words) Tj ET",
    ],
    ids=[
        "white on a dark box",
        "black on grey",
        "underlined",
        "clipped to the page",
        "small and grey",
        "outlined",
        "white on a dark picture",
        "black on its own white halo",
    ],
)
def test_text_that_can_be_seen_stays(content: str) -> None:
    page = _read(raw_pdf(_PLAIN + content))
    assert _seen_and_hidden(page) == ("Plain words. Open words", "")


def test_transparent_text_is_found() -> None:
    source = "Plain words.\n\n#text(fill: rgb(0, 0, 0, 0))[Secret words]"
    assert _seen_and_hidden(_read(typst_pdf(source))) == ("Plain words.", "Secret words")


def test_optional_content_that_is_off_is_found() -> None:
    content = _PLAIN + "/OC /Layer BDC BT /F1 12 Tf 72 600 Td (Secret words) Tj ET EMC"
    group = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/OCG"),
            NameObject("/Name"): TextStringObject("Draft"),
        }
    )
    pdf = _with_resources(raw_pdf(content), "/Properties", "/Layer", group)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    layer = writer.pages[0]["/Resources"]["/Properties"].raw_get("/Layer")  # type: ignore[index]  # pypdf's pages are mappings
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {
            NameObject("/OCGs"): ArrayObject([layer]),
            NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([layer])}),
        }
    )
    stream = io.BytesIO()
    writer.write(stream)
    assert _seen_and_hidden(_read(stream.getvalue())) == ("Plain words.", "Secret words")


def test_the_text_layer_of_a_scan_is_used() -> None:
    # A picture that covers the page; black stripes stand for the ink of a line of writing.
    rows = b"\xff" * 7 + b"\x00" + b"\xff" * 8
    picture = (
        "q 612 0 0 792 0 0 cm BI /W 1 /H 16 /CS /G /BPC 8 /F /AHx ID " + rows.hex() + "> EI Q "
    )
    # The black stripe is the 8th of 16 rows from the top: 792 * 8 / 16 = 396 up to 445.5.
    over_ink = "BT /F1 40 Tf 3 Tr 72 430 Td (Scanned words) Tj ET "
    elsewhere = "BT /F1 40 Tf 3 Tr 72 100 Td (Secret words) Tj ET"
    page = _read(raw_pdf(picture + over_ink + elsewhere))
    assert _seen_and_hidden(page) == ("Scanned words", "Secret words")
    assert page.look.layer == len("Scannedwords")
    assert page.look.image_share == 1.0


def test_glyphs_without_outline_that_stand_for_words_are_found() -> None:
    # A Type 3 font whose letters draw nothing.
    glyph = "500 0 d0"
    content = _PLAIN + "BT /F3 12 Tf 72 600 Td (aa) Tj ET"
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(raw_pdf(content)))
    procedure = pypdf.generic.StreamObject()
    procedure.set_data(glyph.encode())
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type3"),
            NameObject("/FontBBox"): ArrayObject([NumberObject(0)] * 4),
            NameObject("/FontMatrix"): ArrayObject(
                [pypdf.generic.FloatObject(x) for x in (0.001, 0, 0, 0.001, 0, 0)]
            ),
            NameObject("/CharProcs"): DictionaryObject(
                {NameObject("/a"): writer._add_object(procedure)}
            ),
            NameObject("/Encoding"): DictionaryObject(
                {NameObject("/Differences"): ArrayObject([NumberObject(97), NameObject("/a")])}
            ),
            NameObject("/FirstChar"): NumberObject(97),
            NameObject("/LastChar"): NumberObject(97),
            NameObject("/Widths"): ArrayObject([NumberObject(500)]),
        }
    )
    fonts = writer.pages[0]["/Resources"]["/Font"]  # type: ignore[index]  # as above
    fonts[NameObject("/F3")] = writer._add_object(font)
    stream = io.BytesIO()
    writer.write(stream)
    assert _seen_and_hidden(_read(stream.getvalue())) == ("Plain words.", "aa")


def test_comments_are_counted_and_not_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(raw_pdf(lines_of_text("Some words"))))
    writer.add_annotation(0, FreeText(text="A remark", rect=(300, 300, 400, 350)))
    stream = io.BytesIO()
    writer.write(stream)
    page = _read(stream.getvalue())
    assert "remark" not in "".join(g.char for g in page.glyphs)
    assert page.look.notes == 1
