"""What a reader is told of words that OCR read."""

from dataclasses import replace

from answer.cite import cite
from answer.formats import citation_line, reply_record
from answer.reply import Answer
from ingest.document import Box, GlyphRun, Ocr, Page
from tests.answer.making import page, scored, sentence_passage
from tests.make_pdf import document
from ui.quote import quotation_html, recognised_html

_PASSAGE = sentence_passage("Trust comes first.")
_DOCUMENTS = {"guide": document("guide.pdf", "The guide")}
_NOTE = "(text recognised by OCR, confidence 91%; compare with the page image)"


def _read_by_ocr() -> Page:
    boxes = tuple(Box(x0=n, top=0, x1=n + 1, bottom=10) for n in range(len(_PASSAGE.text)))
    return replace(
        page(_PASSAGE.text),
        runs=(GlyphRun(text_start=0, glyph_start=0, length=len(_PASSAGE.text)),),
        ocr=Ocr(engine="tesseract 5.3.0 eng", confidence=0.912, boxes=boxes),
    )


def _answer(of: Page) -> Answer:
    statement = cite(_PASSAGE, 0, 18, {("guide", 1): of})
    assert statement is not None
    return Answer(
        question="What comes first?",
        understood="What comes first?",
        statements=(statement,),
        evidence=(scored(_PASSAGE, 0.9),),
        release=1,
    )


def test_a_citation_says_that_ocr_read_its_words() -> None:
    (statement,) = _answer(_read_by_ocr()).statements
    (citation,) = statement.citations
    assert citation.ocr_confidence == 0.912
    assert citation_line(citation, _DOCUMENTS) == (
        f"The guide, date not recorded, page 1 of the file {_NOTE}"
    )
    assert _NOTE in quotation_html(1, statement, _DOCUMENTS)


def test_a_citation_of_the_files_own_text_says_nothing_of_it() -> None:
    (statement,) = _answer(replace(_read_by_ocr(), ocr=None)).statements
    assert statement.citations[0].ocr_confidence is None
    assert "OCR" not in quotation_html(1, statement, _DOCUMENTS)


def test_the_confidence_is_data_for_programs() -> None:
    (record,) = reply_record(_answer(_read_by_ocr()), _DOCUMENTS)["statements"]
    assert [citation["ocr_confidence"] for citation in record["citations"]] == [0.912]


def test_a_page_that_ocr_read_says_so_above_its_text() -> None:
    assert "recognised by OCR from its image, with a confidence of 91%" in recognised_html(
        _read_by_ocr()
    )
    assert recognised_html(replace(_read_by_ocr(), ocr=None)) == ""
