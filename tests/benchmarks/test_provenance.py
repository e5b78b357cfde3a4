import random
from pathlib import Path

import pytest

from benchmarks.provenance import Slice, draw, main
from ingest.document import PageSpan
from tests.make_pdf import pages_of, passages_of, typst_pdf

_SOURCE = (
    "= Heading\n" + "The words of a plain page run over several lines until its end. " * 9
) * 2


def test_a_slice_begins_and_ends_between_words() -> None:
    (passage, *_) = passages_of(pages_of(typst_pdf(_SOURCE)))
    words = set(passage.text.split())
    for seed in range(20):
        start, end = draw(passage, random.Random(seed))
        drawn = passage.text[start:end].split()
        assert 3 <= len(drawn) <= 40
        assert set(drawn) <= words


@pytest.mark.parametrize(("found", "holds"), [("ab1", True), ("b1a", True), ("ab", False)])
def test_a_slice_holds_when_its_boxes_have_its_letters_and_no_others(
    found: str, *, holds: bool
) -> None:
    span = PageSpan(page_number=1, start_char=0, end_char=3)
    assert Slice(file="a.pdf", spans=(span,), wanted="ab1", found=found).holds is holds


def test_every_slice_of_a_plain_page_reads_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plain.pdf").write_bytes(typst_pdf(_SOURCE))
    assert main(["--corpus", str(tmp_path), "--slices", "20"]) == 0
    assert capsys.readouterr().out.startswith("20 of 20 slices hold (100.0%);")


def test_a_folder_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--corpus", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.startswith("error: ")
