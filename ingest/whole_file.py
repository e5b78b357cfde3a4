"""Files that are there whole or not at all, whatever stops the program or the power."""

import os
import secrets
from pathlib import Path


def write_whole(file: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write a file beside its place, sync it, and put it there in one step.

    Args:
        file: in a folder that is there; one of this name is replaced.
        data: all of it.
        mode: who may read and write it, before the umask.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    # A name of its own: two threads or processes that write the same file do not meet. Not from
    # `tempfile`, whose files nobody else may read, whatever the mode and the umask say.
    part = file.with_name(f".{file.name}-{secrets.token_hex(8)}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    sync(file.parent)


def remove_parts(folder: Path) -> None:
    """Take away what a killed `write_whole` has left in a folder that nobody writes in now."""
    for part in folder.glob(".*.part"):
        part.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk and not only in memory."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
