"""What earlier builds have worked out and later ones need not: one SQLite file beside the releases.

Deleting it costs time and nothing else. Whatever is damaged, missing or cannot be written is worked
out anew. After a build only what that build used is kept.
"""

import contextlib
import hashlib
import sqlite3
import threading
import zlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

_TABLE = """
CREATE TABLE IF NOT EXISTS entries (
    key TEXT PRIMARY KEY, value BLOB NOT NULL, sha256 BLOB NOT NULL
) WITHOUT ROWID
"""
_KEYS_AT_ONCE = 500


def cache_key(*parts: str | bytes) -> str:
    """A hash of everything that a value depends on."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


class Cache:
    """Values by key, checked against their hash when they are read; for several threads."""

    def __init__(self, path: Path) -> None:
        """Open the file; one that is damaged is begun anew."""
        self._used: set[str] = set()
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        for _ in range(2):
            with contextlib.suppress(OSError, sqlite3.Error):
                path.parent.mkdir(parents=True, exist_ok=True)
                self._database = _opened(path)
                return
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        """The cache itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file; what was kept so far stays."""
        if self._database is not None:
            self._database.close()

    def find(self, key: str) -> bytes | None:
        """The value; None when there is none, or its hash says that it is damaged."""
        self._used.add(key)
        if self._database is None:
            return None
        try:
            with self._lock:
                row = self._database.execute(
                    "SELECT value, sha256 FROM entries WHERE key = ?", (key,)
                ).fetchone()
            if row is None or hashlib.sha256(row[0]).digest() != row[1]:
                return None
            return zlib.decompress(row[0])
        except (sqlite3.Error, zlib.error):
            return None

    def keep(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Keep some values, all or none of them; a full disk keeps none."""
        if self._database is None:
            return
        rows = []
        for key, value in items:
            packed = zlib.compress(value, level=1)
            rows.append((key, packed, hashlib.sha256(packed).digest()))
        with contextlib.suppress(sqlite3.Error), self._lock, self._database:
            self._database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)

    def forget_unused(self) -> None:
        """Drop every value that has not been asked for since the file was opened."""
        if self._database is None:
            return
        with contextlib.suppress(sqlite3.Error), self._lock, self._database:
            keys = {row[0] for row in self._database.execute("SELECT key FROM entries")}
            unused = sorted(keys - self._used)
            for start in range(0, len(unused), _KEYS_AT_ONCE):
                self._database.executemany(
                    "DELETE FROM entries WHERE key = ?",
                    [(key,) for key in unused[start : start + _KEYS_AT_ONCE]],
                )


def _opened(path: Path) -> sqlite3.Connection:
    # The build lock keeps every other build out, and `Cache` its own threads apart.
    database = sqlite3.connect(path, timeout=0, check_same_thread=False)
    try:
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(_TABLE)
        database.execute("SELECT key FROM entries LIMIT 1").fetchone()
    except sqlite3.Error:
        database.close()
        raise
    return database
