import re
from pathlib import Path

import pytest

from benchmarks.reading import main
from tests.make_pdf import lines_of_text, raw_pdf


def test_both_readers_are_timed_on_the_same_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.pdf").write_bytes(raw_pdf(lines_of_text("One."), lines_of_text("Two.")))
    assert main(["--corpus", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "1 files, 2 pages" in shown
    assert re.search(r"pypdf +[\d.]+ pages/s", shown)
    assert re.search(r"ours +[\d.]+ pages/s on 1 process, [\d.]+ times", shown)
    assert re.search(r"ours +[\d.]+ pages/s on 2 processes, [\d.]+ times", shown)
