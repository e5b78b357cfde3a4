"""Pages -> Pages whose headings are marked with their level.

Two witnesses: the file's outline (titles and levels as the publisher set them) and the type (larger
than the body, or bold and alone on its line). Levels found by type rank below the outline's.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.catalog import OutlineEntry
from ingest.clean import body_size
from ingest.document import Line, Page, Role

_LARGER = 1.12  # times the body size: set as a heading
_MAX_HEADING_CHARS = 160
_MAX_LABEL_WORDS = 6
_MAX_LEVELS = 4
_SENTENCE_END = re.compile(r"[.;,:]$")
_BULLET = re.compile(r"[^\w(\"'“]|o\s")
_NUMBERING = r"^\W*(?:[\divx]+\.?\s+)?"
_REFERENCES = re.compile(
    _NUMBERING + r"(?:references|sources|bibliography|works cited|literature cited)\W*$",
    re.IGNORECASE,
)
_NOTES = re.compile(_NUMBERING + r"(?:endnotes|notes|footnotes)\W*$", re.IGNORECASE)
_TAG = re.compile(r"^H[1-6]$")
_SECTION_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})+(?=\.?\s)")
_AMOUNT = re.compile(r"[$€£]\s?\d")  # a total under a table is set in bold, and heads nothing
_LETTER = re.compile(r"[^\W\d_]")


def mark_headings(pages: Sequence[Page], outline: Sequence[OutlineEntry]) -> list[Page]:
    """Give every heading line the role HEADING and its level, 1 outermost."""
    size = body_size(pages)
    levels = _levels_by_style(pages, size)
    outlined = {
        (entry.page_number, _key(entry.title)): entry.level for entry in outline if entry.title
    }
    return [_mark(page, size, levels, outlined) for page in pages]


def heading_paths(pages: Iterable[Page]) -> dict[tuple[int, int], tuple[str, ...]]:
    """The heading path of every line: (page number, position of the line) -> outermost first.

    A heading's own lines carry the path that ends with it; consecutive heading lines of one level
    on a page are one heading printed over several lines.
    """
    paths: dict[tuple[int, int], tuple[str, ...]] = {}
    stack: list[tuple[int, str]] = []
    for page in pages:
        open_heading = False
        for position, line in enumerate(page.lines):
            if line.role is Role.RUNNING:
                continue
            text = " ".join(page.line_text(line).split())
            if line.role is Role.HEADING:
                if open_heading and stack[-1][0] == line.level:
                    stack[-1] = (line.level, f"{stack[-1][1]} {text}")
                else:
                    while stack and stack[-1][0] >= line.level:
                        stack.pop()
                    stack.append((line.level, text))
            open_heading = line.role is Role.HEADING
            paths[page.number, position] = tuple(text for _, text in stack)
    return paths


def mark_references(pages: Sequence[Page]) -> list[Page]:
    """Give the lines under a heading "References" the role REFERENCE, under "Notes" FOOTNOTE."""
    paths = heading_paths(pages)
    return [
        replace(
            page,
            lines=tuple(
                replace(line, role=_note_role(line.role, paths.get((page.number, position), ())))
                for position, line in enumerate(page.lines)
            ),
        )
        for page in pages
    ]


def _note_role(role: Role, headings: Sequence[str]) -> Role:
    if role not in (Role.BODY, Role.LIST_ITEM, Role.TABLE_ROW, Role.FOOTNOTE):
        return role
    if any(_REFERENCES.match(heading) for heading in headings):
        return Role.REFERENCE
    return Role.FOOTNOTE if any(_NOTES.match(heading) for heading in headings) else role


def _mark(
    page: Page,
    size: float,
    levels: dict[tuple[float, bool], int],
    outlined: dict[tuple[int, str], int],
) -> Page:
    lines = []
    blocks = _block_texts(page)
    for position, line in enumerate(page.lines):
        text = page.line_text(line)
        level = 0
        if line.role in (Role.BODY, Role.LIST_ITEM):
            level = outlined.get((page.number, _key(text)), 0)
            level = level or _tagged_level(line, blocks.get(line.block, text))
            if not level and _is_set_as_heading(page, position, size):
                level = max(levels.get(_style(line), _MAX_LEVELS), _numbered_level(text))
        lines.append(replace(line, role=Role.HEADING, level=level) if level else line)
    return replace(page, lines=tuple(lines))


def _block_texts(page: Page) -> dict[int, str]:
    """The text of every tagged block of a page."""
    texts: dict[int, str] = {}
    for line in page.lines:
        if line.block >= 0:
            texts[line.block] = f"{texts.get(line.block, '')} {page.line_text(line)}".strip()
    return texts


def _tagged_level(line: Line, text: str) -> int:
    """The level of a heading that the file tags as one; 0 for what only a slip tags so.

    Args:
        line: one of its lines.
        text: the whole tagged block: a paragraph tagged by a slip is long or ends in a full stop.
    """
    if not _TAG.match(line.tag) or len(text) > _MAX_HEADING_CHARS or not _LETTER.search(text):
        return 0
    return 0 if text.rstrip().endswith((".", ";", ",")) else min(int(line.tag[1]), _MAX_LEVELS)


def _numbered_level(text: str) -> int:
    """The level that a section number shows: 2 for "3.1 Scope"; 0 without one."""
    number = _SECTION_NUMBER.match(text)
    return min(number.group().count(".") + 1, _MAX_LEVELS) if number else 0


def _levels_by_style(pages: Sequence[Page], size: float) -> dict[tuple[float, bool], int]:
    """Rank the heading styles of a document by size, bold before regular."""
    styles = {
        _style(line)
        for page in pages
        for position, line in enumerate(page.lines)
        if line.role in (Role.BODY, Role.LIST_ITEM) and _is_set_as_heading(page, position, size)
    }
    ranked = sorted(styles, reverse=True)
    return {style: min(rank, _MAX_LEVELS) for rank, style in enumerate(ranked, start=1)}


def _style(line: Line) -> tuple[float, bool]:
    return round(line.size), line.bold


def _is_set_as_heading(page: Page, position: int, size: float) -> bool:
    line = page.lines[position]
    text = page.line_text(line)
    if len(text) > _MAX_HEADING_CHARS or not _LETTER.search(text) or _AMOUNT.search(text):
        return False
    if line.size >= _LARGER * size:
        return not _SENTENCE_END.search(text) or line.size >= 1.4 * size
    if not line.bold or _BULLET.match(text):
        return False
    if _SENTENCE_END.search(text) and not _is_label(page, position, text):
        return False
    return not _goes_on(page, position)


def _is_label(page: Page, position: int, text: str) -> bool:
    """Whether a few bold words with a colon head what follows, and do not lead in a list."""
    following = page.lines[position + 1 : position + 2]
    return (
        text.endswith(":")
        and len(text.split()) <= _MAX_LABEL_WORDS
        and bool(following)
        and following[0].role is not Role.LIST_ITEM
        and not following[0].bold
    )


def _goes_on(page: Page, position: int) -> bool:
    """Whether the line is part of running text: bold paragraphs and openings are no headings."""
    following = page.lines[position + 1 : position + 2]
    if following and not following[0].bold and page.line_text(following[0])[:1].islower():
        return True
    run = 0
    for line in page.lines[position:]:
        if not line.bold or line.role not in (Role.BODY, Role.LIST_ITEM):
            break
        run += 1
    for line in reversed(page.lines[:position]):
        if not line.bold or line.role not in (Role.BODY, Role.LIST_ITEM):
            break
        run += 1
    return run > 3  # noqa: PLR2004  # a heading of more than three lines is a paragraph


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
