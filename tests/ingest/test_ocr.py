import importlib.util
import io
from collections.abc import Sequence
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from ingest.document import PageQuality, PageVerdict
from ingest.errors import PdfUnreadable, SettingsInvalid
from ingest.ocr.cache import OcrCache, cache_key
from ingest.ocr.engine import OcrEngine, OcrFailed, OcrWord, find_engine
from ingest.ocr.order import LineBox, reading_order
from ingest.ocr.pages import NO_OCR, OcrPlan, Recogniser, ocr_scale, plan_ocr
from ingest.ocr.tesseract import Tesseract
from ingest.pdfium.glyphs import GlyphPage
from ingest.pdfium.image import page_image
from ingest.provenance import quotation_boxes
from ingest.read import Limits, read_publication
from ingest.settings import IngestSettings
from tests.make_pdf import (
    document,
    folded,
    image_only_pdf,
    lines_of_text,
    passages_of,
    raw_pdf,
    typst_pdf,
)

_NEEDS_OCR = PageQuality(verdict=PageVerdict.NEEDS_OCR, reasons=("a picture",))
_PAGE = GlyphPage(number=1, width=612, height=792, glyphs=())
_PROSE = (
    "A community that plans for safety asks the people who live in it what they need. It counts "
    "what it has, writes down what is missing and says who will do what by when."
)


def _scanned(pdf_bytes: bytes, *, dpi: int = 200) -> bytes:
    """The first page as a scan: a PDF of nothing but its picture."""
    picture, _ = page_image(pdf_bytes, 1, file="x", scale=dpi / 72)
    file = io.BytesIO()
    picture.save(file, "pdf", resolution=dpi)
    return file.getvalue()


def _tesseract() -> OcrEngine:
    engine = Tesseract.installed("eng")
    if engine is None:
        pytest.skip("Tesseract is not installed: apt install tesseract-ocr")
    return engine


def _joined(*pdfs: bytes) -> bytes:
    writer = pypdf.PdfWriter()
    for pdf in pdfs:
        writer.append(io.BytesIO(pdf))
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


class _WrittenDown:
    """An engine that always reads the same words; the picture has a pixel to a point."""

    name = "written down 1"

    def __init__(self, *words: OcrWord) -> None:
        self.calls = 0
        self._words = words

    def read(self, picture: Image.Image, *, dpi: int, timeout_s: int) -> Sequence[OcrWord]:
        del picture, dpi, timeout_s
        self.calls += 1
        if not self._words:
            message = "takes more than 1 seconds"
            raise OcrFailed(message)
        return self._words


def _word(text: str, x0: float, x1: float, *, line: int = 0, confidence: float = 0.9) -> OcrWord:
    top = 100 + 20 * line
    return OcrWord(
        text=text, x0=x0, top=top, x1=x1, bottom=top + 10, confidence=confidence, line=line
    )


def _blank(_number: int, _scale: float) -> tuple[Image.Image, float]:
    return Image.new("L", (612, 792), 255), 1.0


def _recognise(
    engine: OcrEngine, quality: PageQuality = _NEEDS_OCR
) -> tuple[GlyphPage, PageQuality]:
    return Recogniser(OcrPlan(engine=engine), _blank).recognise(_PAGE, quality)


def test_words_become_glyphs_with_their_boxes_spaces_and_line_ends() -> None:
    engine = _WrittenDown(_word("so", 10, 30), _word("it", 40, 50), _word("is", 10, 20, line=1))
    page, quality = _recognise(engine)
    assert "".join(glyph.char for glyph in page.glyphs) == "so it\nis\n"
    assert [glyph.number for glyph in page.glyphs] == list(range(9))
    assert [(g.x0, g.x1) for g in page.glyphs[:3]] == [(10, 20), (20, 30), (30, 40)]
    assert {(g.top, g.bottom, g.size) for g in page.glyphs[:5]} == {(100, 110, 10)}
    assert page.ocr is not None
    assert page.ocr.confidence == 0.9
    assert page.ocr.boxes == tuple(glyph.box for glyph in page.glyphs)
    assert quality == PageQuality(
        verdict=PageVerdict.OCR, reasons=("read by OCR (written down 1, confidence 0.90)",)
    )


