from tests.make_pdf import document
from ui.publications import _report_row, documents_html


def _entry(**changes: object) -> dict[str, object]:
    return {
        "file": "a.pdf",
        "verdict": "read with warnings",
        "pages": 3,
        "passages": 4,
        "notes": ["a <note>"],
        "remarks": ["a remark"],
        "lines_left_out": {"table of contents": 7},
        "page_list": [
            {"number": 1, "label": "i", "verdict": "read", "reasons": []},
            {"number": 2, "label": "ii", "verdict": "needs OCR", "reasons": ["it is a <picture>"]},
        ],
        **changes,
    }


def test_a_row_tells_notes_remarks_pages_and_lines_left_out() -> None:
    file, (verdict, pages, passages, notes) = _report_row(_entry())
    assert (file, verdict, pages, passages) == ("a.pdf", "read with warnings", "3", "4")
    assert notes == (
        "<p>a &lt;note&gt;</p><p>a remark</p>"
        "<details><summary>Page by page (1)</summary><ul>"
        "<li>Page 2 (printed ii): needs OCR: it is a &lt;picture&gt;</li></ul></details>"
        "<details><summary>Left out of passages</summary><ul>"
        "<li>7 lines of table of contents</li></ul></details>"
    )


def test_a_file_without_passages_has_a_row() -> None:
    _, cells = _report_row(_entry(passages=None, page_list=[], lines_left_out={}))
    assert cells[2] == "none"


def test_a_report_of_an_earlier_version_has_a_row() -> None:
    entry = {"file": "a.pdf", "verdict": "read", "pages": 1, "passages": 1, "notes": []}
    assert _report_row(entry) == ("a.pdf", ("read", "1", "1", "none"))


def test_a_loaded_publication_can_be_read_page_by_page_and_no_other() -> None:
    loaded = documents_html([document("a&b.pdf", "A")], "Loaded", release=7)
    address = "./source?doc=a%26b&amp;page=1&amp;start=0&amp;end=0&amp;release=7"
    assert f'<a href="{address}" target="_blank" rel="noopener noreferrer">' in loaded
    assert "<a " not in documents_html([document("a.pdf", "A")], "Not loaded")
