"""Tables that nothing but white gaps make; and columns of text that look like them."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.fragments import Fragment
from ingest.table_rows import Row, Table, is_numeric, visual_rows, with_heads

_MIN_ROWS = 2  # with two cells and more
_MIN_ALIGNED_ROWS = 3  # where nothing but the alignment tells
_INDENT_PT = 4.0
_ROW_GAP = 2.5  # times the type size: more white space than this ends an aligned table
_IN_LINE = 0.7  # of the fragments of a column: they share an edge
_BASELINE = 0.2  # times the type size: baselines nearer than this are one
_SHARED = 0.6  # of the fragments of the emptier side: cells of a table share baselines
_FEW_CHANGES = 2  # of side in drawing order: columns drawn one after the other
_FULL = 0.65  # of its column's width: lines of running text are at least so long, mostly
_GOES_ON = 0.25  # share of lines that go on in the next one: running text

_VisualRow = list[Fragment]


def aligned_tables(fragments: Sequence[Fragment]) -> list[Table]:
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
                tables += aligned_tables(half)
        elif all(map(_flows, sides)) and _changes(sides) >= len(run):
            _mark_solo(sides)
        elif _is_aligned_table(run, columns) and all(map(_is_set_in_line, sides)):
            tables.append(Table(rows=with_heads(_aligned_rows(run, columns))))
    return tables


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


def _mark_solo(sides: Sequence[Sequence[Fragment]]) -> None:
    for side in sides:
        for fragment in side:
            fragment.solo = True


def _is_aligned_table(run: Sequence[_VisualRow], columns: Sequence[tuple[float, float]]) -> bool:
    wide = sum(len(row) > 1 for row in run)
    return len(columns) > 1 and wide >= _MIN_ALIGNED_ROWS


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
    is_figures = is_numeric(right[0]) or (len(left) == 1 and is_numeric(left[0]))
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