def test_doubtful_words_are_counted_and_lines_that_cannot_be_made_out_are_left_out() -> None:
    page, quality = _recognise(
        _WrittenDown(
            _word("so", 10, 30),
            _word("it", 40, 50, confidence=0.5),
            _word("is", 60, 70),
            _word("%$", 10, 20, line=1, confidence=0.2),
            _word("lk", 10, 20, line=2, confidence=0.2),
        )
    )
    assert "".join(glyph.char for glyph in page.glyphs) == "so it is\n"
    assert quality.reasons[1:] == (
        "1 of its 3 words are doubtful",
        "2 lines that cannot be made out are left out",
    )


def test_a_page_that_the_engine_guesses_at_still_needs_ocr() -> None:
    page, quality = _recognise(_WrittenDown(_word("lk", 10, 20, confidence=0.2)))
    assert page is _PAGE
    assert quality.verdict is PageVerdict.NEEDS_OCR
    assert quality.reasons == ("a picture", "written down 1 cannot make it out")


def test_an_engine_that_fails_leaves_the_page_and_says_why() -> None:
    page, quality = _recognise(_WrittenDown())
    assert page is _PAGE
    assert quality.reasons == ("a picture", "OCR: takes more than 1 seconds")


def test_pages_with_text_are_not_recognised() -> None:
    engine = _WrittenDown(_word("so", 10, 30))
    assert _recognise(engine, PageQuality()) == (_PAGE, PageQuality())
    assert engine.calls == 0


def test_a_file_whose_time_is_up_is_read_from_the_cache_only(tmp_path: Path) -> None:
    engine = _WrittenDown(_word("so", 10, 30))
    first = Recogniser(OcrPlan(engine=engine, cache=tmp_path), _blank)
    read = first.recognise(_PAGE, _NEEDS_OCR)
    spent = OcrPlan(engine=engine, cache=tmp_path, file_s=0)
    assert Recogniser(spent, _blank).recognise(_PAGE, _NEEDS_OCR) == read
    _, quality = Recogniser(OcrPlan(engine=engine, file_s=0), _blank).recognise(_PAGE, _NEEDS_OCR)
    assert "[ingest] ocr_file_s" in quality.reasons[-1]
    assert engine.calls == 1


def test_the_cache_knows_picture_resolution_and_engine(tmp_path: Path) -> None:
    white, black = Image.new("L", (4, 4), 255), Image.new("L", (4, 4), 0)
    keys = {
        cache_key(white, dpi=300, engine="one 1"),
        cache_key(black, dpi=300, engine="one 1"),
        cache_key(white, dpi=200, engine="one 1"),
        cache_key(white, dpi=300, engine="one 2"),
    }
    assert len(keys) == 4
    cache = OcrCache(tmp_path / "ocr")
    assert cache.find("key") is None
    cache.keep("key", [_word("so", 10, 30)])
    assert cache.find("key") == [_word("so", 10, 30)]
    (tmp_path / "ocr" / "key.json").write_text("[{")
    assert cache.find("key") is None
    OcrCache(None).keep("key", [])


def test_without_an_engine_the_message_names_what_to_install() -> None:
    _, quality = Recogniser(NO_OCR, _blank).recognise(_PAGE, _NEEDS_OCR)
    (_, remedy) = quality.reasons
    assert "apt install tesseract-ocr" in remedy
    assert "brew install tesseract" in remedy
    assert "pip install '.[ocr]'" in remedy
    off = plan_ocr(IngestSettings(ocr="off"), cache=None)
    _, quality = Recogniser(off, _blank).recognise(_PAGE, _NEEDS_OCR)
    assert quality.reasons == ("a picture", '[ingest] ocr is "off" in config.toml')


def test_an_unknown_choice_is_refused() -> None:
    with pytest.raises(SettingsInvalid, match=r'^\[ingest\] ocr = "best" in config\.toml is not'):
        find_engine("best", languages="eng")


def test_an_engine_that_is_asked_for_and_not_installed_is_named() -> None:
    if importlib.util.find_spec("rapidocr"):
        pytest.skip("RapidOCR is installed here")
    with pytest.raises(SettingsInvalid, match=r"rapidocr.*not installed; install Tesseract"):
        find_engine("rapidocr", languages="eng")


def test_a_language_that_is_not_installed_is_left_out() -> None:
    _tesseract()
    engine = Tesseract.installed("eng+tlh")
    assert engine is not None
    assert engine.name.endswith(" eng")
    assert Tesseract.installed("tlh") is None


