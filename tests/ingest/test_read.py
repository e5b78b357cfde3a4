from dataclasses import replace

import pytest

from ingest.document import PageVerdict
from ingest.errors import PdfUnreadable
from ingest.read import read_or_report, read_publication, report_reading
from ingest.report import FileReport, Verdict
from tests.make_pdf import (
    document,
    encrypted_pdf,
    image_only_pdf,
    labelled_pdf,
    lines_of_text,
    raw_pdf,
    typst_pdf,
)

_UNTITLED = document("guide.pdf", title="")


def _title(pdf_bytes: bytes) -> str:
    return read_publication(pdf_bytes, _UNTITLED, max_file_mib=1).document.title


def test_the_title_of_the_list_of_publications_wins() -> None:
    pdf = typst_pdf('#set document(title: "The title inside")\nWords.')
    described = document("guide.pdf", title="The title of the list")
    assert (
        read_publication(pdf, described, max_file_mib=1).document.title == "The title of the list"
    )


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ('#set document(title: "A Guide to Safety")\n= Part one\nWords.', "A Guide to Safety"),
        # No title, or one that a word processor made up: the largest heading of the first pages.
        ("== Part one\nWords.\n= Trust and Safety\nMore words.", "Trust and Safety"),
        ('#set document(title: "Microsoft Word - x7.doc")\n= Trust\nWords.', "Trust"),
        ('#set document(title: "Untitled document")\n= Trust\nWords.', "Trust"),
        # One word looks like a file name; it is better than nothing.
        ('#set document(title: "x7_final")\n= Trust\nWords.', "Trust"),
        ('#set document(title: "x7_final")\nWords.', "x7_final"),
        ("Words.", "guide.pdf"),
    ],
)
def test_the_title_where_the_list_has_none(source: str, title: str) -> None:
    assert _title(typst_pdf(source)) == title


def test_pages_have_their_number_label_and_document() -> None:
    pdf = labelled_pdf(raw_pdf(lines_of_text("Words"), lines_of_text("More")), [(0, "/r", "")])
    reading = read_publication(pdf, document("guide.pdf"), max_file_mib=1)
    assert reading.document.page_count == 2
    assert [(p.doc_id, p.number, p.label) for p in reading.pages] == [
        ("guide", 1, "i"),
        ("guide", 2, "ii"),
    ]


@pytest.mark.parametrize(
    ("pdf_bytes", "message"),
    [
        (b"", "guide.pdf: is empty; put a complete copy in its place"),
        (
            image_only_pdf(),
            (
                "guide.pdf: none of its 1 pages has text that can be used: it shows a picture or a "
                "drawing and has no text; to have it read, install Tesseract (apt install "
                "tesseract-ocr, or brew install tesseract) or RapidOCR (pip install '.[ocr]')"
            ),
        ),
        (
            b"x" * (2**20 + 1),
            (
                "guide.pdf: is larger than 1 MiB; make it smaller, or raise [ingest] max_file_mib in "  # noqa: E501
                ""
                "config.toml"
            ),
        ),
        (
            encrypted_pdf(raw_pdf(lines_of_text("Words")), "secret"),
            (
                'guide.pdf: needs a password; give it as password = "…" in the file\'s entry in '
                "publications.toml, or save an unprotected copy in its place"
            ),
        ),
    ],
    ids=["empty", "scan", "too large", "encrypted"],
)
def test_an_unreadable_file_is_named_with_the_remedy(pdf_bytes: bytes, message: str) -> None:
    with pytest.raises(PdfUnreadable) as caught:
        read_publication(pdf_bytes, document("guide.pdf"), max_file_mib=1)
    assert str(caught.value) == message


def _report(pdf_bytes: bytes, *, described: bool) -> FileReport:
    described_or_not = replace(document("guide.pdf"), described=described)
    return report_reading(read_publication(pdf_bytes, described_or_not, max_file_mib=1))


def test_an_empty_page_is_named_and_no_warning() -> None:
    report = _report(raw_pdf(lines_of_text("Some words."), ""), described=True)
    assert (report.verdict, report.pages) == (Verdict.READ, 2)
    assert report.pages_without_text == (2,)
    assert [page.verdict for page in report.page_reports] == [PageVerdict.READ, PageVerdict.EMPTY]


def test_a_file_without_an_entry_is_a_warning_that_names_its_title() -> None:
    report = _report(raw_pdf(lines_of_text("Some words.")), described=False)
    assert report.notes == (
        (
            'undescribed: indexed as "Test publication"; add an entry with title, edition and '
            "date to "
            "publications.toml"
        ),
    )


def test_a_good_file_is_read_without_a_note() -> None:
    report = _report(raw_pdf(lines_of_text("Some words.")), described=True)
    assert (report.verdict, report.notes) == (Verdict.READ, ())


def test_a_file_that_cannot_be_read_becomes_a_report() -> None:
    outcome = read_or_report(b"no PDF", document("guide.pdf"), max_file_mib=1)
    assert isinstance(outcome, FileReport)
    assert outcome.verdict is Verdict.UNREADABLE
    assert outcome.notes[0].startswith("guide.pdf: is no PDF but text; ")


def test_a_damaged_page_is_left_out_and_the_others_are_read() -> None:
    pdf = raw_pdf(lines_of_text("First."), lines_of_text("Second.")).replace(
        b"/Kids [6 0 R 8 0 R] /Count 2", b"/Kids [6 0 R 99 0 R] /Count 2"
    )
    reading = read_publication(pdf, document("guide.pdf"), max_file_mib=1)
    assert [page.text for page in reading.pages] == ["First.", ""]
    assert reading.left_out == (
        (
            "page 2 left out: cannot be read (pdfium: Failed to load page.); put a complete copy "
            "in its place"
        ),
    )
    assert reading.left_out[0] in report_reading(reading).notes


def test_a_file_of_damaged_pages_only_is_unreadable() -> None:
    pdf = raw_pdf(lines_of_text("First.")).replace(b"/Kids [6 0 R]", b"/Kids [9 0 R]")
    with pytest.raises(PdfUnreadable, match=r"^guide\.pdf: page 1 left out: cannot be read "):
        read_publication(pdf, document("guide.pdf"), max_file_mib=1)
