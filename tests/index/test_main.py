import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.make_pdf import lines_of_text, raw_pdf


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "index", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "guide.pdf").write_bytes(raw_pdf(lines_of_text("Trust comes first.", top=500)))
    return folder


def test_a_corpus_is_built_reported_and_found_up_to_date(corpus: Path, tmp_path: Path) -> None:
    (corpus / "letter.pdf").write_bytes(b"Dear all")
    options = ("build", "--corpus", corpus, "--index", tmp_path / "index", "--if-needed")
    done = _run(*options)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "read with warnings   guide.pdf  1 pages, 1 passages"
    assert lines[-4:] == [
        "2 files: 1 read with warnings, 1 unreadable; 1 pages, 1 passages",
        "not in the index: letter.pdf (reasons above)",
        "0 of 2 files unchanged; 0 of 2 texts embedded before",
        f"{tmp_path / 'index'}: release 1 published",
    ]
    assert "Traceback" not in done.stderr
    again = _run(*options)
    assert (again.returncode, again.stdout) == (
        0,
        f"{tmp_path / 'index'}: up to date (release 1)\n",
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none", "there is no such folder; make it and put the publications' PDFs in it"),
        ("empty", "holds no PDF to index; put the publications' PDFs in it"),
    ],
)
def test_a_corpus_that_cannot_be_used_is_one_line(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    done = _run("build", "--corpus", tmp_path / name, "--index", tmp_path / "index")
    assert done.returncode == 1
    assert done.stderr == f"error: {tmp_path / name}: {message}\n"
    assert done.stdout == ""


def test_a_broken_config_is_one_line(corpus: Path, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[index]\nbach_size = 3\n")
    done = _run("build", "--corpus", corpus, "--index", tmp_path / "index", "--config", config)
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"error: {config}: [index] bach_size is not a setting; known are "
    )
    assert done.stderr.count("\n") == 1


def test_an_index_folder_that_cannot_be_written_is_one_line(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = _run("build", "--corpus", corpus, "--index", tmp_path / "file" / "index")
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {tmp_path / 'file' / 'index'}: cannot be written (")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [["build", "--colour"], ["paint"], []])
def test_an_unknown_option_or_command_is_refused_with_the_usage(arguments: list[str]) -> None:
    done = _run(*arguments)
    assert done.returncode == 2
    assert "usage: python -m index" in done.stderr
    assert "Traceback" not in done.stderr
