from dataclasses import replace

import pytest

from ingest.document import Document, Status
from ingest.duplicates import find_same_pages, page_prints, plain_name, with_same_pages
from ingest.report import FileReport, Verdict
from tests.make_pdf import document, lines_of_text, pages_of, raw_pdf

_WORDS = (
    "a walk by the river calms the mind and brings neighbours together in the early morning when "
    "the market opens and bread is still warm while children run to school past the old mill"
).split()


def _page(number: int, *, changed: int = 0) -> str:
    """A page of 33 words of its own; the last words of it can be changed."""
    words = [f"{word}{number}" for word in _WORDS]
    words[len(words) - changed :] = [f"other{n}" for n in range(changed)]
    lines = [" ".join(words[start : start + 8]) for start in range(0, len(words), 8)]
    return lines_of_text(*lines, top=500)


def _reports(
    files: dict[str, list[str]], documents: dict[str, Document] | None = None
) -> dict[str, FileReport]:
    prints = []
    reports = []
    for file, contents in files.items():
        pages = pages_of(raw_pdf(*contents))
        prints += page_prints(file, pages)
        reports.append(
            FileReport(file=file, doc_id=file, verdict=Verdict.READ, pages=len(contents))
        )
    known = documents or {file: document(file, title=f"Title of {file}") for file in files}
    return {report.file: report for report in with_same_pages(reports, prints, known)}


def test_a_page_that_stands_in_two_files_is_remarked_in_both_and_nothing_is_dropped() -> None:
    reports = _reports(
        {
            "one.pdf": [_page(1), _page(2), _page(3)],
            "two.pdf": [_page(4), _page(5), _page(6), _page(2)],
        }
    )
    assert reports["one.pdf"].remarks == ("page 2 also in two.pdf (page 4)",)
    assert reports["two.pdf"].remarks == ("page 4 also in one.pdf (page 2)",)
    (same,) = reports["two.pdf"].same_pages
    assert (same.pages, same.share, same.is_edition) == (((4, 2),), 0.25, False)
    assert reports["one.pdf"].verdict is Verdict.READ


@pytest.mark.parametrize(("changed", "found"), [(0, True), (4, True), (12, False)])
def test_a_page_is_the_same_while_four_fifths_of_its_word_runs_are(
    changed: int, *, found: bool
) -> None:
    # 33 words have 31 runs of three; 4 changed words at the end leave 27 of them, 12 leave 19.
    reports = _reports({"one.pdf": [_page(1)], "two.pdf": [_page(1, changed=changed)]})
    assert bool(reports["one.pdf"].same_pages) is found


def test_a_page_that_a_file_holds_twice_is_remarked_once() -> None:
    reports = _reports({"one.pdf": [_page(1), _page(2), _page(1)]})
    assert reports["one.pdf"].remarks == ("page 3 repeats page 1",)


def test_a_file_with_most_pages_of_another_in_order_looks_like_an_edition() -> None:
    reports = _reports(
        {
            "guide-a.pdf": [_page(n) for n in (1, 2, 3, 4)],
            "guide-b.pdf": [_page(n) for n in (9, 1, 2, 3, 4)],
        }
    )
    assert reports["guide-b.pdf"].notes == (
        (
            "looks like another edition of guide-a.pdf: 4 of its 5 pages stand there too; if one "
            "replaces the other, set supersedes in publications.toml"
        ),
    )
    assert reports["guide-b.pdf"].verdict is Verdict.WARNING


def test_editions_that_the_list_relates_are_no_warning() -> None:
    old = replace(document("a.pdf"), status=Status.SUPERSEDED)
    new = replace(document("b.pdf"), supersedes="a")
    pages = [_page(n) for n in (1, 2, 3)]
    reports = _reports({"a.pdf": pages, "b.pdf": pages}, {"a.pdf": old, "b.pdf": new})
    assert reports["b.pdf"].notes == ()
    assert reports["b.pdf"].remarks == ("pages 1–3 also in a.pdf (pages 1–3)",)


def test_titles_that_differ_in_the_year_only_look_like_editions() -> None:
    titles = {"a.pdf": "Safety Guide 2019", "b.pdf": "Safety Guide 2023", "c.pdf": "Other Guide"}
    documents = {file: document(file, title=title) for file, title in titles.items()}
    reports = _reports({file: [_page(n)] for n, file in enumerate(titles)}, documents)
    assert reports["a.pdf"].notes == (
        (
            "looks like another edition of b.pdf: their names differ in year or edition only; if "
            "one replaces the other, set supersedes in publications.toml"
        ),
    )
    assert reports["c.pdf"].notes == ()


def test_a_page_that_stands_in_many_files_is_told_once() -> None:
    files = {f"{n}.pdf": [_page(0), _page(n)] for n in range(1, 9)}
    reports = _reports(files)
    assert reports["3.pdf"].remarks == ("page 1 also in many files (8)",)
    assert reports["3.pdf"].same_pages == ()


def test_pages_with_few_words_are_not_compared() -> None:
    cover = raw_pdf(lines_of_text("Guide", "Office of Health"))
    assert page_prints("a.pdf", pages_of(cover)) == []
    assert find_same_pages([]) == {}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Safety Guide, 3rd edition (2019)", "safety guide"),
        ("safety_guide_v2_FINAL", "safety guide"),
        ("Annual Report FY 2021", "annual report"),
        ("Safety Guide Version 3", "safety guide"),
        ("Safety Guide Part 3", "safety guide part 3"),
    ],
)
def test_what_tells_editions_apart_is_taken_off_a_name(name: str, plain: str) -> None:
    assert plain_name(name) == plain
