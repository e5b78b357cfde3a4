import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.whole_file import write_whole


def test_two_threads_that_write_one_file_do_not_meet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_have_written = threading.Barrier(2, timeout=10)
    fsync = os.fsync

    def fsync_together(descriptor: int) -> None:
        fsync(descriptor)
        if stat.S_ISREG(os.fstat(descriptor).st_mode):  # the part, not its folder
            both_have_written.wait()

    monkeypatch.setattr(os, "fsync", fsync_together)
    file = tmp_path / "list.toml"
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda data: write_whole(file, data), (b"one" * 1000, b"two" * 1000)))
    assert file.read_bytes() in (b"one" * 1000, b"two" * 1000)
    assert [path.name for path in tmp_path.iterdir()] == ["list.toml"]


def test_what_cannot_be_written_whole_leaves_what_was_there_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_full(_: int) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "list.toml"
    file.write_bytes(b"before")
    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, b"after")
    assert file.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["list.toml"]


def test_the_mode_is_that_asked_for_before_the_umask(tmp_path: Path) -> None:
    umask = os.umask(0o022)
    try:
        write_whole(tmp_path / "open", b"")
        write_whole(tmp_path / "secret", b"", mode=0o600)
    finally:
        os.umask(umask)
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("open", "secret")]
    assert modes == [0o644, 0o600]
