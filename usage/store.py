"""One SQLite file that holds ratings of replies and the topics of refused questions.

Nothing in it says who asked: no name, no address, no session. A rating holds the question and the
reply, because whoever sends it is told so beside the button. Of a refused question only the day,
the reason and the topic are kept, unless the operator turned its words on.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from usage.errors import UsageError

_SCHEMA_VERSION = 1
_BUSY_S = 5.0  # another process may be writing
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
MAX_COMMENT = 500  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class NewRating:
    """What somebody made of a reply."""

    helpful: bool
    reason: str  # one of those that were offered
    comment: str
    question: str
    history: tuple[str, ...]
    reply: dict[str, Any]  # answer.formats.reply_record
    release: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """A rating as it is kept."""

    rating_id: int
    day: date  # UTC
    given: NewRating
    used: bool  # a judged question was made of it


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """That a question was refused, and what it was about."""

    day: date  # UTC
    release: int
    reason: str  # answer.reply.Reason
    topic: str  # publication and outermost heading of the nearest passage
    question: str | None  # None unless the operator keeps the words


class UsageStore:
    """Opens the file for each operation, so that sessions and processes can share it."""

    def __init__(self, file: Path, *, keep_days: int) -> None:
        """Args: where the file is or will be made; and how long entries are kept."""
        self._file = file
        self._keep_days = keep_days

    def add_rating(self, rating: NewRating, *, replaces: int | None = None) -> int:
        """Keep a rating; returns its number.

        Args:
            rating: the new one.
            replaces: the number of an earlier one of the same reply, which goes.

        Raises:
            UsageError: the file cannot be written.
        """
        row = (
            today().isoformat(),
            rating.release,
            int(rating.helpful),
            rating.reason,
            rating.comment[:MAX_COMMENT],
            rating.question,
            json.dumps(list(rating.history), ensure_ascii=False),
            json.dumps(rating.reply, ensure_ascii=False),
        )
        with self._writing() as connection:
            if replaces is not None:
                connection.execute("DELETE FROM ratings WHERE id = ?", (replaces,))
            cursor = connection.execute(
                "INSERT INTO ratings (day, release, helpful, reason, comment, question, history,"
                " reply) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            return int(cursor.lastrowid or 0)

    def add_refusal(self, refusal: Refusal) -> None:
        """Count a refused question in.

        Raises:
            UsageError: the file cannot be written.
        """
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO refusals (day, release, reason, topic, question)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    refusal.day.isoformat(),
                    refusal.release,
                    refusal.reason,
                    refusal.topic,
                    refusal.question,
                ),
            )

    def mark_used(self, rating_id: int) -> None:
        """Note that a judged question was made of a rating.

        Raises:
            UsageError: the file cannot be written.
        """
        with self._writing() as connection:
            connection.execute("UPDATE ratings SET used = 1 WHERE id = ?", (rating_id,))

    def ratings(self) -> list[Rating]:
        """All ratings, the newest first; none where there is no file yet.

        Raises:
            UsageError: the file cannot be read.
        """
        query = (
            "SELECT id, day, release, helpful, reason, comment, question, history, reply, used"
            " FROM ratings ORDER BY id DESC"
        )
        return [_rating(row) for row in self._rows(query)]

    def refusals(self) -> list[Refusal]:
        """All refusals, the oldest first; none where there is no file yet.

        Raises:
            UsageError: the file cannot be read.
        """
        query = "SELECT day, release, reason, topic, question FROM refusals ORDER BY id"
        return [
            Refusal(
                day=date.fromisoformat(day),
                release=release,
                reason=reason,
                topic=topic,
                question=question,
            )
            for day, release, reason, topic, question in self._rows(query)
        ]

    def purge(self, before: date | None = None) -> int:
        """Delete what is older than a day, or everything; returns how many entries went.

        Raises:
            UsageError: the file cannot be written.
        """
        if not self._file.exists():
            return 0
        day = before.isoformat() if before else "9999-12-31"
        with self._writing() as connection:
            gone = sum(
                connection.execute(f"DELETE FROM {table} WHERE day < ?", (day,)).rowcount  # noqa: S608  # table names of ours
                for table in ("ratings", "refusals")
            )
        with self._open() as connection:
            connection.execute("VACUUM")  # else the words stay in the file's free pages
        return gone

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        if not self._file.exists():
            return []
        with self._open() as connection:
            return connection.execute(query).fetchall()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        oldest = (today() - timedelta(days=self._keep_days)).isoformat()
        with self._open() as connection, connection:
            for table in ("ratings", "refusals"):
                connection.execute(f"DELETE FROM {table} WHERE day < ?", (oldest,))  # noqa: S608  # table names of ours
            yield connection

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(sqlite3.connect(self._file, timeout=_BUSY_S)) as connection:
                connection.execute("PRAGMA secure_delete = ON")
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                if version not in (0, _SCHEMA_VERSION):
                    message = f"{self._file}: was written by another version of the program"
                    raise UsageError(message)
                if version == 0:
                    connection.executescript(_SCHEMA)
                    connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
                yield connection
        except (sqlite3.Error, OSError) as error:
            message = (
                f"{self._file}: cannot be used ({error}); give write access or free space, or name "
                "another file in [usage] file of config.toml"
            )
            raise UsageError(message) from error


def today() -> date:
    """The day in UTC: the time of day is nobody's business."""
    return datetime.now(UTC).date()


def _rating(row: tuple[Any, ...]) -> Rating:
    rating_id, day, release, helpful, reason, comment, question, history, reply, used = row
    return Rating(
        rating_id=rating_id,
        day=date.fromisoformat(day),
        used=bool(used),
        given=NewRating(
            helpful=bool(helpful),
            reason=reason,
            comment=comment,
            question=question,
            history=tuple(json.loads(history)),
            reply=json.loads(reply),
            release=release,
        ),
    )
