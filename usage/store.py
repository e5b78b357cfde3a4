"""One SQLite file that holds ratings of replies and the topics of refused questions.

Nothing in it says who asked: no name, no address, no session. A rating holds the question and the
reply, because whoever sends it is told so beside the button. Of a refused question only the day,
the reason and the topic are kept, unless the operator turned its words on. Personal data that can
be told by its form is masked in what people typed before anything is written.
"""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from usage import database
from usage.database import Schema
from usage.errors import UsageError
from usage.mask import masked

_SCHEMA = Schema(
    version=1,
    tables="""
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
""",
    setting="[usage] file",
)
_TABLES = ("ratings", "refusals")
_WAIT_S = 5.0  # another process may be writing
MAX_COMMENT = 500  # characters
# Where a reply, as data, repeats words of the question; the rest is of the publications.
_OF_THE_QUESTION = ("question", "understood", "unanswered", "doubted", "message", "note")
_COLUMNS = "id, day, release, helpful, reason, comment, question, history, reply, used"
_Row = tuple[Any, ...]
_T = TypeVar("_T")


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
        self.file = file
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
            masked(rating.comment)[:MAX_COMMENT],
            masked(rating.question),
            json.dumps(_masked_in(list(rating.history)), ensure_ascii=False),
            json.dumps(_masked_reply(rating.reply), ensure_ascii=False),
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

    def add_refusal(self, refusal: Refusal, *, wait_s: float = _WAIT_S) -> None:
        """Count a refused question in.

        Args:
            refusal: what is kept of it.
            wait_s: how long another process that writes is waited for, seconds.

        Raises:
            UsageError: the file cannot be written.
        """
        row = (
            refusal.day.isoformat(),
            refusal.release,
            refusal.reason,
            refusal.topic,
            _masked_in(refusal.question),
        )
        with self._writing(wait_s) as connection:
            connection.execute(
                "INSERT INTO refusals (day, release, reason, topic, question)"
                " VALUES (?, ?, ?, ?, ?)",
                row,
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
        return self._read(f"SELECT {_COLUMNS} FROM ratings ORDER BY id DESC", _rating)  # noqa: S608  # columns of ours

    def rating(self, rating_id: int) -> Rating | None:
        """One rating; None where it was replaced, purged or never kept.

        Raises:
            UsageError: the file cannot be read.
        """
        query = f"SELECT {_COLUMNS} FROM ratings WHERE id = ?"  # noqa: S608  # columns of ours
        return next(iter(self._read(query, _rating, rating_id)), None)

    def refusals(self) -> list[Refusal]:
        """All refusals, the oldest first; none where there is no file yet.

        Raises:
            UsageError: the file cannot be read.
        """
        query = "SELECT day, release, reason, topic, question FROM refusals ORDER BY id"
        return self._read(query, _refusal)

    def purge(self, before: date | None = None) -> int:
        """Delete what is older than a day, or everything; returns how many entries went.

        Raises:
            UsageError: the file cannot be written.
        """
        if not self.file.exists():
            return 0
        with database.writing(self.file, _SCHEMA, wait_s=_WAIT_S) as connection:
            gone = _delete(connection, before or date.max)
        database.shrink(self.file, _SCHEMA, wait_s=_WAIT_S)
        return gone

    def _read(self, query: str, entry_of: Callable[[_Row], _T], *values: int) -> list[_T]:
        if not self.file.exists():
            return []
        with database.reading(self.file, _SCHEMA, wait_s=_WAIT_S) as connection:
            rows = connection.execute(query, values).fetchall()
        try:
            return [entry_of(row) for row in rows]
        except (ValueError, TypeError) as error:
            message = (
                f"{self.file}: holds an entry that cannot be understood ({error}); restore the "
                "file from a copy, or delete it to begin anew"
            )
            raise UsageError(message) from error

    @contextlib.contextmanager
    def _writing(self, wait_s: float = _WAIT_S) -> Iterator[sqlite3.Connection]:
        with database.writing(self.file, _SCHEMA, wait_s=wait_s) as connection:
            _delete(connection, today() - timedelta(days=self._keep_days))
            yield connection


def _delete(connection: sqlite3.Connection, before: date) -> int:
    return sum(
        connection.execute(f"DELETE FROM {table} WHERE day < ?", (before.isoformat(),)).rowcount  # noqa: S608  # table names of ours
        for table in _TABLES
    )


def _masked_reply(reply: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _masked_in(value) if key in _OF_THE_QUESTION else value for key, value in reply.items()
    }


def _masked_in(value: Any) -> Any:  # noqa: ANN401  # what JSON holds
    """A text with personal data masked, or each of a list of them; what is no text stays."""
    if isinstance(value, list):
        return [_masked_in(one) for one in value]
    return masked(value) if isinstance(value, str) else value


def today() -> date:
    """The day in UTC: the time of day is nobody's business."""
    return datetime.now(UTC).date()


def _rating(row: _Row) -> Rating:
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


def _refusal(row: _Row) -> Refusal:
    day, release, reason, topic, question = row
    return Refusal(
        day=date.fromisoformat(day),
        release=release,
        reason=reason,
        topic=topic,
        question=question,
    )
