"""Ratings -> a table for a spreadsheet."""

import csv
import io
from collections.abc import Sequence

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
