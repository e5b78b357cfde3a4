"""Pages -> blocks: the paragraphs, list items, table rows and notes that passages are made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, groupby, pairwise, takewhile

from ingest.document import (
    QUOTABLE_ROLES,
    TABLE_KINDS,
    Cell,
    Line,
    Page,
    PageSpan,
    Role,
    SentenceKind,
)
from ingest.headings import heading_paths
from ingest.interrupted import reading_order
from ingest.note_marks import AFTER_END, begins_next_note
from ingest.sentences import is_ended

_KINDS = {
    Role.LIST_ITEM: SentenceKind.LIST_ITEM,
    Role.TABLE_HEAD: SentenceKind.TABLE_HEAD,
    Role.TABLE_SECTION: SentenceKind.TABLE_SECTION,
    Role.TABLE_ROW: SentenceKind.TABLE_ROW,
    Role.CAPTION: SentenceKind.CAPTION,
    Role.FOOTNOTE: SentenceKind.FOOTNOTE,
}
_OF_FIGURE = re.compile(r"(?:fig(?:ure|\.)?|chart|graph|map|photo|image|picture)\b", re.IGNORECASE)
_PARAGRAPH_GAP = 1.6  # times the usual line pitch: white space that parts paragraphs
_WIDE_GAP = 3.0  # times the line pitch: even an unfinished sentence ends here
_SHORT_LINE = 0.85  # of the block's width: a last line that ends here ends its paragraph
_NO_GAP = 1.2  # times the line pitch: no more than between the lines of a paragraph
_INDENT_PT = 6.0
_EDGE_PT = 2.0  # how far apart edges are that are one: letters overhang
# No sentence ends so, nor does a heading.
_GOES_ON = re.compile(
    r"(?:,|\s(?:the|an?|of|to|in|on|at|by|for|from|with|that|which|their|its)|"
    r"[^\W\d]\s(?:and|or))$"  # not "…; and": items end so
)
_LEAD_IN_END = re.compile(rf":\s*{AFTER_END}?$")
_INTRODUCES = re.compile(
    r"(?:^|[.!?]\s)[^.!?]*\b(?:the following(?!\s+(?:year|month|week|day|page|"
    r"section|chapter)s?\b)|as follows|listed below|these are)\b[^.!?]*\.?$",
    re.IGNORECASE,
)
_MIN_LEAD_IN = 3  # words


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A paragraph, one list item, one table row or one footnote: line pieces in reading order."""

    kind: SentenceKind
    heading_path: tuple[str, ...]
    spans: tuple[PageSpan, ...]
    group: int  # blocks of one list or table share it
    cells: tuple[Cell, ...]  # of a table row, offsets into the block's own text


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with its page and position, while blocks are put together."""

    page: Page
    line: Line
    position: int
    heading_path: tuple[str, ...]


def sections(pages: Sequence[Page]) -> Iterator[list[Block]]:
    """Runs of blocks under one heading path; each page's footnotes as a run of their own."""
    paths = heading_paths(pages)
    flow: list[_Placed] = []
    runs: list[list[_Placed]] = []
    for page in pages:
        body: list[tuple[str, ...]] = []  # the headings that the page's words stand under
        notes: list[_Placed] = []
        for position, line in enumerate(page.lines):
            if line.role not in QUOTABLE_ROLES:
                continue
            placed = _Placed(page, line, position, paths[page.number, position])
            if line.role is Role.FOOTNOTE:
                notes.append(placed)
                continue
            body.append(placed.heading_path)
            if flow and flow[-1].heading_path != placed.heading_path:
                runs.append(flow)
                flow = []
            flow.append(placed)
        runs += _note_runs(notes, body)
    runs.append(flow)
    group = 0
    for run in sorted(
        (run for run in runs if run), key=lambda r: (r[0].page.number, r[0].position)
    ):
        order = reading_order([(placed.page, placed.line) for placed in run])
        blocks = _blocks([run[number] for number in order], group)
        group = blocks[-1].group + 1
        yield blocks


def _note_runs(
    notes: Sequence[_Placed], body: Sequence[tuple[str, ...]]
) -> Iterator[list[_Placed]]:
    """The notes of a page, under the headings that all of the page's words stand under.

    A note may belong to any part of its page; under a heading of their own, notes keep that.
    """
    shared = _common(body)
    placed = [replace(n, heading_path=shared) if n.heading_path in body else n for n in notes]
    for _, run in groupby(placed, key=lambda note: note.heading_path):
        yield list(run)


