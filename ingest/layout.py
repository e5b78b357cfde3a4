"""Glyphs of a page -> its printed lines in reading order, tables row by row.

The order in which a file draws its text is mostly the order in which it is read, and is kept unless
the page contradicts it: where something lower comes before something above it in the same column,
where a column comes before the one to its left, or where columns are drawn row by row. Then blocks
are ordered as Breuel does, "High Performance Document Layout Analysis" (Symposium on Document Image
Understanding Technology, 2003).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.fragments import Fragment, cut_fragments, space
from ingest.pdfium.glyphs import Glyph, GlyphPage
from ingest.structure import Place
from ingest.table_rows import Row, Table, visual_rows
from ingest.tables import find_tables

_SAME_LINE = 0.5  # of the lower height: how far two fragments of one line overlap
_BLOCK_STEP = 2.0  # times the type size: white space above a line that begins a new block
_SAME_SIZE = 1.25  # ratio of type sizes within a block
_EDGE_SHARE = 0.09  # of the page's height at top and bottom: running lines are drawn whenever
_BASELINE = 0.2  # times the type size: fragments of one line share their baseline
_MIN_COLUMN_LINES = 3
_BESIDE_PT = 2.0  # how far blocks that stand beside each other may overlap
_MAX_ORDERED = 100  # blocks; a page with more is a drawing, and is left in its drawing order
_MAX_SUBHEAD_CHARS = 80  # of a table row of one cell; a longer one is a paragraph
_MAX_ROW_CHARS = 600  # a longer table row is text set in boxes, and is read as paragraphs


@dataclass(frozen=True, kw_only=True, slots=True)
class LaidLine:
    """One printed line of running text or of a table cell."""

    glyphs: tuple[Glyph, ...]
    place: Place
    row: int = -1  # lines of one table row share it, unique on the page
    column: int = -1
    is_head: bool = False  # of the table's columns
    is_section: bool = False  # names the rows under it
    hidden: bool = False


@dataclass(slots=True)
class _Line:
    fragments: list[Fragment]

    @property
    def glyphs(self) -> list[Glyph]:
        glyphs = list(self.fragments[0].glyphs)
        for before, here in pairwise(self.fragments):
            if before.last and not before.glyphs[-1].char.isspace():
                glyphs.append(space(before.last))
            glyphs.extend(here.glyphs)
        return glyphs


@dataclass(slots=True)
class _Block:
    """Lines under one another, or a table: what is put in order."""

    lines: list[_Line]
    table: Table | None
    x0: float
    top: float
    x1: float
    bottom: float
    serial: int


def lay_out(page: GlyphPage) -> list[LaidLine]:
    """The printed lines of a page in reading order; those that cannot be seen come last."""
    fragments = cut_fragments(page)
    seen = [fragment for fragment in fragments if not fragment.hidden]
    tables = find_tables(seen, page.rules)
    blocks = _blocks(seen, tables)
    lines = [
        line for block in _in_reading_order(blocks, page.height) for line in _block_lines(block)
    ]
    hidden = [
        LaidLine(glyphs=tuple(f.glyphs), place=f.place, hidden=True) for f in fragments if f.hidden
    ]
    return _numbered([*lines, *hidden])


def _numbered(lines: Sequence[LaidLine]) -> list[LaidLine]:
    """Number the table rows of a page one after the other."""
    numbers: dict[int, int] = {}
    return [
        replace(line, row=numbers.setdefault(line.row, len(numbers))) if line.row >= 0 else line
        for line in lines
    ]


# Blocks


def _blocks(fragments: Sequence[Fragment], tables: Sequence[Table]) -> list[_Block]:
    table_of = {f.serial: n for n, table in enumerate(tables) for f in table.fragments()}
    blocks: list[_Block] = []
    for line in _lines([f for f in fragments if f.serial not in table_of]):
        last = blocks[-1] if blocks else None
        if last and _goes_on(last, line):
            last.lines.append(line)
            _grow(last, line.fragments)
        else:
            blocks.append(_block([line], None, line.fragments))
    blocks += [_block([], table, table.fragments()) for table in tables]
    return sorted(blocks, key=lambda block: block.serial)


def _block(lines: list[_Line], table: Table | None, fragments: Sequence[Fragment]) -> _Block:
    return _Block(
        lines=lines,
        table=table,
        x0=min(f.x0 for f in fragments),
        top=min(f.top for f in fragments),
        x1=max(f.x1 for f in fragments),
        bottom=max(f.bottom for f in fragments),
        serial=min(f.serial for f in fragments),
    )


def _grow(block: _Block, fragments: Iterable[Fragment]) -> None:
    for f in fragments:
        block.x0, block.top = min(block.x0, f.x0), min(block.top, f.top)
        block.x1, block.bottom = max(block.x1, f.x1), max(block.bottom, f.bottom)


def _lines(fragments: Sequence[Fragment]) -> list[_Line]:
    """Fragments in drawing order, those that go on along one printed line put together."""
    lines: list[_Line] = []
    for fragment in fragments:
        if lines and _continues(lines[-1].fragments[-1], fragment):
            lines[-1].fragments.append(fragment)
        else:
            lines.append(_Line([fragment]))
    return lines


def _continues(before: Fragment, here: Fragment) -> bool:
    if before.solo or here.solo or here.serial != before.serial + 1:
        return False
    if not (before.glyphs[0].upright and here.glyphs[0].upright):
        return False
    small, large = sorted((before.size, here.size))
    if large < _SAME_SIZE * small and abs(before.baseline - here.baseline) > _BASELINE * large:
        return False  # beside each other, but not on one line
    overlap = min(before.bottom, here.bottom) - max(before.top, here.top)
    lower = min(before.height, here.height)
    return overlap > _SAME_LINE * lower and here.x0 >= before.x1 - 0.3 * before.size


def _goes_on(block: _Block, line: _Line) -> bool:
    """Whether a line stands right under the last one of a block, in the same type."""
    above, here = block.lines[-1].fragments[0], line.fragments[0]
    low, high = sorted((max(above.size, 0.1), max(here.size, 0.1)))
    if high / low > _SAME_SIZE:
        return False
    top, bottom = here.top, max(f.bottom for f in block.lines[-1].fragments)
    x0, x1 = here.x0, line.fragments[-1].x1
    beside = min(block.x1, x1) - max(block.x0, x0)
    return -0.5 * here.size < top - bottom < _BLOCK_STEP * here.size and beside > 0


# Order


def _in_reading_order(blocks: Sequence[_Block], height: float) -> list[_Block]:
    """Blocks at the head of the page, then the others in reading order, then those at its foot."""
    head = [b for b in blocks if b.bottom <= _EDGE_SHARE * height]
    foot = [b for b in blocks if b.top >= (1 - _EDGE_SHARE) * height]
    edges = {b.serial for b in (*head, *foot)}
    middle = [b for b in blocks if b.serial not in edges]
    if len(middle) <= _MAX_ORDERED and _contradicts_page(middle):
        middle = _ordered(middle)
    by_place = [sorted(edge, key=lambda b: (round(b.top), b.x0)) for edge in (head, foot)]
    return [*by_place[0], *middle, *by_place[1]]


def _contradicts_page(blocks: Sequence[_Block]) -> bool:
    """Whether the drawing order is not one in which the blocks can be read."""
    if any(f.solo for block in blocks for line in block.lines for f in line.fragments):
        return True
    return any(
        _is_above(later, earlier) or _is_left_column(later, earlier)
        for n, later in enumerate(blocks)
        for earlier in blocks[:n]
    )


def _is_left_column(one: _Block, other: _Block) -> bool:
    """Whether both are columns of text beside each other, and `one` is the left of them."""
    if min(len(one.lines), len(other.lines)) < _MIN_COLUMN_LINES:
        return False
    beside = min(one.bottom, other.bottom) - max(one.top, other.top)
    lower = min(one.bottom - one.top, other.bottom - other.top)
    return one.x1 <= other.x0 + _BESIDE_PT and beside > lower / 2


def _is_above(one: _Block, other: _Block) -> bool:
    """Whether `one` ends above `other` and they share some of the width."""
    return (
        one.bottom <= other.top + _BESIDE_PT
        and min(one.x1, other.x1) - max(one.x0, other.x0) > _BESIDE_PT
    )


def _ordered(blocks: Sequence[_Block]) -> list[_Block]:
    """A topological sort of Breuel's two rules; what they leave open keeps the drawing order."""
    count = len(blocks)
    before: list[set[int]] = [
        {n for n in range(count) if n != m and _comes_before(blocks, n, m)} for m in range(count)
    ]
    ordered: list[_Block] = []
    waiting = set(range(count))
    while waiting:
        free = [n for n in waiting if not before[n] & waiting]
        # Overlapping blocks can wait for each other: the topmost goes first.
        chosen = min(free) if free else min(waiting, key=lambda n: (blocks[n].top, n))
        ordered.append(blocks[chosen])
        waiting.remove(chosen)
    return ordered


