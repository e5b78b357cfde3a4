import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.embed import TextVectors
from index.errors import BuildRunning, IndexDamaged, IndexMissing, IndexNotWritable
from index.release_writer import Contents, build_lock, make_current, prune, write_release
from index.releases import (
    FORMAT_VERSION,
    current_number,
    embedded_text,
    indexed_text,
    open_release,
    read_manifest,
    read_report,
    unread_files,
)
from tests.conftest import ROOT
from tests.make_pdf import document, lines_of_text, pages_of, passages_of, raw_pdf

_MODEL = "0" * 64
_REMEDY = "build the index again with `python -m index build`"


def _contents(*lines: str) -> Contents:
    pdf = raw_pdf(lines_of_text(*lines, top=500))
    pages = pages_of(pdf)
    passages = passages_of(pages)
    return Contents(
        documents=(replace(document(), page_count=1),),
        pages=tuple(pages),
        passages=tuple(passages),
        vectors=tuple(
            TextVectors(
                whole=np.eye(1, 4, number, dtype=np.float32)[0],
                parts=np.eye(len(passage.sentences), 4, dtype=np.float32),
                tokens=np.eye(3, 4, dtype=np.int8),
            )
            for number, passage in enumerate(passages)
        ),
        context_vectors=np.eye(len(passages), 4, dtype=np.float32),
        report=[{"file": "test.pdf"}],
        pdfs={"test": pdf},
        manifest={"fingerprint": "f", "model": {"name": "a model", "sha256": _MODEL}},
    )