def _common(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The headings that all paths begin with."""
    shared: list[str] = []
    for headings in zip(*paths, strict=False):
        if len(set(headings)) > 1:
            break
        shared.append(headings[0])
    return tuple(shared)


def _blocks(run: Sequence[_Placed], first_group: int) -> list[Block]:
    paragraphs = _paragraphs(run)
    made: list[Block] = []
    for number, lines in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        kind = _kind(lines, following)
        above = paragraphs[number - 1] if number else lines
        group = made[-1].group if made else first_group - 1
        made.append(
            Block(
                kind=kind,
                heading_path=lines[0].heading_path,
                spans=_line_spans(lines),
                group=group if _joins(made, kind, above) else group + 1,
                cells=_cells(lines),
            )
        )
    return made


def _cells(lines: Sequence[_Placed]) -> tuple[Cell, ...]:
    """The cells of a table row, as offsets into its lines joined by one character each."""
    cells: list[Cell] = []
    start = 0
    for placed in lines:
        end = start + placed.line.end_char - placed.line.start_char
        column = placed.line.column
        if column >= 0 and cells and cells[-1].column == column:
            cells[-1] = replace(cells[-1], end_char=end)
        elif column >= 0:
            cells.append(Cell(column=column, start_char=start, end_char=end))
        start = end + 1
    return tuple(cells)


def _joins(earlier: Sequence[Block], kind: SentenceKind, above: Sequence[_Placed]) -> bool:
    """Whether a block belongs to the list or table that the block before it belongs to.

    Args:
        earlier: the blocks before it.
        kind: its own.
        above: the lines of the block before it.
    """
    previous = earlier[-1].kind if earlier else None
    if kind is SentenceKind.LIST_ITEM:
        return previous in (SentenceKind.LIST_ITEM, SentenceKind.LEAD_IN)
    if previous is SentenceKind.CAPTION and kind in TABLE_KINDS:
        of_figure = _OF_FIGURE.match(above[0].page.line_text(above[0].line))
        return not of_figure and _stands_above(earlier)
    if kind in (SentenceKind.TABLE_ROW, SentenceKind.TABLE_SECTION):
        return previous in TABLE_KINDS
    return kind is SentenceKind.TABLE_HEAD and previous is SentenceKind.TABLE_HEAD


def _stands_above(earlier: Sequence[Block]) -> bool:
    """Whether a caption, the last block, is that of the table right below it.

    Between two tables it may be of either; it is that of the second where the first has its own
    above it.
    """
    before = list(dropwhile(lambda b: b.kind is SentenceKind.CAPTION, reversed(earlier)))
    if not before or before[0].kind not in TABLE_KINDS:
        return True
    rows = list(takewhile(lambda b: b.kind in TABLE_KINDS, before))
    return any(b.group == rows[-1].group for b in before[len(rows) :])


def _kind(lines: Sequence[_Placed], following: Sequence[_Placed] | None) -> SentenceKind:
    role = lines[0].line.role
    if role in _KINDS:
        return _KINDS[role]
    if following and following[0].line.role is Role.LIST_ITEM and _introduces(lines, following[0]):
        return SentenceKind.LEAD_IN
    return SentenceKind.SENTENCE


def _introduces(lines: Sequence[_Placed], item: _Placed) -> bool:
    """Whether a paragraph leads to the list item after it.

    It ends in a colon, in the midst of its sentence right above the item ("… may not be used
    for"), or in a sentence that says so ("The following are excluded.").
    """
    last = lines[-1]
    ending = last.page.line_text(last.line).rstrip()
    if _LEAD_IN_END.search(ending):
        return True
    if item.page is not last.page or item.line.box.top <= last.line.box.top:
        return False
    text = " ".join(placed.page.line_text(placed.line) for placed in lines)
    unfinished = not is_ended(ending) and len(text.split()) >= _MIN_LEAD_IN
    return unfinished or _INTRODUCES.search(text) is not None


def _paragraphs(run: Sequence[_Placed]) -> list[list[_Placed]]:
    paragraphs: list[list[_Placed]] = [[run[0]]]
    pitch = _usual_pitch(run)
    width = max(p.line.box.x1 for p in run) - min(p.line.box.x0 for p in run)
    for before, here in pairwise(run):
        if _starts_block(paragraphs[-1], before, here, run, pitch=pitch, width=width):
            paragraphs.append([here])
        else:
            paragraphs[-1].append(here)
    return paragraphs


def _usual_pitch(run: Sequence[_Placed]) -> float:
    """The median distance from one line to the next, points."""
    pitches = sorted(
        here.line.box.top - before.line.box.top
        for before, here in pairwise(run)
        if before.page is here.page and here.line.box.top > before.line.box.top
    )
    usual = pitches[len(pitches) // 2] if pitches else run[0].line.size
    return max(usual, 1.0)  # broken files have type without a height


def _starts_block(
    block: Sequence[_Placed],
    before: _Placed,
    here: _Placed,
    run: Sequence[_Placed],
    *,
    pitch: float,
    width: float,
) -> bool:
    by_role = _starts_by_role(before, here)
    if by_role is not None:
        return by_role
    text = here.page.line_text(here.line)
    above = before.page.line_text(before.line).rstrip()
    ended = is_ended(above)
    goes_on = not ended and (text[:1].islower() or _GOES_ON.search(above) is not None)
    if before.page is not here.page or here.line.box.top < before.line.box.top:  # page or column
        is_other = ended or (not goes_on and text[:1].isupper() and _is_short(before, width))
        return is_other and not _is_of_item(block, here, run)
    if here.line.role is Role.FOOTNOTE:
        return begins_next_note(text)
    gap = (here.line.box.top - before.line.box.top) / pitch
    was_interrupted = here.position > before.position + 1
    if goes_on and (gap <= _WIDE_GAP or was_interrupted):
        return False
    if min(before.line.block, here.line.block) >= 0:  # the file says where paragraphs end
        return not _same_block(before, here)
    is_apart = gap > _PARAGRAPH_GAP or _is_set_apart(block, before, here, gap, width, ended=ended)
    return is_apart and (gap > _NO_GAP or not _is_of_item(block, here, run))


def _starts_by_role(before: _Placed, here: _Placed) -> bool | None:
    """Whether a table row, a list item or a caption begins with a line; None: its place tells."""
    role, previous = here.line.role, before.line.role
    if max(here.line.row, before.line.row) >= 0:
        return here.line.row != before.line.row or here.page is not before.page
    if role is Role.CAPTION:
        return not _same_block(before, here)
    if role is Role.LIST_ITEM or (previous is Role.CAPTION and not _same_block(before, here)):
        return True
    return None


def _same_block(before: _Placed, here: _Placed) -> bool:
    """Whether the file tags two lines as one paragraph."""
    return (
        before.page is here.page and before.line.block == here.line.block and here.line.block >= 0
    )


def _is_set_apart(
    block: Sequence[_Placed],
    before: _Placed,
    here: _Placed,
    gap: float,
    width: float,
    *,
    ended: bool,
) -> bool:
    """Whether indentation or a short line before it, with little white space, parts a line."""
    if block[0].line.role is Role.LIST_ITEM and here.line.box.x0 <= block[0].line.box.x0 + 1:
        return ended or gap > _NO_GAP or _is_short(before, width)
    indented = here.line.box.x0 - before.line.box.x0 > _INDENT_PT
    indented = indented and before.line.role is Role.BODY
    return ended and (indented or (_is_short(before, width) and gap > 1.15))  # noqa: PLR2004


def _is_of_item(block: Sequence[_Placed], here: _Placed, run: Sequence[_Placed]) -> bool:
    """Whether a line goes on with the list item before it, by where the two stand.

    The line above is full; and only lines of the item begin where both do: they hang under its
    first words, or stand under its mark where that is set in from what the item stands under.

    Args:
        block: the lines of the paragraph so far; of one that is no list item no line is.
        here: the line.
        run: all lines under the heading.
    """
    first, last = block[0].line, block[-1].line
    if first.role is not Role.LIST_ITEM or here.line.role is not Role.BODY:
        return False
    if abs(here.line.box.x0 - last.box.x0) > _EDGE_PT:
        return False
    own = [placed.line.box for placed in run if placed.page is block[0].page]
    if last.box.x1 - last.box.x0 < _SHORT_LINE * (max(box.x1 for box in own) - last.box.x0):
        return False
    hangs = last.box.x0 > first.box.x0 + _INDENT_PT
    is_set_in = any(box.x0 < first.box.x0 - _INDENT_PT and box.x1 > first.box.x0 for box in own)
    return (hangs or is_set_in) and not _begins_paragraph(here, run, hangs=hangs)


def _begins_paragraph(here: _Placed, run: Sequence[_Placed], *, hangs: bool) -> bool:
    """Whether a line begins what leads to a list, or is the set-in first line of a paragraph."""
    rest = list(dropwhile(lambda placed: placed is not here, run))
    own = list(takewhile(lambda p: p.page is here.page and p.line.role is Role.BODY, rest))
    leads = len(own) < len(rest) and rest[len(own)].line.role is Role.LIST_ITEM
    if leads and _LEAD_IN_END.search(own[-1].page.line_text(own[-1].line).rstrip()):
        return True
    return not hangs and len(own) > 1 and own[1].line.box.x0 < here.line.box.x0 - _INDENT_PT


def _is_short(placed: _Placed, width: float) -> bool:
    """Whether a line ends well before the right edge, as the last line of a paragraph does."""
    return placed.line.box.x1 - placed.line.box.x0 < _SHORT_LINE * width


def _line_spans(lines: Sequence[_Placed]) -> tuple[PageSpan, ...]:
    """Spans of some lines; lines that follow one another in the page text make one span."""
    spans: list[PageSpan] = []
    for placed in lines:
        span = PageSpan(
            page_number=placed.page.number,
            start_char=placed.line.start_char,
            end_char=placed.line.end_char,
        )
        last = spans[-1] if spans else None
        if last and last.page_number == span.page_number and last.end_char + 1 == span.start_char:
            span = PageSpan(
                page_number=last.page_number, start_char=last.start_char, end_char=span.end_char
            )
            spans[-1] = span
        else:
            spans.append(span)
    return tuple(spans)
