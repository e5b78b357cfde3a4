"""Questions as the rows of a table: one for each gold entry, the question on its first.

A text that a spreadsheet would take for a formula gets an apostrophe before it, which the reader
takes off again: the words of others must not run in somebody's spreadsheet.
"""

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from eval.questions import Fault, JudgedQuestion
from eval.spreadsheet import SpreadsheetInvalid
from usage.cells import guarded, unguarded

COLUMNS = (
    "id",
    "question",
    "earlier questions",
    "kind",
    "answerable",
    "needs",
    "file",
    "pages",
    "quote",
    "answer",
    "note",
)
_YES, _NO = ("yes", "y", "true", "1", "sí", "si"), ("no", "n", "false", "0")
_PAGES = re.compile(r"(\d{1,6})(?:\.0)?(?:\s*[-–]\s*(\d{1,6})(?:\.0)?)?")
_MAX_RANGE = 500


def rows_of_questions(questions: Sequence[JudgedQuestion]) -> list[list[str]]:
    """The rows below the head."""
    rows = []
    for question in questions:
        for number, gold in enumerate(question.gold or (None,)):
            own = [
                question.question_id,
                question.question,
                "\n".join(question.history),
                question.kind,
                "yes" if question.answerable else "no",
                question.needs,
            ]
            evidence = (
                [gold.file, "; ".join(map(str, gold.pages)), gold.quote] if gold else [""] * 3
            )
            rest = [question.answer or "", question.note]
            cells = [*(own if number == 0 else [""] * 6), *evidence]
            cells += rest if number == 0 else ["", ""]
            rows.append([guarded(cell) for cell in cells])
    return rows


def records_of_rows(
    rows: Sequence[Sequence[str]],
) -> tuple[list[tuple[str, dict[str, Any]]], list[Fault]]:
    """The rows of a table, its head first -> records with where they stand, or faults of the head.

    A row without id and question, or with the id of the row above, adds a gold entry to it.
    """
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(map(str.strip, row))]
    if not filled:
        return [], [Fault(where="file", what="it is empty", remedy="begin with the template")]
    head_number, head = filled[0]
    names = [cell.strip().lower() for cell in head]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        what = f"the columns {', '.join(missing)} are missing"
        remedy = f"the first row must name: {', '.join(COLUMNS)}"
        return [], [Fault(where=f"row {head_number}", what=what, remedy=remedy)]
    records: list[tuple[str, dict[str, Any]]] = []
    for number, row in filled[1:]:
        cells = {name: _cell(row, names.index(name)) for name in COLUMNS}
        same = records and cells["id"] in ("", records[-1][1]["id"])
        if same and cells["question"] in ("", records[-1][1]["question"]):
            records[-1][1]["gold"] += _gold(cells)
        else:
            records.append((f"row {number}", _record(cells)))
    return records, []


def csv_rows(data: bytes) -> list[list[str]]:
    """The rows of a CSV file as spreadsheets write it: UTF-8 or Windows text, comma or semicolon.

    Raises:
        SpreadsheetInvalid: it is no such file.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        message = "this is no CSV file"
        raise SpreadsheetInvalid(message)
    head = text.split("\n", maxsplit=1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        message = f"this is no CSV file that can be read ({error})"
        raise SpreadsheetInvalid(message) from error


def csv_bytes(rows: Sequence[Sequence[str]], head: Sequence[str] = COLUMNS) -> bytes:
    """A CSV file that spreadsheets open as UTF-8."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(head)
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def _cell(row: Sequence[str], column: int) -> str:
    text = row[column] if column < len(row) else ""
    typed = unguarded(text)
    return typed.strip() if typed == text else typed


def _record(cells: dict[str, str]) -> dict[str, Any]:
    answerable = cells["answerable"].lower()
    kept: bool | str = answerable
    if answerable in _YES or answerable in _NO:
        kept = answerable in _YES
    return {
        "id": cells["id"],
        "question": cells["question"],
        "history": [line for line in cells["earlier questions"].splitlines() if line.strip()],
        "kind": cells["kind"].lower(),
        "answerable": kept,
        "needs": cells["needs"].lower() or "any",
        "gold": _gold(cells),
        "answer": cells["answer"] or None,
        "note": cells["note"],
    }


def _gold(cells: dict[str, str]) -> list[dict[str, Any]]:
    if not (cells["file"] or cells["pages"] or cells["quote"]):
        return []
    return [{"doc": cells["file"], "pages": _pages(cells["pages"]), "quote": cells["quote"]}]


def _pages(text: str) -> list[int] | str:
    """Page numbers of "4; 7-8"; the text itself when it is none."""
    pages: list[int] = []
    for part in filter(None, (part.strip() for part in re.split(r"[;,]", text))):
        found = _PAGES.fullmatch(part)
        if found is None:
            return text
        first = int(found[1])
        last = int(found[2] or first)
        if not first <= last <= first + _MAX_RANGE:
            return text
        pages += range(first, last + 1)
    return list(dict.fromkeys(pages))
