"""Sentences that a table, a figure or its caption interrupts, put together again."""

from collections.abc import Sequence
from itertools import takewhile
from typing import TypeAlias

from ingest.document import Line, Page, Role
from ingest.sentences import is_ended

PlacedLine: TypeAlias = tuple[Page, Line]

_SAME_SIZE_PT = 0.6
_SAME_EDGE_PT = 3.0
_MIN_WORDS = 4  # in a line of running text; labels and cells have fewer
_FULL = 0.6  # of its column's width: a line that ends earlier ends what it says
_PARAGRAPH_GAP = 1.2  # times the type size: white space between lines that parts paragraphs


def reading_order(lines: Sequence[PlacedLine]) -> list[int]:
    """The numbers of lines in the order in which they are read.

    A full line of text that ends no sentence, then a table, a figure or a caption, and after that,
    on the same page or the next, a line that begins with a small letter: this goes on with the
    first, and is read before what stands between them.

    Args:
        lines: under one heading, as they follow one another on the pages; notes left out.
    """
    order: list[int] = []
    number = 0
    while number < len(lines):
        order.append(number)
        number += 1
        goes_on = _goes_on_at(lines, number - 1)
        if goes_on is None:
            continue
        end = _end_of_text(lines, goes_on)
        order += range(goes_on, end)
        order += range(number, goes_on)
        number = end
    return order


def _goes_on_at(lines: Sequence[PlacedLine], number: int) -> int | None:
    """Where the sentence goes on that a line leaves open, behind what interrupts it."""
    page, line = lines[number]
    is_open = _is_text(line) and not _ends(page, line)
    if not is_open or _is_right_below(lines, number + 1) or not _is_full(lines, number):
        return None
    matter = 0  # lines of what interrupts it
    for after in range(number + 1, len(lines)):
        other_page, other = lines[after]
        if other_page.number > page.number + 1:
            return None
        is_alike = _is_text(other) and abs(other.size - line.size) <= _SAME_SIZE_PT
        is_on = other_page.line_text(other)[:1].islower() and not _is_right_below(lines, after)
        if is_alike and is_on:
            return after if 2 * matter > after - number - 1 > 0 else None
        if is_alike and _ends(other_page, other):
            return None
        matter += not is_alike
    return None


def _is_right_below(lines: Sequence[PlacedLine], number: int) -> bool:
    """Whether a line stands right below the one before it, and that is text left open."""
    if number >= len(lines):
        return False
    (before_page, before), (page, line) = lines[number - 1], lines[number]
    gap = line.box.top - before.box.bottom
    beside = line.box.x0 > before.box.x1 or line.box.x1 < before.box.x0
    is_near = page is before_page and -line.size < gap <= _PARAGRAPH_GAP * line.size and not beside
    is_text = _is_text(before) and _is_text(line) and abs(before.size - line.size) <= _SAME_SIZE_PT
    return is_near and is_text and not _ends(before_page, before)


def _is_text(line: Line) -> bool:
    return line.role in (Role.BODY, Role.LIST_ITEM) and line.row < 0


def _ends(page: Page, line: Line) -> bool:
    return is_ended(page.line_text(line))


def _is_full(lines: Sequence[PlacedLine], number: int) -> bool:
    """Whether a line of running text reaches nearly as far as those that begin where it does."""
    page, line = lines[number]
    if len(page.line_text(line).split()) < _MIN_WORDS:
        return False
    after = map(lines.__getitem__, range(number, len(lines)))
    before = map(lines.__getitem__, range(number - 1, -1, -1))
    own = [
        other
        for side in (after, before)
        for _, other in takewhile(lambda placed: placed[0] is page, side)
    ]
    edges = [o.box.x1 for o in own if abs(o.box.x0 - line.box.x0) <= _SAME_EDGE_PT]
    return line.box.x1 - line.box.x0 >= _FULL * (max(edges) - line.box.x0)


def _end_of_text(lines: Sequence[PlacedLine], start: int) -> int:
    """The number after the last line of a text, before white space or another page or column."""
    page, before = lines[start]
    for number in range(start + 1, len(lines)):
        here_page, here = lines[number]
        gap = here.box.top - before.box.bottom
        if here_page is not page or not _is_text(here):
            return number
        if not -here.size < gap <= _PARAGRAPH_GAP * here.size:
            return number
        before = here
    return len(lines)
