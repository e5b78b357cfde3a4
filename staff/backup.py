"""Everything that cannot be made again, in one file: corpus, releases, question sets, records.

    config.toml  corpus/  eval/sets/  var/index/  var/eval/  var/staff/  var/access/  var/*.sqlite
    backup.json            what is in the file, and the SHA-256 of each, as it was written

The names are those of a fresh copy of the program, wherever the settings keep things, so that what
is restored can be copied over one. Caches are left out, which only save time, and so are files that
are still being written (*.part).
"""

import contextlib
import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from index.release_writer import build_lock
from ingest.whole_file import sync
from staff.errors import BackupInvalid

_CONTENTS = "backup.json"
_FORMAT = 1
_LEFT_OUT = ("cache", ".lock")  # of the index folder
_PRIVATE = 0o600  # it holds what the folders hold, passwords of PDFs included


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A file or folder that belongs in a backup."""

    name: str  # in the backup: relative, with "/"
    path: Path  # where it is; one that is not there is left out


@dataclass(frozen=True, kw_only=True, slots=True)
class BackedUp:
    """What a backup holds."""

    files: int
    size: int  # bytes
    made: str  # when, UTC


def back_up(out: Path, parts: Sequence[Part], *, index: Path) -> BackedUp:
    """Write a backup; no release is made, published or taken away meanwhile.

    Args:
        out: the file, .tar; one of this name is replaced when the new one is whole.
        parts: what belongs in it.
        index: the index folder.

    Raises:
        BackupInvalid: it cannot be written, or something cannot be read.
        BuildRunning: a release is being made; trying again later helps.
    """
    part_file = out.with_name(f".{out.name}-{os.getpid()}.part")
    try:
        with build_lock(index), tempfile.TemporaryDirectory() as scratch:
            made = datetime.now(UTC).isoformat(timespec="seconds")
            files = dict(_files(parts, Path(scratch)))
            with os.fdopen(os.open(part_file, os.O_WRONLY | os.O_CREAT, _PRIVATE), "wb") as stream:
                # What is a link is written whole: there is nothing to hash in a link.
                with tarfile.open(fileobj=stream, mode="w", dereference=True) as tar:
                    written = {name: _add_file(tar, name, path) for name, path in files.items()}
                    contents = {"format": _FORMAT, "made": made, "files": written}
                    _add_bytes(tar, _CONTENTS, json.dumps(contents, indent=1).encode())
                stream.flush()
                os.fsync(stream.fileno())
        part_file.replace(out)
        sync(out.parent)
    except (OSError, sqlite3.Error) as error:
        message = f"{out}: no backup was made ({error}); mend that and start it again"
        raise BackupInvalid(message) from error
    finally:
        part_file.unlink(missing_ok=True)
    return BackedUp(files=len(files), size=out.stat().st_size, made=made)


def restore(backup: Path, into: Path) -> BackedUp:
    """Lay out what a backup holds in an empty folder, and check each file of it.

    Args:
        backup: the file that `back_up` wrote.
        into: a folder that is empty or not there yet; it appears whole or not at all.

    Raises:
        BackupInvalid: the backup is damaged or none, or the folder is not empty.
    """
    # What "." names is gone once the folder is replaced.
    backup, into = backup.resolve(), into.resolve()
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        message = f"{into}: is not empty; name a new folder, so that nothing is overwritten"
        raise BackupInvalid(message)
    aside = into.with_name(f".{into.name}-{os.getpid()}.part")
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(backup, mode="r:") as tar:
            contents = _contents(tar, backup)
            tar.extractall(aside, filter="data")
        (aside / _CONTENTS).unlink()
        _check(backup, contents, aside)
        for folder, _, names in os.walk(aside):
            for name in names:
                sync(Path(folder, name))
            sync(Path(folder))
        if into.exists():
            into.rmdir()
        aside.rename(into)
        sync(into.parent)
    except (OSError, tarfile.TarError, ValueError) as error:
        message = f"{backup}: nothing was restored ({error}); try another copy of the backup"
        raise BackupInvalid(message) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return BackedUp(
        files=len(contents["files"]), size=backup.stat().st_size, made=str(contents["made"])
    )


def _files(parts: Sequence[Part], scratch: Path) -> Iterator[tuple[str, Path]]:
    """Each file of a backup: its name there, and where it can be read; a database as a copy."""
    for part in parts:
        if part.path.is_file() and part.path.suffix == ".sqlite":
            yield part.name, _database_copy(part.path, scratch)
        elif part.path.is_file():
            yield part.name, part.path
        for path in sorted(part.path.rglob("*")) if part.path.is_dir() else ():
            inside = path.relative_to(part.path)
            left_out = inside.parts[0] in _LEFT_OUT or path.suffix == ".part"
            if path.is_file() and not left_out:
                yield str(PurePosixPath(part.name, *inside.parts)), path


def _database_copy(file: Path, scratch: Path) -> Path:
    """A whole copy of a database that others may be writing (SQLite's online backup)."""
    copy = scratch / file.name
    with (
        contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as old,
        contextlib.closing(sqlite3.connect(copy)) as new,
    ):
        old.backup(new)
    return copy


def _add_file(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Write a file as long as it is now; returns the SHA-256 of what was written.

    What is added to the file meanwhile is left out.

    Raises:
        OSError: it cannot be read, or has become shorter meanwhile.
    """
    with path.open("rb") as stream:
        reading = _Reading(stream)
        tar.addfile(tar.gettarinfo(arcname=name, fileobj=stream), reading)
    return reading.sha256.hexdigest()


class _Reading:
    """A file that is being read, with the SHA-256 of what has been read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.sha256.update(data)
        return data


def _add_bytes(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    info.mode = _PRIVATE
    tar.addfile(info, io.BytesIO(data))


def _contents(tar: tarfile.TarFile, backup: Path) -> dict[str, dict[str, str]]:
    stream = tar.extractfile(_CONTENTS) if _CONTENTS in tar.getnames() else None
    contents = json.loads(stream.read()) if stream else {}
    if contents.get("format") != _FORMAT:
        message = f"{backup}: is no backup that this version can read"
        raise BackupInvalid(message)
    return dict(contents)


def _check(backup: Path, contents: dict[str, dict[str, str]], folder: Path) -> None:
    """Every file that the backup names is there, as it was, and no other."""
    there = {str(PurePosixPath(p.relative_to(folder))) for p in folder.rglob("*") if p.is_file()}
    named = contents["files"]
    wrong = sorted(there ^ named.keys()) or [
        name for name in sorted(named) if _sha256(folder / name) != named[name]
    ]
    if wrong:
        message = (
            f"{backup}: is damaged at {wrong[0]}"
            + (f" and {len(wrong) - 1} other files" if len(wrong) > 1 else "")
            + "; nothing was restored; try another copy of the backup"
        )
        raise BackupInvalid(message)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
