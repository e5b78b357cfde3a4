"""Fragments of a page -> its tables: rows of cells, with the rows that head them.

Three witnesses, the surest first: the file's tags, ruled lines, and cells that stand under one
another with white gaps between.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.document import Box
from ingest.fragments import Fragment
from ingest.grid import Grid, find_grids

_MAX_FRAGMENTS = 3_000  # of one page; more is a drawing, and takes too long to look through
_MIN_ROWS = 2  # with two cells and more
_MIN_ALIGNED_ROWS = 3  # where nothing but the alignment tells
_INDENT_PT = 4.0
_INSET_PT = 3.0  # text that reaches across an edge by less only touches it
_CROSSED = 0.3  # of the rows: an edge that text crosses more often is none
_MAX_ROW_LINES = 15  # printed lines of a ruled row; a box that holds more is no row
_ROW_GAP = 2.5  # times the type size: more white space than this ends an aligned table
_IN_LINE = 0.7  # of the fragments of a column: they share an edge
_BASELINE = 0.2  # times the type size: baselines nearer than this are one
_SHARED = 0.6  # of the fragments of the emptier side: cells of a table share baselines
_FEW_CHANGES = 2  # of side in drawing order: columns drawn one after the other
_FULL = 0.65  # of its column's width: lines of running text are at least so long, mostly
_GOES_ON = 0.25  # share of lines that go on in the next one: running text
_NUMBER = re.compile(
    r"^[\s$€£%(),.\d+\-–—*/]*\d[\s$€£%(),.\d+\-–—*/]*$|^[-–—*]$|^n/?a$", re.IGNORECASE
)

Cell = tuple[Fragment, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of a table, its cells from left to right; empty cells are empty tuples."""

    cells: tuple[Cell, ...]
    is_head: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table, its rows from top to bottom."""

    rows: tuple[Row, ...]

    def fragments(self) -> list[Fragment]:
        """All its fragments, in reading order."""
        return [fragment for row in self.rows for cell in row.cells for fragment in cell]


def find_tables(fragments: Sequence[Fragment], rules: Sequence[Box]) -> list[Table]:
    """The tables of a page; fragments in none of them are running text.

    As a side effect, fragments of running text that is drawn row by row over several columns are
    marked `solo`.
    """
    if len(fragments) > _MAX_FRAGMENTS:
        return []
    tables = _tagged(fragments)
    rest = _outside(fragments, tables)
    for grid in find_grids(rules):
        table = _ruled(rest, grid)
        if table:
            tables.append(table)
            rest = _outside(rest, [table])
    return [*tables, *_aligned_tables(rest)]


def _outside(fragments: Sequence[Fragment], tables: Iterable[Table]) -> list[Fragment]:
    inside = {fragment.serial for table in tables for fragment in table.fragments()}
    return [fragment for fragment in fragments if fragment.serial not in inside]


# Tagged tables


def _tagged(fragments: Sequence[Fragment]) -> list[Table]:
    found: defaultdict[int, defaultdict[int, defaultdict[int, list[Fragment]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for fragment in fragments:
        place = fragment.place
        if min(place.table, place.row, place.cell) >= 0:
            found[place.table][place.row][place.cell].append(fragment)
    tables = []
    for rows in found.values():
        ordered = [[tuple(cells[n]) for n in sorted(cells)] for _, cells in sorted(rows.items())]
        spans = _column_spans(ordered)
        made = [
            Row(
                cells=_in_columns(cells, spans),
                is_head=all(cell[0].place.is_head for cell in cells),
            )
            for cells in ordered
        ]
        if _is_table(made):
            rows_with_heads = _with_heads(made)
            if not rows_with_heads[0].is_head:
                rows_with_heads = (*_untagged_head(made, spans, fragments), *rows_with_heads)
            tables.append(Table(rows=rows_with_heads))
    return tables


def _untagged_head(
    rows: Sequence[Row], spans: Sequence[tuple[float, float]], fragments: Sequence[Fragment]
) -> list[Row]:
    """The heads above a table that goes on from another page: as a repetition they have no tag."""
    first = [f for cell in rows[0].cells for f in cell]
    top = min(f.top for f in first)
    reach = top - _ROW_GAP * first[0].size
    above = [
        f for f in fragments if f.place.block < 0 and reach <= f.top and f.bottom <= top + _INSET_PT
    ]
    columns: list[list[Fragment]] = [[] for _ in spans]
    for fragment in above:
        column = next(
            (n for n, (x0, x1) in enumerate(spans) if fragment.x0 < x1 and fragment.x1 > x0), None
        )
        if column is None:
            return []
        columns[column].append(fragment)
    if sum(map(bool, columns)) < 2:  # noqa: PLR2004  # one alone is a title
        return []
    return [Row(cells=tuple(map(tuple, columns)), is_head=True)]


def _column_spans(rows: Sequence[Sequence[Cell]]) -> list[tuple[float, float]]:
    """The stretch of the width that each column of a tagged table takes, by its whole rows."""
    count = max(cell[0].place.columns for cells in rows for cell in cells)
    spans: list[tuple[float, float]] = []
    for column in range(count):
        inside = [
            f
            for cells in rows
            for cell in cells
            for f in cell
            if (f.place.columns, f.place.column) == (count, column)
        ]
        x0 = min((f.x0 for f in inside), default=0.0)
        spans.append((x0, max((f.x1 for f in inside), default=x0)))
    return spans


def _in_columns(cells: Sequence[Cell], spans: Sequence[tuple[float, float]]) -> tuple[Cell, ...]:
    """A row with every cell in its column; in a row with joined cells their place tells which."""
    columns: list[list[Fragment]] = [[] for _ in spans]
    for cell in cells:
        place = cell[0].place
        x0, x1 = min(f.x0 for f in cell), max(f.x1 for f in cell)
        shared = [min(x1, right) - max(x0, left) for left, right in spans]
        best = max(range(len(spans)), key=lambda n: (shared[n], -n))
        columns[place.column if place.columns == len(spans) else best].extend(cell)
    return tuple(map(tuple, columns))


def _is_table(rows: Sequence[Row]) -> bool:
    wide = sum(sum(bool(cell) for cell in row.cells) > 1 for row in rows)
    return wide >= _MIN_ROWS


# Ruled tables


def _ruled(fragments: Sequence[Fragment], grid: Grid) -> Table | None:
    grid = _without_crossed_edges(grid, fragments)
    cells: defaultdict[tuple[int, int], list[Fragment]] = defaultdict(list)
    for fragment in fragments:
        row = _band(grid.ys, (fragment.top + fragment.bottom) / 2)
        column = _band(grid.xs, fragment.x0 + min(fragment.x1 - fragment.x0, fragment.size) / 2)
        if row is not None and column is not None:
            cells[row, column].append(fragment)
    rows: list[Row] = []
    for number in range(len(grid.ys) - 1):
        band = [cells[number, column] for column in range(len(grid.xs) - 1)]
        if len(visual_rows([f for cell in band for f in cell])) <= _MAX_ROW_LINES:
            rows.extend(_rows_of_band(band))
    if not _is_table(rows):
        return None
    return Table(rows=_with_heads(rows))


def _without_crossed_edges(grid: Grid, fragments: Sequence[Fragment]) -> Grid:
    """Keep the column edges that hardly any text runs across: others only decorate."""
    inside = [f for f in fragments if _band(grid.ys, (f.top + f.bottom) / 2) is not None]
    rows = len(grid.ys) - 1
    xs = [
        x
        for x in grid.xs
        if sum(f.x0 + _INSET_PT < x < f.x1 - _INSET_PT for f in inside) <= max(1, _CROSSED * rows)
    ]
    return replace(grid, xs=tuple(xs))


def _band(edges: Sequence[float], value: float) -> int | None:
    for number, (low, high) in enumerate(pairwise(edges)):
        if low <= value < high:
            return number
    return None


def _rows_of_band(band: Sequence[Sequence[Fragment]]) -> list[Row]:
    """One row; or several, where the lines of all cells stand beside each other unruled."""
    filled = [cell for cell in band if cell]
    if not filled:
        return []
    lines = [len(visual_rows(cell)) for cell in filled]
    if len(filled) > 1 and min(lines) == max(lines) >= _MIN_ALIGNED_ROWS:
        rows = visual_rows([fragment for cell in filled for fragment in cell])
        if len(rows) == lines[0]:
            return [
                Row(cells=tuple(tuple(f for f in row if f in cell) for cell in band))
                for row in rows
            ]
    return [Row(cells=tuple(tuple(cell) for cell in band))]


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


# Aligned tables

_VisualRow = list[Fragment]


def _aligned_runs(fragments: Sequence[Fragment]) -> list[list[_VisualRow]]:
    """Runs of printed rows with a white gutter all the way down."""
    runs: list[list[_VisualRow]] = []
    run: list[_VisualRow] = []
    gutters: list[tuple[float, float]] = []
    for row in visual_rows([f for f in fragments if not f.hidden]):
        kept = _still_white(gutters, row) if run and _is_near(run[-1], row) else []
        if kept:
            run.append(row)
            gutters = kept
            continue
        runs.append(run)
        run, gutters = [row], [(a.x1, b.x0) for a, b in pairwise(row) if b.x0 > a.x1]
    runs.append(run)
    return [cut for cut in map(_trimmed, runs) if len(cut) >= _MIN_ROWS]


def _is_near(before: _VisualRow, here: _VisualRow) -> bool:
    gap = min(f.top for f in here) - max(f.bottom for f in before)
    return gap <= _ROW_GAP * max(f.size for f in here)


def _still_white(
    gutters: Sequence[tuple[float, float]], row: _VisualRow
) -> list[tuple[float, float]]:
    """The gutters that a row leaves white, narrowed by what stands beside them."""
    kept = []
    for left, right in gutters:
        low = max([left, *(f.x1 for f in row if f.x1 <= right and f.x0 < left)])
        high = min([right, *(f.x0 for f in row if f.x0 >= left and f.x1 > right)])
        crossed = any(f.x0 < high and f.x1 > low for f in row)
        if high - low > 0.5 * row[0].size and not crossed:
            kept.append((low, high))
    return kept


def _trimmed(run: list[_VisualRow]) -> list[_VisualRow]:
    """Without the rows of a single cell before the first and after the last wider one."""
    wide = [n for n, row in enumerate(run) if len(row) > 1]
    return run[wide[0] : wide[-1] + 1] if wide else []


def _aligned_tables(fragments: Sequence[Fragment]) -> list[Table]:
    """Tables that nothing but white gaps make; columns of text are looked at each for itself."""
    tables: list[Table] = []
    for run in _aligned_runs(fragments):
        columns = _columns(run)
        sides: list[list[Fragment]] = [[] for _ in columns]
        for fragment in (f for row in run for f in row):
            sides[_column_of(columns, fragment)].append(fragment)
        cut = next((n for n in range(1, len(sides)) if _are_apart(sides[:n], sides[n:])), None)
        if cut is not None:
            halves = [[f for side in half for f in side] for half in (sides[:cut], sides[cut:])]
            if _changes(halves) > _FEW_CHANGES:
                _mark_solo(sides)
            for half in halves:
                tables += _aligned_tables(half)
        elif all(map(_flows, sides)) and _changes(sides) >= len(run):
            _mark_solo(sides)
        elif _is_aligned_table(run, columns) and all(map(_is_set_in_line, sides)):
            tables.append(Table(rows=_with_heads(_aligned_rows(run, columns))))
    return tables


def _mark_solo(sides: Sequence[Sequence[Fragment]]) -> None:
    for side in sides:
        for fragment in side:
            fragment.solo = True


def _is_aligned_table(run: Sequence[_VisualRow], columns: Sequence[tuple[float, float]]) -> bool:
    wide = sum(len(row) > 1 for row in run)
    return len(columns) > 1 and (
        wide >= _MIN_ALIGNED_ROWS or (wide == _MIN_ROWS and len(columns) > 2)  # noqa: PLR2004
    )


def _is_set_in_line(side: Sequence[Fragment]) -> bool:
    """Whether what stands in a column shares its left edge, its right edge or its middle.

    The words of justified text that happen to stand under one another do not.
    """
    edges = ([f.x0 for f in side], [f.x1 for f in side], [(f.x0 + f.x1) / 2 for f in side])
    return any(
        sum(abs(value - median(values)) <= side[0].size for value in values) >= _IN_LINE * len(side)
        for values in edges
    )


def _are_apart(left: Sequence[Sequence[Fragment]], right: Sequence[Sequence[Fragment]]) -> bool:
    """Whether what stands on both sides of a gutter has nothing to do with each other.

    Cells of a row share a baseline. Columns of text may, but are drawn one after the other.
    """
    one, other = [f for side in left for f in side], [f for side in right for f in side]
    fewer, more = sorted((one, other), key=len)
    baselines = [f.baseline for f in more]
    shared = sum(any(abs(f.baseline - b) <= _BASELINE * f.size for b in baselines) for f in fewer)
    if shared < _SHARED * len(fewer):
        return True
    changes = _changes([one, other])
    # A column of figures, drawn by itself or not, belongs to the words beside it.
    is_figures = _is_numeric(right[0]) or (len(left) == 1 and _is_numeric(left[0]))
    return changes <= _FEW_CHANGES < len(fewer) and not is_figures


def _changes(sides: Sequence[Sequence[Fragment]]) -> int:
    """How often the drawing order changes from one column to another."""
    side_of = {f.serial: n for n, side in enumerate(sides) for f in side}
    order = [side_of[serial] for serial in sorted(side_of)]
    return sum(one != other for one, other in pairwise(order))


def _columns(run: Sequence[_VisualRow]) -> list[tuple[float, float]]:
    """The stretches of the width on which something is printed, from left to right."""
    spans = sorted((f.x0, f.x1) for row in run for f in row)
    columns = [spans[0]]
    for x0, x1 in spans[1:]:
        if x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _column_of(columns: Sequence[tuple[float, float]], fragment: Fragment) -> int:
    return next(n for n, (x0, x1) in enumerate(columns) if x0 <= fragment.x0 <= x1)


def _is_numeric(side: Sequence[Fragment]) -> bool:
    return 2 * sum(bool(_NUMBER.match(f.text.strip())) for f in side) > len(side)


def _flows(side: Sequence[Fragment]) -> bool:
    if len(side) <= _MIN_ALIGNED_ROWS:
        return False
    width = max(f.x1 for f in side) - min(f.x0 for f in side)
    full = median((f.x1 - f.x0) / max(width, 1.0) for f in side)
    ordered = sorted(side, key=lambda f: f.top)
    on = sum(
        here.text[:1].islower() and before.text.rstrip()[-1:] not in ".:;!?"
        for before, here in pairwise(ordered)
    )
    return full >= _FULL and on >= _GOES_ON * len(side)


def _aligned_rows(run: Sequence[_VisualRow], columns: Sequence[tuple[float, float]]) -> list[Row]:
    """Rows of cells: a printed row without a first cell, or close under one, goes on with it."""
    pitches = [
        min(f.top for f in here) - min(f.top for f in before) for before, here in pairwise(run)
    ]
    usual = median(pitches)
    rows: list[list[list[Fragment]]] = []
    for number, printed in enumerate(run):
        first = _column_of(columns, printed[0])
        is_close = number > 0 and pitches[number - 1] <= 1.05 * usual
        goes_on = (rows and _hangs(rows[-1], printed[0])) or (
            rows
            and len(printed) < len(columns)
            and (first > 0 or (len(printed) == 1 and is_close and printed[0].text[:1].islower()))
        )
        if not goes_on:
            rows.append([[] for _ in columns])
        for fragment in printed:
            rows[-1][_column_of(columns, fragment)].append(fragment)
    return [Row(cells=tuple(map(tuple, row))) for row in rows]


def _hangs(row: Sequence[Sequence[Fragment]], here: Fragment) -> bool:
    """Whether a row of nothing but a first cell goes on in an indented line under it."""
    return not any(row[1:]) and here.x0 > row[0][0].x0 + _INDENT_PT


# Heads


def _with_heads(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Mark the rows that head the table: as tagged, else bold ones above rows that are not bold."""
    tagged = 0
    while tagged < len(rows) and rows[tagged].is_head:
        tagged += 1
    heads = tagged if 0 < tagged <= len(rows) // 2 else _heads_by_type(rows)
    return tuple(Row(cells=row.cells, is_head=number < heads) for number, row in enumerate(rows))


