"""Pages -> Pages with a role for every line: what is body, and what stands there for navigation.

Nothing is deleted: a running header keeps its place in the page text, it only gets another role.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.document import Line, Page, Role
from ingest.symbols import readable

_EDGE_SHARE = 0.13  # of the page height, at the top and at the bottom, where running lines stand
_MIN_REPEATS = 3  # pages on which a line must recur to count as running
_SAME_HEIGHT_PT = 6.0  # recurring lines stand at the same height within this
_HEADING_SIZE = 1.12  # of the body size: larger type is a heading, wherever it stands
_FOOTNOTE_SIZE = 0.93  # of the body size, at most
_LEADER = re.compile(r"(\.\s?){4,}\s*[\divxlc]*\s*$|…+\s*[\divxlc]*\s*$", re.IGNORECASE)
_ENDS_IN_PAGE = re.compile(r"\S\s+(\d{1,3}|[ivxlc]{1,6})$", re.IGNORECASE)
_CONTENTS_TITLE = re.compile(r"^(table of )?contents$|^índice$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"^\W*(page\s*)?(\d{1,4}|(?=[ivxlc])l?x{0,3}(?:ix|iv|v?i{0,3}))(\s*(of|/|\|)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"^(?:Table|Figure|Fig\.|Chart|Exhibit|Map|Graph|Box)\s+(?:\d{1,3}(?:[.-]\d{1,2})?|[A-Z]|[IVX]{1,4})"
    r"(?:[.:–—]|\s+[-–—])"
)
_FOOTNOTE_START = re.compile(r"^(\d{1,3}|[*†‡§]|\[\w{1,3}\])\s?\S")
_LIST_MARK = re.compile(
    r"^(?:[•▪◦‣●○■□➢✓❖·∙⁃]\s*|[-–—]\s+|o\s+|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,5})[.)]\s+)(?=\S)"
)


def is_list_mark(text: str) -> bool:
    """Whether a line begins as a list item does: a bullet, a dash, "1.", "(a)", "iv)"."""
    return _LIST_MARK.match(readable(text)) is not None


def is_contents_title(text: str) -> bool:
    """Whether a line is the title of a table of contents."""
    return _CONTENTS_TITLE.match(text.strip()) is not None


def body_size(pages: Iterable[Page]) -> float:
    """The glyph height of most of the characters, in points; 0 when there are none."""
    weight: defaultdict[float, int] = defaultdict(int)
    for page in pages:
        for line in page.lines:
            weight[round(line.size * 2) / 2] += line.end_char - line.start_char
    return max(weight, key=lambda size: (weight[size], size)) if weight else 0.0


def assign_roles(pages: Sequence[Page]) -> list[Page]:
    """Mark running headers and footers, tables of contents, footnotes, lists and table rows."""
    size = body_size(pages)
    running = _running_lines(pages, size)
    return [_assign(page, running[page.number], size) for page in pages]


def _assign(page: Page, running: frozenset[int], size: float) -> Page:
    contents = _contents_lines(page, running)
    footnotes = _footnote_lines(page, running, size)
    lines = []
    for position, line in enumerate(page.lines):
        role = line.role
        if role is Role.HIDDEN:
            pass
        elif position in running:
            role = Role.RUNNING
        elif position in contents:
            role = Role.CONTENTS
        elif role is Role.BODY:
            role = _role_of_text(page, line, is_note=position in footnotes)
        lines.append(replace(line, role=role))
    return replace(page, lines=tuple(lines))


def _role_of_text(page: Page, line: Line, *, is_note: bool) -> Role:
    if is_note or line.tag == "Note":
        return Role.FOOTNOTE
    if line.tag == "Caption" or _CAPTION.match(page.line_text(line)):
        return Role.CAPTION
    return Role.LIST_ITEM if is_list_mark(page.line_text(line)) else Role.BODY


def _running_lines(pages: Sequence[Page], size: float) -> dict[int, frozenset[int]]:
    """For each page number, the positions of its running headers, footers and page numbers."""
    edges: dict[int, list[int]] = {page.number: _edge_lines(page) for page in pages}
    places: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for page in pages:
        for position in edges[page.number]:
            line = page.lines[position]
            for pattern in _patterns(page.line_text(line), line, size):
                places[pattern].append((page.number, line.box.top))
    running: dict[int, frozenset[int]] = {}
    for page in pages:
        found = set(_page_number_lines(page, edges[page.number]))
        for position in edges[page.number]:
            line = page.lines[position]
            for pattern in _patterns(page.line_text(line), line, size):
                recurring = {
                    number
                    for number, top in places[pattern]
                    if abs(top - line.box.top) <= _SAME_HEIGHT_PT
                }
                if len(recurring) >= _MIN_REPEATS:
                    found.add(position)
        running[page.number] = frozenset(found)
    return running


def _edge_lines(page: Page) -> list[int]:
    top, bottom = page.height * _EDGE_SHARE, page.height * (1 - _EDGE_SHARE)
    return [
        position
        for position, line in enumerate(page.lines)
        if line.box.bottom <= top or line.box.top >= bottom
    ]


def _page_number_lines(page: Page, edges: Sequence[int]) -> list[int]:
    """The topmost and bottommost lines at the edge of a page that are nothing but its number."""
    by_height = sorted(range(len(page.lines)), key=lambda p: page.lines[p].box.top)
    outermost = {*by_height[:2], *by_height[-2:]}
    return [
        p for p in edges if p in outermost and _PAGE_NUMBER.match(page.line_text(page.lines[p]))
    ]


def _patterns(text: str, line: Line, size: float) -> list[str]:
    """What makes two lines the same: their words, and with numbers made equal in small type.

    "Page 3" and "Page 4" are one footer; "Practice 1" and "Practice 2" set large are headings.
    """
    plain = " ".join(text.lower().split())
    if line.size > _HEADING_SIZE * size:
        return [plain]
    return [plain, "#" + re.sub(r"\d+|\b[ivxlc]+\b", "#", plain)]


def _contents_lines(page: Page, running: frozenset[int]) -> frozenset[int]:
    texts = {
        position: page.line_text(line)
        for position, line in enumerate(page.lines)
        if position not in running
    }
    leaders = [position for position, text in texts.items() if _LEADER.search(text)]
    if len(leaders) >= 3:  # noqa: PLR2004  # fewer may be a form to fill in
        first, last = leaders[0], leaders[-1]
        titles = [p for p, t in texts.items() if p < first and is_contents_title(t)]
        return frozenset(range(min([first, *titles]), last + 1))
    titled = [p for p, text in texts.items() if is_contents_title(text)]
    if not titled:
        return frozenset()
    after = [p for p in texts if p > titled[0]]
    entries = [p for p in after if _ENDS_IN_PAGE.search(texts[p])]
    if len(entries) < 3 or 2 * len(entries) < len(after):  # noqa: PLR2004
        return frozenset()
    return frozenset(range(titled[0], entries[-1] + 1))


def _footnote_lines(page: Page, running: frozenset[int], size: float) -> frozenset[int]:
    """The small print that begins with a note mark below the last line of full size."""
    positions = [p for p in range(len(page.lines)) if p not in running]
    last_full = max(
        (p for p in positions if page.lines[p].size > _FOOTNOTE_SIZE * size), default=-1
    )
    below = [p for p in positions if p > last_full]
    for start, position in enumerate(below):
        if _FOOTNOTE_START.match(page.line_text(page.lines[position])):
            return frozenset(below[start:])
    return frozenset()
