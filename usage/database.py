"""The SQLite file: opened for one short step at a time, made where it is missing.

It is written ahead (WAL), so that whoever reads it never holds up a reply that is being counted.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from usage.errors import UsageError


@dataclass(frozen=True, kw_only=True, slots=True)
class Schema:
    """What a file holds."""

    version: int
    tables: str  # SQL that makes them
    setting: str  # of config.toml, that names the file


@contextlib.contextmanager
def reading(file: Path, schema: Schema, *, wait_s: float) -> Iterator[sqlite3.Connection]:
    """A connection to read a file that is there.

    Args:
        file: the SQLite file.
        schema: what it holds.
        wait_s: how long another process is waited for, seconds.

    Raises:
        UsageError: it cannot be read.
    """
    with _told(file, schema, "be read", "give read access"):
        alone = not os.access(file.parent, os.W_OK) and not _ahead(file).exists()
        # Where nothing can be written, SQLite must not look for its side files: it would make them.
        query = "?mode=ro&immutable=1" if alone else ""
        with _connected(file, query, wait_s=wait_s) as connection:
            _check(file, schema, connection)
            yield connection


@contextlib.contextmanager
def writing(file: Path, schema: Schema, *, wait_s: float) -> Iterator[sqlite3.Connection]:
    """A connection to write; what is written in it is kept as a whole or not at all.

    Args:
        file: the SQLite file, made with its folder where there is none.
        schema: what it holds.
        wait_s: how long another process is waited for, seconds.

    Raises:
        UsageError: it cannot be written.
    """
    with _told(file, schema, "be written", "give write access or free space"):
        file.parent.mkdir(parents=True, exist_ok=True)
        with _connected(file, "", wait_s=wait_s) as connection:
            if _check(file, schema, connection) == 0:
                connection.executescript(schema.tables)
                connection.execute(f"PRAGMA user_version = {schema.version}")
            _write_ahead(connection)
            with connection:
                yield connection


def shrink(file: Path, schema: Schema, *, wait_s: float) -> None:
    """Make the file anew without what was deleted, so that its words stand nowhere in it.

    Raises:
        UsageError: it cannot be written.
    """
    with (
        _told(file, schema, "be cleaned", "give write access or free space"),
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


def _check(file: Path, schema: Schema, connection: sqlite3.Connection) -> int:
    """The version of what the file holds; 0 for an empty one."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version not in (0, schema.version):
        message = (
            f"{file}: was written by another version of the program; use that, {_elsewhere(schema)}"
        )
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
def _told(file: Path, schema: Schema, what: str, remedy: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        message = f"{file}: cannot {what} ({error}); {_remedy(error, schema, remedy)}"
        raise UsageError(message) from error


def _remedy(error: Exception, schema: Schema, remedy: str) -> str:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
        return "another program is writing it; try again"
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
        return f"move it away, so that a new one is made, {_elsewhere(schema)}"
    return f"{remedy}, {_elsewhere(schema)}"


def _elsewhere(schema: Schema) -> str:
    return f"or name another file in {schema.setting} of config.toml"
