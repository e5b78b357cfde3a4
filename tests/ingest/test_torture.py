"""`python -m ingest report` over folders that mean harm: it ends, says why, and stays small."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ingest.folder import shown_name
from tests.conftest import ROOT
from tests.hostile import many_pages, one_page, write_all
from tests.make_pdf import lines_of_text, raw_pdf

_LOW_LIMITS = """
[ingest]
max_file_s = 4
max_memory_mib = 320
max_file_pages = 300
"""


class _Run(NamedTuple):
    code: int
    out: str
    err: str
    peak_mib: float  # of the process itself, its children apart; 0 where the system does not say

    @property
    def files(self) -> dict[str, dict[str, Any]]:
        return {item["file"]: item for item in json.loads(self.out)["files"]}


def _run(*arguments: str | Path, timeout_s: float = 120) -> _Run:
    command = [sys.executable, "-m", "ingest", *map(str, arguments)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        peak = 0.0
        deadline = time.monotonic() + timeout_s
        while True:
            peak = max(peak, _peak_mib(process.pid))
            try:
                out, err = process.communicate(timeout=0.1)
                break
            except subprocess.TimeoutExpired:
                if time.monotonic() > deadline:
                    process.kill()
                    raise
    return _Run(process.returncode, out, err, peak)


def _peak_mib(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line) / 1024


def _config(folder: Path, text: str = _LOW_LIMITS) -> Path:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_generated_hostile_files(tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    expected = {shown_name(name): verdict for name, verdict in write_all(folder).items()}
    os.mkfifo(folder / "pipe.pdf")
    (folder / "endless.pdf").symlink_to("/dev/zero")
    (folder / "folder.pdf").mkdir()
    for name in ("pipe.pdf", "endless.pdf", "folder.pdf"):
        expected[name] = "left out"
    run = _run("report", folder, "--json", "--config", _config(tmp_path))
    assert set(run.files) == set(expected)
    for name, item in run.files.items():
        assert item["verdict"] in {"read with warnings", "unreadable", "left out"}, name
        assert item["reason"].strip(), name
        assert "\n" not in item["reason"], name
    wrong = {
        name: (verdict, run.files[name]["reason"])
        for name, verdict in expected.items()
        if verdict and verdict != run.files[name]["verdict"]
    }
    assert wrong == {}
    assert "Traceback" not in run.err
    assert run.code == 2
    assert run.peak_mib < 1024
    assert run.files["large-20000-pages.pdf"]["pages"] == 300
    assert "pages 301 to 20000 left out" in run.files["large-20000-pages.pdf"]["reason"]


def test_the_shared_files() -> None:
    folder = ROOT.parent / "shared" / "torture"
    if not folder.is_dir():
        pytest.skip(f"the files are not on this machine: there is no folder {folder}")
    run = _run("report", folder, "--json", timeout_s=300)
    assert set(run.files) == {path.name for path in folder.glob("*.pdf")}
    assert len(run.files) == 191
    assert all(item["reason"].strip() for item in run.files.values())
    assert "Traceback" not in run.err
    assert run.code == 2
    assert run.peak_mib < 1024


def test_five_hundred_small_files(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(500):
        (folder / f"{number}.pdf").write_bytes(raw_pdf(lines_of_text(f"The words of {number}.")))
    run = _run("report", folder, "--json")
    assert len(run.files) == 500
    assert {item["verdict"] for item in run.files.values()} == {"read with warnings"}
    assert run.code == 1


def test_a_good_folder_has_exit_code_0_and_a_report_in_words(tmp_path: Path) -> None:
    (tmp_path / "guide.pdf").write_bytes(raw_pdf(lines_of_text("Trust comes first.")))
    (tmp_path / "publications.toml").write_text(
        '[[publication]]\nid = "guide"\ntitle = "Guide"\nstatus = "current"\nfile = "guide.pdf"\n',
        encoding="utf-8",
    )
    run = _run("report", tmp_path)
    assert run.code == 0
    assert "guide.pdf" in run.out
    assert "1 files: 1 read; 1 pages" in run.out


@pytest.mark.parametrize("make", [False, True], ids=["missing", "empty"])
def test_a_folder_with_nothing_to_read_is_one_line_and_exit_code_2(
    tmp_path: Path, *, make: bool
) -> None:
    folder = tmp_path / "corpus"
    if make:
        folder.mkdir()
    run = _run("report", folder)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"error: {folder}: ")
    assert run.err.count("\n") == 1


def test_help_says_what_the_exit_code_means() -> None:
    run = _run("report", "--help")
    assert run.code == 0
    assert "Exit code: 0 all good, 1 with warnings, 2 something unreadable." in run.out


def test_stopping_stops_the_children_too(tmp_path: Path) -> None:
    folder = tmp_path / "slow"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.pdf").write_bytes(many_pages(20_000) + b"%%%d" % number)
    (folder / "quick.pdf").write_bytes(one_page())
    config = _config(tmp_path, "[ingest]\nmax_file_pages = 20000\n")
    command = [sys.executable, "-m", "ingest", "report", str(folder), "--config", str(config)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)  # a child that lived on would hold the pipe
    assert process.returncode == 130
    assert err.splitlines()[-1].endswith("stopped; nothing was changed")
    assert "Traceback" not in err
