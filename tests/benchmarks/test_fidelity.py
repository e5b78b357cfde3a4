import shutil
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.fidelity import compare_page, main, words
from tests.make_pdf import lines_of_text, raw_pdf, typst_pdf

_needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None,
    reason="pdftotext is not installed; apt install poppler-utils, or brew install poppler",
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The “ﬁrst” Word.", ["the", "first", "word"]),
        ("exam-\nple well-being", ["example", "wellbeing"]),
        ("a soft\u00adhyphen\u2010\nated word", ["a", "softhyphenated", "word"]),
        ("• item — 12.5%", ["item", "125"]),
        ("pre- and post-", ["pre", "and", "post"]),
    ],
)
def test_words_are_folded_alike(text: str, folded: list[str]) -> None:
    assert [word for word, _, _ in words(text)] == folded


def test_a_word_has_its_place() -> None:
    assert list(words("Ab, cd")) == [("ab", 0, 3), ("cd", 4, 6)]


def _compared(theirs: str, passages: str, running: str = "") -> tuple[list[str], list[str], int]:
    page = compare_page(
        "a.pdf",
        1,
        Counter(theirs.split()),
        {"passages": Counter(passages.split()), "running": Counter(running.split())},
    )
    return sorted(page.missing.elements()), sorted(page.unknown.elements()), page.note_marks


@pytest.mark.parametrize(
    ("theirs", "passages", "running", "outcome"),
    [
        ("one two", "one two", "", ([], [], 0)),
        ("one two", "one", "two", ([], [], 0)),  # left out, and listed
        ("one two", "one", "", (["two"], [], 0)),
        ("one two", "onetwo", "", (["one", "two"], ["onetwo"], 0)),  # glued
        ("example", "exam ple", "", (["example"], ["exam", "ple"], 0)),  # torn
        ("one one", "one", "", (["one"], [], 0)),  # dropped once
        ("year 12 2", "year12 2", "", ([], [], 1)),  # a note mark against its word
        ("year3", "year 3", "", ([], [], 1)),
        ("in 2015", "in2015", "", (["2015", "in"], ["in2015"], 0)),  # no note mark
    ],
)
def test_what_each_reader_lacks(
    theirs: str, passages: str, running: str, outcome: tuple[list[str], list[str], int]
) -> None:
    assert _compared(theirs, passages, running) == outcome


@_needs_poppler
def test_a_plain_page_agrees_with_pdftotext(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = "= Heading\nThe words of a plain page, as a guideline prints them.\n\n- one\n- two"
    (tmp_path / "plain.pdf").write_bytes(typst_pdf(source))
    assert main(["--corpus", str(tmp_path)]) == 0
    total = next(line for line in capsys.readouterr().out.splitlines() if "all 1 pages" in line)
    # 14 words: the heading, eleven of the sentence and two items; the heading is in no passage.
    assert total.split()[:4] == ["100.000%", "0", "of", "14"]
    assert total.split()[4:8] == ["100.000%", "0", "of", "13"]


@_needs_poppler
def test_words_that_only_pdftotext_reads_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # White words: nobody sees them, they are left out, and the report lists them.
    page = lines_of_text("Seen words of the page.") + " 1 g " + lines_of_text("hidden", top=600)
    (tmp_path / "white.pdf").write_bytes(raw_pdf(page))
    assert main(["--corpus", str(tmp_path), "--misses", "1"]) == 0
    shown = capsys.readouterr().out
    assert "100.000%      0 of       6" in shown
    assert "1 text that cannot be seen" in shown
