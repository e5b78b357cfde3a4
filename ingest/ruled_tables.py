"""Tables whose cells are ruled."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.fragments import Fragment
from ingest.grid import Grid
from ingest.table_rows import Row, Table, is_table, visual_rows, with_heads

_INSET_PT = 3.0  # text that reaches across an edge by less only touches it
_CROSSED = 0.3  # of the rows: an edge that text crosses more often is none
_MAX_ROW_LINES = 15  # printed lines of a ruled row; a box that holds more is no row
_MIN_LINES = 3  # printed lines that stand beside each other in all cells: each is a row


def ruled_table(fragments: Sequence[Fragment], grid: Grid) -> Table | None:
    """What stands in a grid; None when that is no table."""
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
    if not is_table(rows):
        return None
    return Table(rows=with_heads(rows))


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
    if len(filled) > 1 and min(lines) == max(lines) >= _MIN_LINES:
        rows = visual_rows([fragment for cell in filled for fragment in cell])
        if len(rows) == lines[0]:
            return [
                Row(cells=tuple(tuple(f for f in row if f in cell) for cell in band))
                for row in rows
            ]
    return [Row(cells=tuple(tuple(cell) for cell in band))]
