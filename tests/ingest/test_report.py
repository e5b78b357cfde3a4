from dataclasses import replace

import pytest

from ingest.document import Ocr, Page, PageQuality, PageVerdict
from ingest.report import (
    IN_NO_PASSAGE,
    FileReport,
    LeftOut,
    PageReport,
    Verdict,
    exit_code,
    lines_left_out,
    page_numbers,
    report_pages,
)
from ingest.report_text import format_reports
from tests.make_pdf import document, lines_of_text, pages_of, passages_of, raw_pdf

_READ = FileReport(file="a.pdf", doc_id="a", verdict=Verdict.READ, pages=3, passages=7)
_WARNING = FileReport(
    file="b.pdf", doc_id="b", verdict=Verdict.WARNING, pages=2, passages=1, notes=("no text on 2",)
)
_UNREADABLE = FileReport(
    file="c.pdf", doc_id="c", verdict=Verdict.UNREADABLE, notes=("c.pdf: is empty",)
)
_LEFT_OUT = FileReport(file="d.pdf", doc_id="d", verdict=Verdict.LEFT_OUT, notes=("d.pdf: again",))


def _page(number: int, *left_out: LeftOut) -> PageReport:
    return PageReport(
        number=number,
        label=None,
        label_inferred=False,
        verdict=PageVerdict.READ,
        reasons=(),
        lines=5,
        left_out=left_out,
    )


def _judged(count: int, qualities: dict[int, PageQuality]) -> FileReport:
    pages = pages_of(raw_pdf(*[lines_of_text(f"Words {n}.") for n in range(count)]))
    judged = [replace(page, quality=qualities.get(page.number, page.quality)) for page in pages]
    return report_pages(document("guide.pdf"), judged, passages_of(pages))


def test_the_report_has_a_line_for_each_file_its_notes_and_the_totals() -> None:
    assert format_reports([_READ, _WARNING, _UNREADABLE]) == (
        "read                 a.pdf  3 pages, 7 passages\n"
        "read with warnings   b.pdf  2 pages, 1 passages\n"
        "                       no text on 2\n"
        "unreadable           c.pdf\n"
        "                       c.pdf: is empty\n"
        "3 files: 1 read, 1 read with warnings, 1 unreadable; 5 pages, 8 passages"
    )


def test_what_is_left_out_is_told_in_one_line_and_running_lines_with_their_number() -> None:
    pages = tuple(
        _page(n, LeftOut(role="running header or footer", lines=("Guide", str(n))))
        for n in range(1, 4)
    )
    contents = _page(4, LeftOut(role="table of contents", lines=("One ... 1", "Two ... 2")))
    report = replace(_READ, page_reports=(*pages, contents))
    assert format_reports([report]).splitlines()[1] == (
        "                       (left out: 6 lines of running header or footer (“Guide” on 3 "
        "pages); 2 lines of table of contents (page 4))"
    )


def test_a_remedy_that_many_files_need_is_told_once() -> None:
    reports = [replace(_WARNING, file=f"{n}.pdf", notes=(f"odd {n}; mend it",)) for n in range(3)]
    text = format_reports(reports)
    assert text.count("mend it") == 1
    assert "odd 2 [1]" in text
    assert "\n[1] mend it\n" in text


@pytest.mark.parametrize(
    ("reports", "code"),
    [
        ([_READ], 0),
        ([_READ, _WARNING], 1),
        ([_READ, _LEFT_OUT], 1),
        ([_READ, _WARNING, _UNREADABLE], 2),
        ([], 0),
    ],
)
def test_the_exit_code_tells_the_worst_verdict(reports: list[FileReport], code: int) -> None:
    assert exit_code(reports) == code


