"""The SQLite file: opened for one short step at a time, made where it is missing.

It is written ahead (WAL), so that whoever reads it never holds up a reply that is being counted.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from usage.errors import UsageError

_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS ratings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, release INTEGER NOT NULL,
    helpful INTEGER NOT NULL, reason TEXT NOT NULL, comment TEXT NOT NULL,
    question TEXT NOT NULL, history TEXT NOT NULL, reply TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS refusals (
    id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, release INTEGER NOT NULL,
    reason TEXT NOT NULL, topic TEXT NOT NULL, question TEXT
);
"""
TABLES = ("ratings", "refusals")
_ELSEWHERE = "or name another file in [usage] file of config.toml"


@contextlib.contextmanager
def reading(file: Path, *, wait_s: float) -> Iterator[sqlite3.Connection]:
    """A connection to read a file that is there.

    Args:
        file: the SQLite file.
        wait_s: how long another process is waited for, seconds.

    Raises:
        UsageError: it cannot be read.
    """
    with _told(file, "be read", "give read access"):
        alone = not os.access(file.parent, os.W_OK) and not _ahead(file).exists()
        # Where nothing can be written, SQLite must not look for its side files: it would make them.
        query = "?mode=ro&immutable=1" if alone else ""
        with _connected(file, query, wait_s=wait_s) as connection:
            _check(file, connection)
            yield connection


@contextlib.contextmanager
def writing(file: Path, *, wait_s: float) -> Iterator[sqlite3.Connection]:
    """A connection to write; what is written in it is kept as a whole or not at all.

    Args:
        file: the SQLite file, made with its folder where there is none.
        wait_s: how long another process is waited for, seconds.

    Raises:
        UsageError: it cannot be written.
    """
    with _told(file, "be written", "give write access or free space"):
        file.parent.mkdir(parents=True, exist_ok=True)
        with _connected(file, "", wait_s=wait_s) as connection:
            if _check(file, connection) == 0:
                connection.executescript(_SCHEMA)
                connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
            _write_ahead(connection)
            with connection:
                yield connection


def shrink(file: Path, *, wait_s: float) -> None:
    """Make the file anew without what was deleted, so that its words stand nowhere in it.

    Raises:
        UsageError: it cannot be written.
    """
    with (
        _told(file, "be cleaned", "give write access or free space"),
        _connected(file, "", wait_s=wait_s) as connection,
    ):
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextlib.contextmanager
def _connected(file: Path, query: str, *, wait_s: float) -> Iterator[sqlite3.Connection]:
    # "IMMEDIATE": a step that will write takes its turn at once, and so never has to start again.
    with contextlib.closing(
        sqlite3.connect(
            file.absolute().as_uri() + query, timeout=wait_s, isolation_level="IMMEDIATE", uri=True
        )
    ) as connection:
        connection.execute("PRAGMA secure_delete = ON")  # deleted words are overwritten
        yield connection


def _check(file: Path, connection: sqlite3.Connection) -> int:
    """The version of what the file holds; 0 for an empty one."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version not in (0, _SCHEMA_VERSION):
        message = f"{file}: was written by another version of the program; use that, {_ELSEWHERE}"
        raise UsageError(message)
    return version


def _write_ahead(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    # Refused while others have the file open, and on network drives: then it is written as before,
    # and the next writer tries again.
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")


def _ahead(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


@contextlib.contextmanager
def _told(file: Path, what: str, remedy: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        message = f"{file}: cannot {what} ({error}); {_remedy(error, remedy)}"
        raise UsageError(message) from error


def _remedy(error: Exception, remedy: str) -> str:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
        return "another program is writing it; try again"
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
        return f"move it away, so that a new one is made, {_ELSEWHERE}"
    return f"{remedy}, {_ELSEWHERE}"