def _comes_before(blocks: Sequence[_Block], n: int, m: int) -> bool:
    one, other = blocks[n], blocks[m]
    if min(one.x1, other.x1) - max(one.x0, other.x0) > _BESIDE_PT:
        return (one.top + one.bottom) < (other.top + other.bottom)
    if one.x0 >= other.x0:
        return False
    # Left of the other: it comes first unless a block that spans both stands between them.
    low, high = min(one.bottom, other.bottom), max(one.top, other.top)
    return not any(
        low - _BESIDE_PT <= (b.top + b.bottom) / 2 <= high + _BESIDE_PT
        and min(b.x1, one.x1) - max(b.x0, one.x0) > _BESIDE_PT
        and min(b.x1, other.x1) - max(b.x0, other.x0) > _BESIDE_PT
        for k, b in enumerate(blocks)
        if k not in (n, m)
    )


# Lines


def _block_lines(block: _Block) -> list[LaidLine]:
    if block.table is None:
        return [
            LaidLine(glyphs=tuple(line.glyphs), place=line.fragments[0].place)
            for line in block.lines
        ]
    rows = block.table.rows
    if _is_columns_of_text(rows):
        cells = [(row, row.cells[column]) for column in range(len(rows[0].cells)) for row in rows]
        return [_cell_line(line, row, -1, -1) for row, cell in cells for line in _cell_lines(cell)]
    return [line for row in rows for line in _row_lines(row)]


