"""The record: what was asked, shown and cited, by which release; and every action of the staff.

Lines are added and never changed: the file itself refuses it. They go when they are older than the
setting says, or by `python -m usage purge-record`. What is kept of a question's words is a setting;
personal data that can be told by its form is masked before anything is written.
"""

import hashlib
import hmac
import json
import secrets
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from answer.reply import Answer, Reply
from usage import database
from usage.database import Schema
from usage.mask import masked
from usage.record_settings import RecordSettings, Wording

_SCHEMA = Schema(
    version=1,
    tables="""
CREATE TABLE IF NOT EXISTS questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, release INTEGER NOT NULL,
    question TEXT, outcome TEXT NOT NULL, cited TEXT NOT NULL, milliseconds INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS actions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL,
    action TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS questions_by_age ON questions (at);
CREATE INDEX IF NOT EXISTS actions_by_age ON actions (at);
CREATE TABLE IF NOT EXISTS keys (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TRIGGER IF NOT EXISTS questions_stay BEFORE UPDATE ON questions
    BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
CREATE TRIGGER IF NOT EXISTS actions_stay BEFORE UPDATE ON actions
    BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
""",
    setting="[record] file",
)
TABLES = ("questions", "actions")
_WAIT_S = 5.0  # another process may be writing
_KEY_BYTES = 32


class Record:
    """Opens the file for each line, so that sessions and processes can share it."""

    def __init__(self, settings: RecordSettings) -> None:
        """Write to the file that the settings name."""
        self._settings = settings
        self.file = Path(settings.file)

    def add_question(
        self, question: str, reply: Reply, *, seconds: float, wait_s: float = _WAIT_S
    ) -> None:
        """Note what was asked and what came of it; nothing where the settings say so.

        Args:
            question: as typed.
            reply: as shown.
            seconds: that answering took.
            wait_s: how long another process that writes is waited for, seconds.

        Raises:
            UsageError: the file cannot be written.
        """
        if not self._settings.questions:
            return
        statements = reply.statements if isinstance(reply, Answer) else ()
        cited = [[c.doc_id, c.page_number] for s in statements for c in s.sources]
        outcome = "answered" if isinstance(reply, Answer) else reply.reason.value
        with database.writing(self.file, _SCHEMA, wait_s=wait_s) as connection:
            self._forget_old(connection)
            connection.execute(
                "INSERT INTO questions (at, release, question, outcome, cited, milliseconds)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    _now(),
                    reply.release,
                    self._wording(connection, question),
                    outcome,
                    json.dumps(cited),
                    round(1000 * seconds),
                ),
            )

    def add_action(self, who: str, action: str, detail: str = "") -> None:
        """Note what a member of the staff did.

        Args:
            who: the name that the login provider gives; "" where staff share a password.
            action: what was done, in a word or two.
            detail: to what, and why.

        Raises:
            UsageError: the file cannot be written.
        """
        with database.writing(self.file, _SCHEMA, wait_s=_WAIT_S) as connection:
            self._forget_old(connection)
            connection.execute(
                "INSERT INTO actions (at, who, action, detail) VALUES (?, ?, ?, ?)",
                (_now(), who, action, detail),
            )

    def lines(self, table: str) -> Iterator[dict[str, Any]]:
        """The lines of one of `TABLES`, oldest first; none where there is no file yet.

        Raises:
            UsageError: the file cannot be read.
        """
        if table not in TABLES:
            raise ValueError(table)
        if not self.file.exists():
            return
        with database.reading(self.file, _SCHEMA, wait_s=_WAIT_S) as connection:
            connection.row_factory = sqlite3.Row
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY id"):  # noqa: S608  # ours
                line = dict(row)
                if "cited" in line:
                    line["cited"] = json.loads(line["cited"])
                yield line

    def purge(self, before: date) -> int:
        """Delete what is older than a day, so that its words stand nowhere in the file.

        Returns:
            How many lines are gone.

        Raises:
            UsageError: the file cannot be written.
        """
        if not self.file.exists():
            return 0
        with database.writing(self.file, _SCHEMA, wait_s=_WAIT_S) as connection:
            gone = _delete(connection, before)
        database.shrink(self.file, _SCHEMA, wait_s=_WAIT_S)
        return gone

    def _forget_old(self, connection: sqlite3.Connection) -> None:
        _delete(connection, datetime.now(UTC).date() - timedelta(days=self._settings.keep_days))

    def _wording(self, connection: sqlite3.Connection, question: str) -> str | None:
        wording = Wording(self._settings.wording)
        if wording is Wording.NOT_KEPT:
            return None
        plain = masked(" ".join(question.split()))
        if wording is Wording.KEPT:
            return plain
        # With a key of this file: without it, hashes of likely questions could be compared.
        digest = hmac.new(_key(connection), plain.casefold().encode(), hashlib.sha256)
        return digest.hexdigest()


def _delete(connection: sqlite3.Connection, before: date) -> int:
    return sum(
        connection.execute(
            f"DELETE FROM {table} WHERE at < ?",  # noqa: S608  # tables of ours
            (before.isoformat(),),
        ).rowcount
        for table in TABLES
    )


def _key(connection: sqlite3.Connection) -> bytes:
    connection.execute(
        "INSERT OR IGNORE INTO keys (name, value) VALUES ('hash', ?)",
        (secrets.token_bytes(_KEY_BYTES),),
    )
    row = connection.execute("SELECT value FROM keys WHERE name = 'hash'").fetchone()
    return bytes(row[0])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
