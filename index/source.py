"""A hash of the program's own source, to see whether another version has made something."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

_KINDS = (".py", ".txt", ".npz", ".sha256")  # modules, and the lists and sums that they read


def source_sha256(packages: Iterable[Path]) -> str:
    """The SHA-256 of everything that decides what some packages do.

    Args:
        packages: their folders.
    """
    digest = hashlib.sha256()
    for package in packages:
        for path in sorted(p for p in package.rglob("*") if p.suffix in _KINDS):
            name = f"{package.name}/{path.relative_to(package).as_posix()}"
            digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
