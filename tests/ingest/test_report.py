import pytest

from ingest.report import FileReport, Verdict, exit_code, format_reports, lines_left_out
from tests.make_pdf import lines_of_text, pages_of, raw_pdf

_READ = FileReport(file="a.pdf", doc_id="a", verdict=Verdict.READ, pages=3, passages=7)
_WARNING = FileReport(
    file="b.pdf", doc_id="b", verdict=Verdict.WARNING, pages=2, passages=1, notes=("no text on 2",)
)
_UNREADABLE = FileReport(
    file="c.pdf", doc_id="c", verdict=Verdict.UNREADABLE, notes=("c.pdf: is empty",)
)
_LEFT_OUT = FileReport(file="d.pdf", doc_id="d", verdict=Verdict.LEFT_OUT, notes=("d.pdf: again",))


def test_the_report_has_a_line_for_each_file_its_notes_and_the_totals() -> None:
    assert format_reports([_READ, _WARNING, _UNREADABLE]) == (
        "read                 a.pdf  3 pages, 7 passages\n"
        "read with warnings   b.pdf  2 pages, 1 passages\n"
        "                       no text on 2\n"
        "unreadable           c.pdf\n"
        "                       c.pdf: is empty\n"
        "3 files: 1 read, 1 read with warnings, 1 unreadable; 5 pages, 8 passages"
    )


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
    assert _WARNING.as_dict() == {
        "file": "b.pdf",
        "doc_id": "b",
        "verdict": "read with warnings",
        "reason": "no text on 2",
        "pages": 2,
        "passages": 1,
        "pages_without_text": [],
        "lines_left_out": {},
        "notes": ["no text on 2"],
    }


def test_lines_kept_out_of_passages_are_counted_by_role() -> None:
    texts = ["One of them.", "Two of us.", "All of you."]
    contents = [
        lines_of_text("Guide", top=760) + " " + lines_of_text(text, top=500) for text in texts
    ]
    assert lines_left_out(pages_of(raw_pdf(*contents))) == (("running header or footer", 3),)