def publish(root: Path, contents: Contents, *, kept_releases: int) -> int:
    """What a build does with what it has read."""
    number = write_release(root, contents)
    make_current(root, number)
    prune(root, kept_releases=kept_releases)
    return number


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An index folder with one release."""
    with build_lock(tmp_path / "index"):
        publish(tmp_path / "index", _contents("Trust comes first.", "It grows."), kept_releases=2)
    return tmp_path / "index"


def test_what_is_opened_is_what_was_published(root: Path) -> None:
    contents = _contents("Trust comes first.", "It grows.")
    release = open_release(root, model_sha256=_MODEL)
    assert release.number == 1
    assert release.documents == contents.documents
    assert release.passages == contents.passages
    assert release.pages["test", 1].text == "Trust comes first.\nIt grows."
    assert release.pdf_bytes("test") == contents.pdfs["test"]
    assert read_report(release.folder) == [{"file": "test.pdf"}]
    assert release.manifest["counts"] == {
        "documents": 1, "pages": 1, "passages": 1, "sentences": 2
    }  # fmt: skip
    assert release.lexical.knows("trust")
    assert (len(release.passage_vectors), len(release.sentence_vectors)) == (1, 2)


def test_each_release_has_the_next_number_and_the_oldest_are_removed(root: Path) -> None:
    for number in (2, 3):
        assert publish(root, _contents(f"Edition {number} is here."), kept_releases=2) == number
        assert current_number(root) == number
    assert _names(root / "releases") == ["000002", "000003"]
    assert open_release(root, model_sha256=_MODEL).passages[0].text == "Edition 3 is here."


def test_what_a_killed_build_left_behind_is_removed(root: Path) -> None:
    leftover = root / "releases" / ".building-000002"
    leftover.mkdir()
    (leftover / "pages.jsonl").write_text("half a page")
    publish(root, _contents("Trust."), kept_releases=2)
    assert _names(root / "releases") == ["000001", "000002"]


def test_a_release_that_cannot_be_written_leaves_the_published_one(root: Path) -> None:
    broken = replace(_contents("Trust."), manifest={"fingerprint": object()})
    with pytest.raises(TypeError):
        publish(root, broken, kept_releases=2)
    assert _names(root / "releases") == ["000001"]
    assert open_release(root, model_sha256=_MODEL).number == 1


def test_an_index_folder_without_an_index_is_named_with_the_remedy(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        assert current_number(folder) is None
        assert read_manifest(folder) is None
        with pytest.raises(IndexMissing) as caught:
            open_release(folder, model_sha256=_MODEL)
        assert str(caught.value) == f"{folder}: there is no index here; {_REMEDY}"


def test_every_file_of_a_release_is_missed_and_checked(root: Path) -> None:
    folder = root / "releases" / "000001"
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json"
    )
    assert {"passages.faiss", "pages.jsonl", "test.pdf"} <= {path.name for path in files}
    for path in files:
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(IndexDamaged) as damaged:
            open_release(root, model_sha256=_MODEL)
        assert str(damaged.value) == f"{path}: is damaged (its checksum differs); {_REMEDY}"
        path.unlink()
        with pytest.raises(IndexDamaged) as missing:
            open_release(root, model_sha256=_MODEL)
        assert str(missing.value) == f"{path}: is missing; {_REMEDY}"
        path.write_bytes(whole)
    assert open_release(root, model_sha256=_MODEL).number == 1


@pytest.mark.parametrize("manifest", [None, "", "{half", "[1, 2]", "{}", '{"format_version": 1}'])
def test_a_manifest_that_is_missing_or_damaged_is_told(root: Path, manifest: str | None) -> None:
    file = root / "releases" / "000001" / "manifest.json"
    if manifest is None:
        file.unlink()
    else:
        file.write_text(manifest)
    with pytest.raises(IndexDamaged) as caught:
        open_release(root, model_sha256=_MODEL)
    assert str(caught.value).startswith(str(file.parent))
    assert str(caught.value).endswith(_REMEDY)


@pytest.mark.parametrize("current", ["", "latest", "7"])
def test_a_pointer_to_no_release_is_told(root: Path, current: str) -> None:
    (root / "current").write_text(current)
    with pytest.raises(IndexDamaged) as caught:
        open_release(root, model_sha256=_MODEL)
    assert str(caught.value).startswith(str(root))
    assert str(caught.value).endswith(_REMEDY)


def test_another_format_is_told(root: Path) -> None:
    file = root / "releases" / "000001" / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "format_version": 99}))
    with pytest.raises(IndexDamaged) as caught:
        open_release(root, model_sha256=_MODEL)
    assert (
        str(caught.value)
        == f"{file.parent}: has format 99, this program reads {FORMAT_VERSION}; {_REMEDY}"
    )


def test_another_model_is_told(root: Path) -> None:
    with pytest.raises(IndexDamaged) as caught:
        open_release(root, model_sha256="f" * 64)
    assert str(caught.value) == (
        f"{root / 'releases' / '000001'}: was built with the model a model (SHA-256 "
        f"000000000000…), "
        f"not with the one in use (ffffffffffff…); set [index] model back, or {_REMEDY}"
    )


def test_only_one_build_works_on_an_index(root: Path) -> None:
    other = (
        "import sys\nfrom pathlib import Path\nfrom index.release_writer import build_lock\n"
        "with build_lock(Path(sys.argv[1])):\n    print('locked', flush=True)\n    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", other, root],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        with pytest.raises(BuildRunning) as caught, build_lock(root):
            pass
        process.communicate("")
    assert str(caught.value) == (
        f"{root}: another build of this index is running; try again when it is done"
    )
    with build_lock(root):
        assert current_number(root) == 1, "the lock of a process that has ended is free"


@pytest.mark.parametrize("later_release", [False, True])
def test_nothing_gets_its_name_before_it_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, later_release: bool
) -> None:
    """After a power cut a name stands for all of what was written, or is not there."""
    with build_lock(tmp_path):
        if later_release:
            publish(tmp_path, _contents("Trust comes first."), kept_releases=2)
    synced: set[int] = set()  # by inode: a file keeps its own when it is renamed
    named: list[Path] = []
    pending: set[int] = set()  # folders whose names are not on the disk yet
    fsync, rename, replace_ = os.fsync, os.rename, os.replace

    def syncing(descriptor: int) -> None:
        fsync(descriptor)
        synced.add(os.fstat(descriptor).st_ino)
        pending.discard(os.fstat(descriptor).st_ino)

    def naming(step: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
        def named_now(old: Path, new: Path) -> None:
            inside = [Path(old), *Path(old).rglob("*")]
            assert [path for path in inside if path.stat().st_ino not in synced] == []
            assert pending == set(), "what is named before must be found after this"
            step(old, new)
            named.append(Path(new))
            pending.add(Path(new).parent.stat().st_ino)

        return named_now

    monkeypatch.setattr(os, "fsync", syncing)
    monkeypatch.setattr(os, "rename", naming(rename))
    monkeypatch.setattr(os, "replace", naming(replace_))
    with build_lock(tmp_path):
        number = write_release(tmp_path, _contents("Trust comes last."))
        make_current(tmp_path, number)
    assert [path.name for path in named] == [f"{number:06}", "current"]
    assert pending == set()


# The tests may run as root, whom file permissions do not stop: so a file stands in the way.
@pytest.mark.parametrize("folder", ["file", "file/index"])
def test_a_folder_that_cannot_be_written_is_named_with_the_remedy(
    tmp_path: Path, folder: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexNotWritable) as caught, build_lock(tmp_path / folder):
        pass
    assert str(caught.value).startswith(f"{tmp_path / folder}: cannot be written (")
    assert str(caught.value).endswith(
        "free space or give write access, then build again; what was published before is untouched"
    )


def test_a_full_disk_leaves_the_published_release(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this account may not mount a small disk to fill")
    try:
        with build_lock(disk / "index"):
            publish(disk / "index", _contents("Trust."), kept_releases=2)
        large = replace(_contents("Hope."), pdfs={"test": b"x" * 2**20})
        with pytest.raises(IndexNotWritable, match="No space left on device"):
            publish(disk / "index", large, kept_releases=2)
        assert _names(disk / "index" / "releases") == ["000001"]
        assert open_release(disk / "index", model_sha256=_MODEL).passages[0].text == "Trust."
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_passage_is_searched_with_its_title_and_headings() -> None:
    passage = replace(_contents("Trust.").passages[0], heading_path=("One", "Two"))
    assert indexed_text(passage, "Digest") == "Digest | One | Two\nTrust."
    assert embedded_text(passage) == "One | Two\nTrust."


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_files_that_could_not_be_read_are_named(tmp_path: Path) -> None:
    entries = [
        {"file": "scan.pdf", "title": "", "verdict": "unreadable"},
        {"file": "locked.pdf", "title": "The plan", "verdict": "unreadable"},
        {"file": "guide.pdf", "title": "The guide", "verdict": "read"},
    ]
    (tmp_path / "report.json").write_text(json.dumps(entries), "utf-8")
    assert unread_files(tmp_path) == ["scan.pdf", "The plan"]