def test_a_report_as_data() -> None:
    page = _page(1, LeftOut(role="running header or footer", lines=("Guide",)))
    assert replace(_WARNING, page_reports=(page,)).as_dict() == {
        "file": "b.pdf",
        "doc_id": "b",
        "title": "",
        "described": None,
        "verdict": "read with warnings",
        "reason": "no text on 2",
        "pages": 2,
        "passages": 1,
        "page_verdicts": {"read": 1},
        "pages_without_text": [],
        "lines_left_out": {},
        "notes": ["no text on 2"],
        "remarks": [],
        "same_pages": [],
        "page_list": [
            {
                "number": 1,
                "label": None,
                "label_inferred": False,
                "verdict": "read",
                "reasons": [],
                "lines": 5,
                "left_out": {"running header or footer": ["Guide"]},
                "ocr": None,
            }
        ],
    }


@pytest.mark.parametrize("report", [_READ, _WARNING, _UNREADABLE, _LEFT_OUT])
def test_every_file_has_a_reason_in_one_line(report: FileReport) -> None:
    assert report.reason.strip()
    assert "\n" not in report.reason


def test_every_line_stands_in_a_passage_or_is_listed_with_its_role() -> None:
    texts = ["One of them.", "Two of us.", "All of you."]
    contents = [
        lines_of_text("Guide", top=760) + " " + lines_of_text(text, top=500) for text in texts
    ]
    pages = pages_of(raw_pdf(*contents))
    report = report_pages(document(), pages, passages_of(pages))
    assert report.lines_left_out == (("running header or footer", 3),)
    assert report.page_reports[1].left_out == (
        LeftOut(role="running header or footer", lines=("Guide",)),
    )
    assert report.verdict is Verdict.READ


def test_a_line_of_a_passage_role_that_no_passage_holds_is_listed() -> None:
    pages = pages_of(raw_pdf(lines_of_text("Words that are read.", "12 13", top=500)))
    report = report_pages(document(), pages, [])
    assert report.page_reports[0].left_out == (
        LeftOut(role=IN_NO_PASSAGE, lines=("Words that are read.", "12 13")),
    )
    assert lines_left_out(report.page_reports) == ((IN_NO_PASSAGE, 2),)


def test_doubts_that_differ_in_figures_only_are_one_note() -> None:
    doubts = {
        n: PageQuality(
            verdict=PageVerdict.DOUBTS, reasons=(f"only {n} of 40 words are English or Spanish",)
        )
        for n in (2, 3, 5)
    }
    assert _judged(5, doubts).notes == (
        (
            "pages 2–3, 5 read with doubts: only 2 of 40 words are English or Spanish (on page 2; "
            "the others are alike); look at the page before relying on what is quoted from it"
        ),
    )


def test_a_page_that_needs_ocr_is_a_warning_and_an_empty_one_is_not() -> None:
    scan = PageQuality(verdict=PageVerdict.NEEDS_OCR, reasons=("it shows a picture; install it",))
    blank = PageQuality(verdict=PageVerdict.EMPTY, reasons=("nothing is printed on it",))
    report = _judged(2, {1: scan, 2: blank})
    assert report.verdict is Verdict.WARNING
    assert report.notes == ("page 1 needs OCR: it shows a picture; install it",)
    assert report.remarks == ("page 2 empty: nothing is printed on it",)
    assert _judged(2, {2: blank}).verdict is Verdict.READ


def test_a_page_that_was_read_by_ocr_names_engine_and_confidence() -> None:
    (page,) = pages_of(raw_pdf(lines_of_text("Words.")))
    quality = PageQuality(verdict=PageVerdict.OCR, reasons=("read by OCR (Eye 1.0)",))
    seen: Page = replace(page, quality=quality, ocr=Ocr(engine="Eye 1.0", confidence=0.9, boxes=()))
    report = report_pages(document(), [seen], [])
    assert report.page_reports[0].as_dict()["ocr"] == {"engine": "Eye 1.0", "confidence": 0.9}
    assert report.remarks == ("page 1: read by OCR (Eye 1.0)",)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([4], "page 4"), ([3, 4, 5, 12], "pages 3–5, 12"), ([2, 1], "pages 1–2")],
)
def test_page_numbers_are_folded(numbers: list[int], words: str) -> None:
    assert page_numbers(numbers) == words
