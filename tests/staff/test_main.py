"""What the staff's command says where there is nothing to do."""

from pathlib import Path

import pytest

from staff.__main__ import main


def test_a_release_that_is_not_there_is_not_published_and_not_said_to_be_uncompared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "releases" / "4").mkdir(parents=True)
    assert main(["publish", "99", "--index", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert told == f"error: {tmp_path}: there is no release 99; kept are: 4\n"
