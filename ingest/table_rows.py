"""The rows of a table; which of them head its columns, and which name the rows under them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.fragments import Fragment

_MIN_ROWS = 2  # with two cells and more
_MAX_HEAD_CHARS = 120  # of a head that only the figures under it tell
_MAX_SECTION_CHARS = 60  # of what names a section; longer ones say something themselves
_NUMBER = re.compile(
    r"^[\s$€£%(),.\d+\-–—*/]*\d[\s$€£%(),.\d+\-–—*/]*$|^[-–—*]$|^n/?a$", re.IGNORECASE
)

# With the mark of a note: "2019*".
_YEAR = re.compile(
    r"(?:(?:s?fy\s?)?(?:19|20)\d\d|s?fy\s?\d\d)(?:\s?[-–/]\s?\d{2,4})?[*†‡]*$", re.IGNORECASE
)

Cell = tuple[Fragment, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of a table, its cells from left to right; empty cells are empty tuples."""

    cells: tuple[Cell, ...]
    is_head: bool = False  # of the columns
    is_section: bool = False  # it names the rows under it


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table, its rows from top to bottom."""

    rows: tuple[Row, ...]

    def fragments(self) -> list[Fragment]:
        """All its fragments, in reading order."""
        return [fragment for row in self.rows for cell in row.cells for fragment in cell]


def is_table(rows: Sequence[Row]) -> bool:
    """Whether there are enough rows of more than one cell."""
    wide = sum(sum(bool(cell) for cell in row.cells) > 1 for row in rows)
    return wide >= _MIN_ROWS


def visual_rows(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Fragments that stand beside each other, from top to bottom and left to right."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: ((f.top + f.bottom) / 2, f.x0)):
        middle = (fragment.top + fragment.bottom) / 2
        if rows and middle < min(f.bottom for f in rows[-1]) - 0.2 * fragment.height:
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [sorted(row, key=lambda f: f.x0) for row in rows]


def is_numeric(side: Sequence[Fragment]) -> bool:
    """Whether most of some fragments are numbers."""
    return 2 * sum(bool(_NUMBER.match(f.text.strip())) for f in side) > len(side)


def with_heads(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Mark the rows that head the table: as tagged, else bold ones above rows that are not bold.

    And those further down that head another part of it, and so say again what a column holds; and
    those that name a section of it.
    """
    tagged = 0
    while tagged < len(rows) and rows[tagged].is_head and _can_head(rows, tagged):
        tagged += 1
    heads = tagged if 0 < tagged <= len(rows) // 2 else _heads_by_type(rows)
    marked = [
        Row(cells=row.cells, is_head=number < heads or _says_head_again(row, rows[:heads]))
        for number, row in enumerate(rows)
    ]
    sections = _sections(marked)
    if len(sections) < 2:  # noqa: PLR2004  # one may as well be a row whose other cells are empty
        return tuple(marked)
    return tuple(
        Row(cells=row.cells, is_section=True) if number in sections else row
        for number, row in enumerate(marked)
    )


def _sections(rows: Sequence[Row]) -> set[int]:
    """The numbers of the rows that name those under them: a few words in the first cell alone.

    Each line of a name over several is such a row; under the last stands a row of several cells.
    """
    found: set[int] = set()
    for number in range(len(rows) - 2, 0, -1):
        row, below = rows[number], rows[number + 1]
        is_over_row = sum(map(bool, below.cells)) > 1 and not below.is_head
        is_over_line = number + 1 in found and _is_bold(row) == _is_bold(below)
        if _is_name(row) and (is_over_row or is_over_line):
            found.add(number)
    return found


def _is_name(row: Row) -> bool:
    """Whether a row of several cells has a few words in its first one and nothing else."""
    text = " ".join(fragment.text.strip() for cell in row.cells[:1] for fragment in cell)
    is_alone = len(row.cells) > 1 and not any(row.cells[1:])
    is_short = text[:1].isupper() and len(text) <= _MAX_SECTION_CHARS and text[-1:] not in ".,;"
    return is_alone and is_short


def _says_head_again(row: Row, heads: Sequence[Row]) -> bool:
    """Whether words in a row of several cells are those that head their column."""
    return sum(map(bool, row.cells)) > 1 and any(
        words == _words(Row(cells=(above,)))
        for head in heads
        for cell, above in zip(row.cells, head.cells, strict=False)
        if any(map(str.isalpha, words := _words(Row(cells=(cell,)))))
    )


def _heads_by_type(rows: Sequence[Row]) -> int:
    first = next((n for n, row in enumerate(rows) if sum(map(bool, row.cells)) > 1), None)
    if first is None or first + 1 >= len(rows) or first > 1:
        return 0
    head, below = rows[first], rows[first + 1 :]
    if _is_bold(head) and sum(map(_is_bold, below)) <= len(below) / 2:
        return first + 1 + next(n for n, row in enumerate(below) if not _is_bold(row))
    if any(_words(row) == _words(head) for row in below):  # printed again further down
        return first + 1
    numeric = [n for n in range(len(head.cells)) if _is_numeric_column(below, n)]
    named = all(head.cells[n] for n in numeric) and _can_head(rows, first)
    if first == 0 and numeric and named and len(_words(head)) <= _MAX_HEAD_CHARS:
        return 1
    return 0


def _can_head(rows: Sequence[Row], number: int) -> bool:
    """Whether no cell of a row is a number above numbers, but for a year above other numbers."""
    cells, below = rows[number].cells, rows[number + 1 :]
    return not any(
        cell
        and is_numeric(cell)
        and _is_numeric_column(below, n)
        and not (_is_year(cell) and _few_years(below, n))
        for n, cell in enumerate(cells)
    )


def _few_years(rows: Sequence[Row], column: int) -> bool:
    """Whether less than half of what stands in a column are years."""
    cells = [row.cells[column] for row in rows if column < len(row.cells) and row.cells[column]]
    return 2 * sum(map(_is_year, cells)) < len(cells)


def _is_year(cell: Cell) -> bool:
    return _YEAR.match("".join(fragment.text for fragment in cell).strip()) is not None


def _words(row: Row) -> str:
    return " ".join(f.text.strip() for cell in row.cells for f in cell).casefold()


def _is_numeric_column(rows: Sequence[Row], column: int) -> bool:
    cells = [row.cells[column] for row in rows if column < len(row.cells) and row.cells[column]]
    return len(cells) > 1 and 2 * sum(map(is_numeric, cells)) > len(cells)


def _is_bold(row: Row) -> bool:
    letters = [g for cell in row.cells for f in cell for g in f.glyphs if g.char.isalnum()]
    return bool(letters) and 2 * sum(g.bold for g in letters) > len(letters)
