"""Ratings and lines of the record -> tables for a spreadsheet, or JSON Lines."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from usage.cells import guarded
from usage.store import Rating

_HEAD = (
    *("number", "day", "helpful", "reason", "comment", "question", "earlier questions", "replied"),
    *("cited pages", "quoted or said", "index release", "made into a question"),
)


def ratings_csv(ratings: Sequence[Rating]) -> str:
    """Comma-separated, a line for each rating below the head; typed text is never a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(_HEAD)
    for rating in ratings:
        writer.writerow([guarded(cell) for cell in _cells(rating)])
    return stream.getvalue()


def write_csv(lines: Iterable[Mapping[str, Any]], stream: TextIO) -> int:
    """Write lines of the record as a table; returns how many. Typed text is never a formula."""
    writer: csv.DictWriter[str] | None = None
    count = 0
    for line in lines:
        if writer is None:
            writer = csv.DictWriter(stream, list(line))
            writer.writeheader()
        cells = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in line.items()
            if value is not None
        }
        writer.writerow({name: guarded(cell) for name, cell in cells.items()})
        count += 1
    return count


def write_json_lines(lines: Iterable[Mapping[str, Any]], stream: TextIO) -> int:
    """Write lines of the record as JSON, one object a line; returns how many."""
    count = 0
    for line in lines:
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    return count


def _cells(rating: Rating) -> tuple[str, ...]:
    given = rating.given
    statements = given.reply.get("statements", [])
    places = [
        f"{citation['file']}, page {citation['page_number']}"
        for statement in statements
        for citation in statement["citations"]
    ]
    said = [statement["text"] for statement in statements] or [given.reply.get("message") or ""]
    return (
        str(rating.rating_id),
        rating.day.isoformat(),
        _yes(value=given.helpful),
        given.reason,
        given.comment,
        given.question,
        "\n".join(given.history),
        str(given.reply.get("kind", "")),
        "\n".join(dict.fromkeys(places)),
        "\n\n".join(said),
        str(given.release),
        _yes(value=rating.used),
    )


def _yes(*, value: bool) -> str:
    return "yes" if value else "no"