def test_a_poster_is_not_drawn_in_full() -> None:
    assert ocr_scale(612, 792, 4) == 4
    assert ocr_scale(3000, 2000, 4) == 2


def test_columns_are_read_one_after_the_other_under_a_headline() -> None:
    headline, note = LineBox(0, 0, 200, 10), LineBox(0, 100, 200, 110)
    left = [LineBox(0, top, 95, top + 10) for top in (30, 42, 54)]
    right = [LineBox(105, top, 200, top + 10) for top in (30, 42, 54)]
    rows = [headline, *(box for pair in zip(left, right, strict=True) for box in pair), note]
    ordered = [rows[n] for n in reading_order(rows)]
    assert ordered == [headline, *left, *right, note]
    assert reading_order([]) == []


def test_a_scan_is_read_quoted_and_found_on_its_page(tmp_path: Path) -> None:
    plan = OcrPlan(engine=_tesseract(), cache=tmp_path)
    original = typst_pdf(f"= Plans for safety\n\n{_PROSE}")
    scan = _scanned(original)
    reading = read_publication(scan, document(), max_file_mib=10, ocr=plan)
    (page,) = reading.pages
    assert page.quality.verdict is PageVerdict.OCR
    assert page.ocr is not None
    assert page.ocr.confidence > 0.8
    (passage,) = passages_of(list(reading.pages))
    assert folded(passage.text) == folded(_PROSE)
    assert passage.heading_path == ("Plans for safety",)
    # The boxes lie where the words of the original stand: the text begins 72 points from the left.
    start = page.text.index("A community")
    (box,) = quotation_boxes(scan, page, start, start + len("A community"), file="x")
    (truth,) = read_publication(original, document(), max_file_mib=10).pages
    there = truth.text.index("A community")
    (expected,) = quotation_boxes(original, truth, there, there + len("A community"), file="x")
    assert (box.x0, box.x1) == pytest.approx((expected.x0, expected.x1), abs=2)
    assert (box.top, box.bottom) == pytest.approx((expected.top, expected.bottom), abs=3)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_garbled_file_is_not_read_as_if_it_were_fine() -> None:
    # Shown as words, but its fonts say that every letter is the replacement character.
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(typst_pdf(_PROSE)))
    table = (
        "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 100 beginbfchar\n"
        + "\n".join(f"<{code:04x}> <fffd>" for code in range(100))
        + "\nendbfchar endcmap"
    )
    for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]  # pypdf's pages are mappings
        font.get_object()["/ToUnicode"].get_object().set_data(table.encode())
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(PdfUnreadable, match="characters are garbled; to have it read, install"):
        read_publication(file.getvalue(), document(), max_file_mib=10)
    with_cover = _joined(raw_pdf(lines_of_text("Plain words")), file.getvalue())
    reading = read_publication(with_cover, document(), max_file_mib=10)
    assert [page.quality.verdict for page in reading.pages] == [
        PageVerdict.READ,
        PageVerdict.NEEDS_OCR,
    ]
    assert [passage.text for passage in passages_of(list(reading.pages))] == ["Plain words"]
    plan = OcrPlan(engine=_tesseract())
    (page,) = read_publication(file.getvalue(), document(), max_file_mib=10, ocr=plan).pages
    assert page.quality.verdict is PageVerdict.OCR
    assert folded(page.text) == _PROSE


def test_a_scan_without_an_engine_is_named_with_the_remedy() -> None:
    with pytest.raises(PdfUnreadable, match=r"none of its 1 pages has text.*tesseract-ocr"):
        read_publication(image_only_pdf(), document(), max_file_mib=10)


def test_a_real_scan_is_read(shared_corpus: Path, tmp_path: Path) -> None:
    plan = OcrPlan(engine=_tesseract(), cache=tmp_path, dpi=200)
    pdf = (shared_corpus / "Probation.pdf").read_bytes()
    limits = Limits(max_pages=2)
    reading = read_publication(pdf, document(), max_file_mib=10, limits=limits, ocr=plan)
    assert [page.quality.verdict for page in reading.pages] == [PageVerdict.OCR] * 2
    assert all(page.ocr and page.ocr.confidence > 0.8 for page in reading.pages)