def _is_columns_of_text(rows: Sequence[Row]) -> bool:
    """Whether a table is columns of text side by side, each under its head, and is read so."""
    return (
        len(rows) == 2  # noqa: PLR2004  # the heads and the columns
        and rows[0].is_head
        and _is_text(rows[1])
        and len(rows[0].cells) == len(rows[1].cells)
        and all(all(row.cells) for row in rows)
    )


def _is_text(row: Row) -> bool:
    """Whether a row is too long for one of a table, and is text set in boxes."""
    filled = sum(map(bool, row.cells))
    chars = sum(len(f.glyphs) for cell in row.cells for f in cell)
    return chars > (_MAX_ROW_CHARS if filled > 1 else _MAX_SUBHEAD_CHARS)


def _row_lines(row: Row) -> list[LaidLine]:
    """The lines of a table row, cell after cell."""
    cells = [(column, _cell_lines(cell)) for column, cell in enumerate(row.cells) if cell]
    if not cells:
        return []
    is_text = _is_text(row)
    serial = cells[0][1][0].fragments[0].serial
    return [
        _cell_line(line, row, -1, -1) if is_text else _cell_line(line, row, serial, column)
        for column, lines in cells
        for line in lines
    ]


def _cell_lines(cell: Sequence[Fragment]) -> list[_Line]:
    """The printed lines of a cell, in whatever order its words are drawn."""
    rows = visual_rows(cell)
    in_order = [f.serial for row in rows for f in row] == sorted(f.serial for f in cell)
    return _lines(cell) if in_order else [_Line(row) for row in rows]


def _cell_line(line: _Line, row: Row, serial: int, column: int) -> LaidLine:
    return LaidLine(
        glyphs=tuple(line.glyphs),
        place=line.fragments[0].place,
        row=serial,
        column=column,
        is_head=row.is_head,
        is_section=row.is_section,
    )
