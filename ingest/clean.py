"""Pages -> Pages with a role for every line: what is body, and what stands there for navigation.

Nothing is deleted: a running header keeps its place in the page text, it only gets another role.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ingest.document import Box, Line, Page, Role
from ingest.list_marks import begins_item, list_marks
from ingest.note_marks import may_begin_notes

_EDGE_SHARE = 0.13  # of the page height, at the top and at the bottom, where running lines stand
_MIN_FIGURES = 3  # bare numbers on a page: beside a chart there are several
_MAX_FIGURE_DIGITS = 6  # between two spaces
_MIN_REPEATS = 3  # pages on which a line must recur to count as running
_STEP_PT = 3.0  # heights on the page are counted in steps of this …
_STEPS_NEAR = range(-2, 3)  # … and recurring lines stand within so many of each other
_HEADING_SIZE = 1.12  # of the body size: larger type is a heading, wherever it stands
_COMMON_SHARE = 0.2  # of a page's characters
_FOOTNOTE_SIZE = 0.93  # of the body size, at most
# The dots after an entry of a table of contents or after a word of a form, and the page number.
_LEADER = re.compile(
    r"(?:…|(?:\.\s?){4})[.…\s]*+(?P<page>\d{1,4}(?:[.–-]\d{1,3})?|[ivxlc]{1,6})?\s*$", re.IGNORECASE
)
_MIN_LEADERS = 3
_MAX_BETWEEN = 3  # lines between two leaders: the first line of a long title, the name of a part
_ENDS_IN_PAGE = re.compile(r"\S\s+(\d{1,3}|[ivxlc]{1,6})$", re.IGNORECASE)
# "term, 12, 45-47": an entry of an index at the end of a book.
_INDEX_ENTRY = re.compile(r"[^\d,]{3},(?:\s*\d{1,3}(?:\s?[–-]\s?\d{1,3})?,?)+$")
_MAY_GO_ON = re.compile(r"[\w(–—-]")  # a number, letter or dash, which text has too; no bullet
_SAME_EDGE_PT = 2.0
_FULL_LINE = 0.9  # of the width of its column
_MIN_INDEX_ENTRIES = 15
_CONTENTS_TITLE = re.compile(r"^(table of )?contents$|^índice$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"^\W*(page\s*)?(\d{1,4}|(?=[ivxlc])l?x{0,3}(?:ix|iv|v?i{0,3}))(\s*(of|/|\|)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"^(?:Table|Figure|Fig\.|Chart|Exhibit|Map|Graph|Box)\s+(?:\d{1,3}(?:[.-]\d{1,2})?|[A-Z]|[IVX]{1,4})"
    r"(?:[.:–—]|\s+[-–—])"
)
_NUMBERED_TITLE = re.compile(r"^(?:Table|Figure|Chart|Exhibit|Map|Box|Appendix)\s+\w{1,4}\b")


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
    assigned = [_assign(page, running[page.number], size) for page in pages]
    return [_mark_figures(page) for page in _mark_repeated_heads(assigned)]


def _mark_figures(page: Page) -> Page:
    """Mark numbers that stand by themselves, as beside the axes of a chart; they say nothing."""
    alone = {
        position
        for position, line in enumerate(page.lines)
        if line.role is Role.BODY
        and line.block < 0
        and _is_bare_number(page.line_text(line))
        and not _goes_with_text(page, position)
    }
    if len(alone) < _MIN_FIGURES:
        return page
    return replace(
        page,
        lines=tuple(
            replace(line, role=Role.FIGURE) if position in alone else line
            for position, line in enumerate(page.lines)
        ),
    )


def _is_bare_number(text: str) -> bool:
    """Whether there is no letter, and nothing as long as a telephone number."""
    longest = max((sum(map(str.isdigit, word)) for word in text.split()), default=0)
    return not any(map(str.isalpha, text)) and longest <= _MAX_FIGURE_DIGITS


def _goes_with_text(page: Page, position: int) -> bool:
    """Whether words stand right above a line, or go on right under it."""
    line = page.lines[position]
    before = page.lines[position - 1] if position else None
    after = page.lines[position + 1] if position + 1 < len(page.lines) else None
    return (before is not None and _has_letter(page, before) and _is_next_line(before, line)) or (
        after is not None and page.line_text(after)[:1].islower()
    )


def _has_letter(page: Page, line: Line) -> bool:
    return any(char.isalpha() for char in page.line_text(line))


def _is_next_line(before: Line, here: Line) -> bool:
    """Whether a line stands right under another and begins where it begins."""
    step = here.box.top - before.box.bottom
    return abs(here.box.x0 - before.box.x0) < here.size * 2 and step < here.size


def _mark_repeated_heads(pages: Sequence[Page]) -> list[Page]:
    """A first table row that is printed again above other rows heads its columns."""
    firsts = {page.number: _first_rows(page) for page in pages}
    counts = Counter(text for rows in firsts.values() for text in rows.values())
    marked = []
    for page in pages:
        heads = {row for row, text in firsts[page.number].items() if counts[text] > 1}
        lines = tuple(
            replace(line, role=Role.TABLE_HEAD)
            if line.role is Role.TABLE_ROW and line.row in heads
            else line
            for line in page.lines
        )
        marked.append(replace(page, lines=lines))
    return marked


def _first_rows(page: Page) -> dict[int, str]:
    """The first row of every run of table rows that has two cells or more: its number and text."""
    found: dict[int, str] = {}
    texts = _row_texts(page)
    columns: defaultdict[int, set[int]] = defaultdict(set)
    for line in page.lines:
        columns[line.row].add(line.column)
    before: Line | None = None
    for line in page.lines:
        begins = line.role is Role.TABLE_ROW and (before is None or before.row < 0)
        if begins and len(columns[line.row]) > 1:
            found[line.row] = texts[line.row].casefold()
        before = line
    return found


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
            role = _role_of_text(
                page,
                line,
                is_note=position in footnotes,
                goes_on=_goes_on_in_block(page, position)
                or (position - 1 not in running and _goes_on_in_paragraph(page, position)),
            )
        lines.append(replace(line, role=role))
    return replace(page, lines=tuple(lines))


def _role_of_text(page: Page, line: Line, *, is_note: bool, goes_on: bool) -> Role:
    if is_note or line.tag == "Note":
        return Role.FOOTNOTE
    if line.tag == "Caption" or _CAPTION.match(page.line_text(line)):
        return Role.CAPTION
    if begins_item(page.line_text(line)) and not goes_on:
        return Role.LIST_ITEM
    return Role.BODY


def _goes_on_in_block(page: Page, position: int) -> bool:
    """Whether a line goes on in the middle of a tagged paragraph: "12)" there begins no item."""
    line = page.lines[position]
    if position == 0 or line.block < 0 or page.lines[position - 1].block != line.block:
        return False
    before = page.line_text(page.lines[position - 1]).rstrip()
    text = page.line_text(line)
    return before[-1:] not in ".:;?!" and (text[:1].isalnum() or text[:1] == "(")


def _goes_on_in_paragraph(page: Page, position: int) -> bool:
    """Whether an untagged line goes on with the one above it, however like an item it begins.

    The line above is full and breaks off, begins where this one does and is set like it; and the
    page has no other item of the list that the mark would be of ("v. Arizona" without "iv.").
    """
    line, before = page.lines[position], page.lines[position - 1]
    if position == 0 or max(line.block, before.block, before.row) >= 0:
        return False
    if (line.size, line.bold) != (before.size, before.bold) or not _is_right_under(before, line):
        return False
    text = page.line_text(line)
    breaks_off = page.line_text(before).rstrip()[-1:] not in ".:;?!"
    return (
        breaks_off
        and _MAY_GO_ON.match(text) is not None
        and _is_full(page, before)
        and not _has_neighbours(page, line)
    )


def _is_right_under(before: Line, here: Line) -> bool:
    step = here.box.top - before.box.bottom
    return abs(here.box.x0 - before.box.x0) < _SAME_EDGE_PT and -here.size < step < here.size


def _is_full(page: Page, line: Line) -> bool:
    """Whether a line reaches as far to the right as others above and under it do."""
    column = [
        other.box.x1
        for other in page.lines
        if other.row < 0
        and min(other.box.x1, line.box.x1) > max(other.box.x0, line.box.x0)
        and other.size <= _HEADING_SIZE * line.size
    ]
    return line.box.x1 - line.box.x0 > _FULL_LINE * (max(column) - line.box.x0)


def _has_neighbours(page: Page, line: Line) -> bool:
    """Whether another line of the page begins with the next mark, or that before, or its like."""
    places = {
        (mark.style, place)
        for mark in list_marks(page.line_text(line))
        for place in ((mark.place - 1, mark.place + 1) if mark.place else (0,))
    }
    others = (page.line_text(other) for other in page.lines if other is not line)
    return any((mark.style, mark.place) in places for text in others for mark in list_marks(text))


def _running_lines(pages: Sequence[Page], size: float) -> dict[int, frozenset[int]]:
    """For each page number, the positions of its running headers, footers and page numbers."""
    edges: dict[int, list[int]] = {page.number: _edge_lines(page) for page in pages}
    places: defaultdict[tuple[str, int], set[int]] = defaultdict(set)  # pattern, height: pages
    for page in pages:
        for position in edges[page.number]:
            line = page.lines[position]
            for pattern in _patterns(page.line_text(line), line, size):
                places[pattern, round(line.box.top / _STEP_PT)].add(page.number)
    numbers = _counting_lines(pages)
    framed = _framed_lines(pages, size)
    running: dict[int, frozenset[int]] = {}
    for page in pages:
        found = set(_page_number_lines(page, edges[page.number]) + numbers[page.number])
        found |= {framed[page.number]} if page.number in framed else set()
        for position in edges[page.number]:
            line = page.lines[position]
            step = round(line.box.top / _STEP_PT)
            for pattern in _patterns(page.line_text(line), line, size):
                near = (places.get((pattern, step + n), ()) for n in _STEPS_NEAR)
                if len(set().union(*near)) >= _MIN_REPEATS:
                    found.add(position)
        running[page.number] = frozenset(found)
    return running


def _edge_lines(page: Page) -> list[int]:
    top, bottom = page.height * _EDGE_SHARE, page.height * (1 - _EDGE_SHARE)
    return [
        position
        for position, line in enumerate(page.lines)
        if line.row < 0 and (line.box.bottom <= top or line.box.top >= bottom)
    ]


def _page_number_lines(page: Page, edges: Sequence[int]) -> list[int]:
    """The topmost and bottommost lines at the edge of a page that are nothing but its number."""
    by_height = sorted(range(len(page.lines)), key=lambda p: page.lines[p].box.top)
    outermost = {*by_height[:2], *by_height[-2:]}
    return [
        p for p in edges if p in outermost and _PAGE_NUMBER.match(page.line_text(page.lines[p]))
    ]


def _counting_lines(pages: Sequence[Page]) -> dict[int, list[int]]:
    """For each page number the first or last lines that count the pages, wherever they stand."""
    offsets: Counter[int] = Counter()
    counting: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for page in pages:
        outside = [p for p, line in enumerate(page.lines) if line.row < 0]
        by_height = sorted(outside, key=lambda p: page.lines[p].box.top)
        for position in {*by_height[:1], *by_height[-1:]}:
            text = page.line_text(page.lines[position]).strip()
            if text.isdecimal() and len(text) <= 4:  # noqa: PLR2004  # digits
                offset = int(text) - page.number
                counting[page.number].append((position, offset))
                offsets[offset] += 1
    return {
        page.number: [
            position
            for position, offset in counting[page.number]
            if offsets[offset] >= _MIN_REPEATS
        ]
        for page in pages
    }


def _framed_lines(pages: Sequence[Page], size: float) -> dict[int, int]:
    """Footers in large type that name the part: the page number and the position of each.

    "Part 2 Tents, May 2020" and "Part 3 Boats, May 2020": the last line of its page, at one place,
    with the same first and last word. Nothing stands under it, so it is no heading.
    """
    places: defaultdict[tuple[str, int, int], dict[int, int]] = defaultdict(dict)
    for page in pages:
        position = max(range(len(page.lines)), key=lambda p: page.lines[p].box.top, default=None)
        if position is None or page.lines[position].size <= _HEADING_SIZE * size:
            continue
        line, words = page.lines[position], page.line_text(page.lines[position]).lower().split()
        if len(words) > 2 and line.box.top >= page.height * (1 - _EDGE_SHARE):  # noqa: PLR2004  # both and what is between
            frame = re.sub(r"\d+", "#", f"{words[0]} {words[-1]}")
            place = round(line.box.x0 / _STEP_PT), round(line.box.top / _STEP_PT)
            places[frame, *place][page.number] = position
    return {
        number: position
        for found in places.values()
        if len(found) >= _MIN_REPEATS
        for number, position in found.items()
    }


def _patterns(text: str, line: Line, size: float) -> list[str]:
    """What makes two lines the same: their words, and with numbers made equal in small type.

    "Page 3" and "Page 4" are one footer; "Practice 1" and "Practice 2" set large are headings.
    """
    plain = " ".join(text.lower().split())
    if line.size > _HEADING_SIZE * size or _NUMBERED_TITLE.match(text):
        return [plain]
    return [plain, "#" + re.sub(r"\d+|\b[ivxlc]+\b", "#", plain)]


def _contents_lines(page: Page, running: frozenset[int]) -> frozenset[int]:
    rows = _row_texts(page)
    texts = {
        position: rows.get(line.row) or page.line_text(line)
        for position, line in enumerate(page.lines)
        if position not in running
    }
    tagged = {position for position in texts if page.lines[position].tag == "TOCI"}
    indexed = [position for position, text in texts.items() if _INDEX_ENTRY.search(text)]
    if len(tagged) >= 3:  # noqa: PLR2004  # as below
        above = {p for p, t in texts.items() if p < min(tagged) and is_contents_title(t)}
        return frozenset(tagged | above)
    if len(indexed) >= _MIN_INDEX_ENTRIES and 2 * len(indexed) > len(texts):
        return frozenset(texts)
    if led := _led_lines(texts):
        return led
    titled = [p for p, text in texts.items() if is_contents_title(text)]
    if not titled:
        return frozenset()
    after = [p for p in texts if p > titled[0]]
    entries = [p for p in after if _ENDS_IN_PAGE.search(texts[p])]
    if len(entries) < 3 or 2 * len(entries) < len(after):  # noqa: PLR2004
        return frozenset()
    return frozenset(range(titled[0], entries[-1] + 1))


def _led_lines(texts: Mapping[int, str]) -> frozenset[int]:
    """The entries of a table of contents whose dots lead to page numbers, with its title.

    Dots that lead to none are those of a form. Text far from any entry is no part of the table.
    """
    leaders = {p: match for p, text in texts.items() if (match := _LEADER.search(text))}
    if len(leaders) < _MIN_LEADERS:
        return frozenset()
    stretches: list[list[int]] = []
    for position, text in texts.items():
        if position not in leaders and not is_contents_title(text):
            continue
        if stretches and position - stretches[-1][-1] <= _MAX_BETWEEN + 1:
            stretches[-1].append(position)
        else:
            stretches.append([position])
    found: set[int] = set()
    for stretch in stretches:
        pages = [bool(leaders[p]["page"]) for p in stretch if p in leaders]
        if 2 * sum(pages) > len(pages):
            found.update(range(stretch[0], stretch[-1] + 1))
    return frozenset(found)


def _row_texts(page: Page) -> dict[int, str]:
    """The text of every table row of a page, its cells side by side."""
    rows: defaultdict[int, list[str]] = defaultdict(list)
    for line in page.lines:
        if line.row >= 0:
            rows[line.row].append(page.line_text(line))
    return {row: " ".join(texts) for row, texts in rows.items()}


def _footnote_lines(page: Page, running: frozenset[int], size: float) -> frozenset[int]:
    """Small print that begins with a note mark and has no line of full size under it."""
    positions = [p for p in range(len(page.lines)) if p not in running]
    size = min(size, _largest_common_size(page))
    small = {p for p in positions if page.lines[p].size <= _FOOTNOTE_SIZE * size}
    full = [page.lines[p].box for p in positions if p not in small]
    notes: set[int] = set()
    for position in positions:
        line = page.lines[position]
        if position not in small or line.role is not Role.BODY:
            continue
        goes_on = position - 1 in notes and not _stands_above(page.lines[position - 1].box, line)
        begins = may_begin_notes(page.line_text(line))
        if goes_on or (begins and not any(_is_under(box, line.box) for box in full)):
            notes.add(position)
    return frozenset(notes)


def _largest_common_size(page: Page) -> float:
    """The largest type size that a good share of a page is set in: some pages are set smaller."""
    chars: Counter[float] = Counter()
    for line in page.lines:
        chars[round(line.size * 2) / 2] += line.end_char - line.start_char
    enough = _COMMON_SHARE * chars.total()
    return max((size for size, count in chars.items() if count >= enough), default=0.0)


def _stands_above(box: Box, line: Line) -> bool:
    """Whether a line stands above the one before it: it begins another column."""
    return line.box.bottom < box.top


def _is_under(box: Box, other: Box) -> bool:
    return box.top > other.top and min(box.x1, other.x1) > max(box.x0, other.x0)