def _heads_by_type(rows: Sequence[Row]) -> int:
    first = next((n for n, row in enumerate(rows) if sum(map(bool, row.cells)) > 1), None)
    if first is None or first + 1 >= len(rows) or first > 1:
        return 0
    head, below = rows[first], rows[first + 1 :]
    if _is_bold(head) and sum(map(_is_bold, below)) <= len(below) / 2:
        return first + 1
    if any(_words(row) == _words(head) for row in below):  # printed again further down
        return first + 1
    numeric = [n for n in range(len(head.cells)) if _is_numeric_column(below, n)]
    if numeric and not any(_is_numeric(head.cells[n]) for n in numeric if head.cells[n]):
        return first + 1
    return 0


def _words(row: Row) -> str:
    return " ".join(f.text.strip() for cell in row.cells for f in cell).casefold()


def _is_numeric_column(rows: Sequence[Row], column: int) -> bool:
    cells = [row.cells[column] for row in rows if column < len(row.cells) and row.cells[column]]
    return len(cells) > 1 and 2 * sum(map(_is_numeric, cells)) > len(cells)


def _is_bold(row: Row) -> bool:
    letters = [g for cell in row.cells for f in cell for g in f.glyphs if g.char.isalnum()]
    return bool(letters) and 2 * sum(g.bold for g in letters) > len(letters)
