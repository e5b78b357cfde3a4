"""Tables as the file tags them."""

from collections import defaultdict
from collections.abc import Sequence

from ingest.fragments import Fragment
from ingest.table_rows import Cell, Row, Table, is_table, with_heads

_INSET_PT = 3.0  # text that reaches across an edge by less only touches it
_REACH = 2.5  # times the type size: heads stand so near above a table that goes on


def tagged_tables(fragments: Sequence[Fragment]) -> list[Table]:
    """The tables whose cells the file tags."""
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
        if is_table(made):
            rows_with_heads = with_heads(made)
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
    reach = top - _REACH * first[0].size
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
