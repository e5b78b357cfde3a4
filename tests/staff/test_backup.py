"""A backup, restored into an empty folder, is the whole office again; a damaged one is refused."""

import json
import sqlite3
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.errors import BuildRunning
from index.release_writer import build_lock
from index.releases import open_pages, release_numbers
from staff.backup import Part, back_up, restore
from staff.errors import BackupInvalid
from tests.conftest import ROOT
from tests.staff.office import Office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Two releases."""
    office = Office(tmp_path_factory.mktemp("office"))
    assert office.run("build").returncode == 0
    office.write("Patience comes first in every plan.")
    assert office.run("build").returncode == 0
    return office


def _with_record(office: Office) -> Path:
    file = office.config.parent / "var" / "record.sqlite"
    file.parent.mkdir(exist_ok=True)
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS lines (text TEXT)")
        connection.execute("INSERT INTO lines VALUES ('asked')")
    connection.close()
    return file


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip


def test_what_is_restored_answers_and_can_be_rolled_back(office: Office, tmp_path: Path) -> None:
    _with_record(office)
    backup, again = tmp_path / "backup.tar", tmp_path / "again"
    made = office.run("backup", str(backup), "--corpus", str(office.corpus))
    assert made.returncode == 0, made.stderr
    assert backup.stat().st_mode & 0o077 == 0
    laid_out = _run("staff", "restore", backup, again)
    assert laid_out.returncode == 0, laid_out.stderr
    assert (again / "corpus" / "guide.pdf").read_bytes() == (
        office.corpus / "guide.pdf"
    ).read_bytes()
    assert (again / "config.toml").read_text("utf-8") == office.config.read_text("utf-8")
    assert (again / "eval" / "sets" / "starter.jsonl").is_file()
    assert (again / "eval" / "sets" / "questions.jsonl").is_file()
    with sqlite3.connect(again / "var" / "record.sqlite") as connection:
        assert connection.execute("SELECT text FROM lines").fetchall() == [("asked",)]
    connection.close()
    index = again / "var" / "index"
    assert release_numbers(index) == [1, 2]
    assert not (index / "cache").exists()
    verified = _run("index", "verify", "--index", index, "--config", again / "config.toml")
    assert verified.returncode == 0, verified.stderr
    asked = _run("answer", "What comes first?", "--json", "--index", index)
    assert json.loads(asked.stdout)["statements"][0]["text"].startswith("Patience comes first")
    back = _run("staff", "rollback", "--index", index)
    assert back.returncode == 0, back.stderr
    assert "Trust" in open_pages(index, 1).pages["guide", 1].text


def test_nothing_is_laid_over_what_is_there(office: Office, tmp_path: Path) -> None:
    backup = tmp_path / "backup.tar"
    back_up(backup, [Part(name="corpus", path=office.corpus)], index=office.index)
    into = tmp_path / "full"
    into.mkdir()
    (into / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(BackupInvalid, match="not empty"):
        restore(backup, into)
    assert [path.name for path in into.iterdir()] == ["mine.txt"]


def test_a_damaged_backup_is_refused_and_leaves_nothing(office: Office, tmp_path: Path) -> None:
    backup = tmp_path / "backup.tar"
    back_up(backup, [Part(name="corpus", path=office.corpus)], index=office.index)
    data = backup.read_bytes()
    place = data.index(b"Patience")
    backup.write_bytes(data[:place] + b"P" + b"etience"[: len(b"atience")] + data[place + 8 :])
    with pytest.raises(BackupInvalid, match=r"damaged at corpus/guide\.pdf"):
        restore(backup, tmp_path / "again")
    backup.write_bytes(data[: len(data) // 3])
    with pytest.raises(BackupInvalid, match=r"nothing was restored|damaged at"):
        restore(backup, tmp_path / "again")
    backup.write_bytes(b"not a backup at all")
    with pytest.raises(BackupInvalid, match="nothing was restored"):
        restore(backup, tmp_path / "again")
    assert [path.name for path in tmp_path.iterdir()] == ["backup.tar"]


def test_a_backup_cannot_write_outside_its_folder(tmp_path: Path) -> None:
    backup = tmp_path / "backup.tar"
    inside = tmp_path / "x"
    inside.write_text("{}", "utf-8")
    with tarfile.open(backup, "w") as tar:
        contents = tmp_path / "backup.json"
        contents.write_text(json.dumps({"format": 1, "made": "", "files": {}}), "utf-8")
        tar.add(contents, arcname="backup.json")
        tar.add(inside, arcname="../../escaped")
    with pytest.raises(BackupInvalid, match="nothing was restored"):
        restore(backup, tmp_path / "again")
    assert not (tmp_path.parent / "escaped").exists()
    assert not (tmp_path / "again").exists()


def test_no_backup_is_made_while_a_release_is_made(office: Office, tmp_path: Path) -> None:
    with build_lock(office.index), pytest.raises(BuildRunning):
        back_up(tmp_path / "b.tar", [Part(name="corpus", path=office.corpus)], index=office.index)
    assert list(tmp_path.iterdir()) == []


@contextmanager
def _growing(file: Path) -> Iterator[None]:
    """Somebody else adds to a file all the while."""
    enough = threading.Event()

    def grow() -> None:
        with file.open("ab", buffering=0) as stream:
            while not enough.wait(0.0005):
                stream.write(b"one more line\n")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        yield
    finally:
        enough.set()
        writer.join()


def test_a_file_that_grows_meanwhile_is_restored_as_it_was_written(
    office: Office, tmp_path: Path
) -> None:
    folder, begun = tmp_path / "var" / "eval", b"the first line\n" * 2**20
    folder.mkdir(parents=True)
    log = folder / "log.txt"
    log.write_bytes(begun)
    (folder / "own.json.part").write_text("half a ru", "utf-8")
    (folder / "a.json").write_text("a run", "utf-8")
    (folder / "b.json").hardlink_to(folder / "a.json")
    backup, again = tmp_path / "backup.tar", tmp_path / "again"
    with _growing(log):
        made = back_up(backup, [Part(name="var/eval", path=folder)], index=office.index)
    kept = again / "var" / "eval"
    assert (made.files, restore(backup, again).files) == (3, 3)
    assert sorted(path.name for path in kept.iterdir()) == ["a.json", "b.json", "log.txt"]
    assert (kept / "b.json").read_text("utf-8") == "a run"
    written = (kept / "log.txt").read_bytes()
    assert written.startswith(begun)
    assert len(written) < log.stat().st_size


def test_it_is_laid_out_in_the_folder_where_one_stands(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    back_up(tmp_path / "b.tar", [Part(name="corpus", path=office.corpus)], index=office.index)
    monkeypatch.chdir(here)
    assert restore(Path("../b.tar"), Path()).files == 1
    assert (here / "corpus" / "guide.pdf").is_file()


def test_a_backup_that_tells_its_contents_first_is_still_read(tmp_path: Path) -> None:
    guide, contents = tmp_path / "guide.pdf", tmp_path / "contents"
    guide.write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    told = {"format": 1, "made": "2026-01-01", "files": {"corpus/guide.pdf": empty}}
    contents.write_text(json.dumps(told), "utf-8")
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        tar.add(contents, arcname="backup.json")
        tar.add(guide, arcname="corpus/guide.pdf")
    assert restore(tmp_path / "b.tar", tmp_path / "again").made == "2026-01-01"
