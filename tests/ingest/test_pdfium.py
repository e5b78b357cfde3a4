import pytest

from ingest.errors import PdfUnreadable
from ingest.pdfium.glyphs import glyph_boxes, page_text, read_glyph_pages
from ingest.pdfium.image import page_image
from tests.make_pdf import encrypted_pdf, lines_of_text, raw_pdf, typst_pdf

_DAMAGED = "open it in a viewer, print it to a new PDF and put that in its place"
_WORDS = raw_pdf(lines_of_text("Some words"))


@pytest.mark.parametrize(
    "pdf_bytes",
    [b"%PDF-1.7\n", typst_pdf("Words.")[:500]],
    ids=["a header only", "truncated"],
)
def test_a_file_that_is_cut_is_named_with_the_remedy(pdf_bytes: bytes) -> None:
    with pytest.raises(PdfUnreadable) as caught:
        list(read_glyph_pages(pdf_bytes, file="guide.pdf"))
    assert str(caught.value).startswith("guide.pdf: is damaged (pdfium: ")
    assert str(caught.value).endswith(_DAMAGED)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"Dear all, this is a letter.", "text"),
        (b"\n<!DOCTYPE html><html>", "a web page"),
        (b"PK\x03\x04\x14\x00", "an archive or an office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old office document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"{\\rtf1", "a text document"),
        (b"\0\0\0", "bytes of another kind"),
    ],
)
def test_a_file_that_is_no_pdf_is_named_by_what_it_is(content: bytes, kind: str) -> None:
    with pytest.raises(PdfUnreadable) as caught:
        list(read_glyph_pages(content, file="guide.pdf"))
    assert str(caught.value) == (
        f"guide.pdf: is no PDF but {kind}; put the publication's PDF in its place"
    )


def test_a_pdf_that_begins_late_in_its_file_is_read() -> None:
    (page,) = read_glyph_pages(b"\0" * 5000 + _WORDS, file="guide.pdf")
    assert "".join(glyph.char for glyph in page.glyphs).split() == ["Some", "words"]


def test_a_file_that_needs_a_password_is_named_with_the_remedy() -> None:
    pdf = encrypted_pdf(_WORDS, "secret")
    with pytest.raises(PdfUnreadable) as caught:
        list(read_glyph_pages(pdf, file="guide.pdf"))
    assert str(caught.value) == (
        'guide.pdf: needs a password; give it as password = "…" in the file\'s entry in '
        "publications.toml, or save an unprotected copy in its place"
    )


def test_a_file_that_needs_a_password_opens_with_it() -> None:
    pdf = encrypted_pdf(_WORDS, "secret")
    (page,) = read_glyph_pages(pdf, file="guide.pdf", password="secret")  # noqa: S106
    assert "".join(glyph.char for glyph in page.glyphs).split() == ["Some", "words"]


def test_a_file_without_pages_is_refused() -> None:
    with pytest.raises(PdfUnreadable, match=r"^guide\.pdf: "):
        list(read_glyph_pages(raw_pdf(), file="guide.pdf"))


def test_glyphs_have_their_box_size_and_weight() -> None:
    (page,) = read_glyph_pages(raw_pdf(lines_of_text("Wo", font="/F2", top=700, size=10)), file="x")
    w, o = page.glyphs[:2]
    assert (page.number, page.width, page.height) == (1, 612, 792)
    assert (w.number, w.char, o.number, o.char) == (0, "W", 1, "o")
    # Helvetica Bold: W is 944 thousandths wide; boxes go from 0.78 above the base to 0.22 below.
    assert o.x0 == pytest.approx(72 + 9.44, abs=0.6)
    assert (o.top, o.bottom) == pytest.approx((792 - 707.8, 792 - 697.8), abs=0.01)
    assert o.size == 10
    assert o.bold


def test_the_text_of_a_page_is_that_of_pdfium() -> None:
    pdf = raw_pdf(lines_of_text("First page"), lines_of_text("Second page"))
    assert page_text(pdf, 2, file="x") == "Second page"


def test_an_image_of_a_page_tells_its_scale() -> None:
    image, pixels_per_point = page_image(_WORDS, 1, file="x", scale=0.5)
    assert image.size == (306, 396)
    assert pixels_per_point == 0.5
    assert image.getpixel((2, 2)) == (255, 255, 255)


def test_boxes_come_in_the_order_asked_for() -> None:
    second, first = glyph_boxes(_WORDS, 1, [1, 0], file="x")
    assert first.x0 < second.x0
