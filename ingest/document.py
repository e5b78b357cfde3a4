"""The values that ingestion makes: documents, pages, lines, spans and passages.

Conventions used everywhere: page numbers and first/last are 1-based and inclusive; start/end are
half-open offsets in code points; lengths on a page are points with the origin at the top left.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a publication stands, as its publisher says."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    NOT_LOADED = "not loaded"


class Role(StrEnum):
    """What a line of a page is for. Only the roles in `QUOTABLE_ROLES` reach passages."""

    BODY = "body"
    HEADING = "heading"
    LIST_ITEM = "list item"
    TABLE_HEAD = "table head"
    TABLE_SECTION = "table section"
    TABLE_ROW = "table row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    RUNNING = "running header or footer"
    CONTENTS = "table of contents"
    REFERENCE = "list of references"
    FIGURE = "numbers of a chart"
    HIDDEN = "text that cannot be seen"


QUOTABLE_ROLES = frozenset(
    {
        Role.BODY,
        Role.LIST_ITEM,
        Role.TABLE_HEAD,
        Role.TABLE_SECTION,
        Role.TABLE_ROW,
        Role.CAPTION,
        Role.FOOTNOTE,
    }
)


class PageVerdict(StrEnum):
    """How far the text of a page can be trusted. Passages are made of the first three."""

    READ = "read"
    DOUBTS = "read with doubts"
    OCR = "read by OCR"
    NEEDS_OCR = "needs OCR"
    EMPTY = "empty"


PASSAGE_VERDICTS = frozenset({PageVerdict.READ, PageVerdict.DOUBTS, PageVerdict.OCR})


@dataclass(frozen=True, kw_only=True, slots=True)
class PageQuality:
    """A verdict on a page, with its reasons in plain words."""

    verdict: PageVerdict = PageVerdict.READ
    reasons: tuple[str, ...] = ()  # empty only when the verdict is READ


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One edition of one publication, as `publications.toml` or the file itself describes it."""

    doc_id: str  # stable slug
    title: str
    publisher: str
    edition: str
    issued: dt.date | None  # None: the publication carries no date
    status: Status
    supersedes: str | None  # doc_id of the edition that this one replaces
    source_url: str
    licence: str
    file: str | None  # name inside the corpus folder; None when not loaded
    sha256: str | None  # of the file; None when not loaded
    page_count: int
    described: bool  # False: no entry in publications.toml, title taken from the file


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, kw_only=True, slots=True)
class GlyphRun:
    """Characters `text_start … + length` of `Page.text` are glyphs `glyph_start … + length`.

    Glyphs are numbered as pdfium numbers the characters of a page. A ligature is several
    characters of one glyph and gets a run for each.
    """

    text_start: int
    glyph_start: int
    length: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One printed line: `Page.text[start_char:end_char]`, where it stands and how it is set."""

    start_char: int
    end_char: int
    box: Box
    size: float  # font size of most of its glyphs, points
    bold: bool
    role: Role = Role.BODY
    level: int = 0  # heading level, 1 outermost; 0 for everything else
    tag: str = ""  # standard structure type that the file tags it with, such as "H1"; "" for none
    block: int = -1  # lines of one tagged paragraph or table cell share it; -1: not known
    row: int = -1  # lines of one table row share it; -1: not in a table
    column: int = -1  # of the table, from 0; -1: not in a table


@dataclass(frozen=True, kw_only=True, slots=True)
class Ocr:
    """Where the text of a page comes from when the file has none that can be used."""

    engine: str  # name and version
    confidence: float  # mean over the words, 0 … 1, as the engine rates itself
    boxes: tuple[Box, ...]  # of each glyph: the file has none


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page: its text in reading order, one printed line a line, and where each stands."""

    doc_id: str
    number: int  # physical page
    label: str | None  # printed page label, such as "iv"; None when the file states none
    width: float
    height: float
    text: str  # NFC, ligatures opened, words broken at line ends joined
    lines: tuple[Line, ...]
    runs: tuple[GlyphRun, ...]
    label_inferred: bool = False  # from the numbers printed on the pages, not from the file
    quality: PageQuality = PageQuality()
    ocr: Ocr | None = None  # None: the file's own text

    def line_text(self, line: Line) -> str:
        """The characters of one of this page's lines."""
        return self.text[line.start_char : line.end_char]


@dataclass(frozen=True, kw_only=True, slots=True)
class PageSpan:
    """The characters `start_char … end_char` of one page's text."""

    page_number: int
    start_char: int
    end_char: int


class SentenceKind(StrEnum):
    """What a quotable stretch of a passage is."""

    SENTENCE = "sentence"
    LEAD_IN = "lead-in"  # introduces the list items that follow it
    LIST_ITEM = "list item"
    TABLE_HEAD = "table head"  # the column heads that the table rows after it stand under
    TABLE_SECTION = "table section"  # the name of a group of rows, in a row of its own above them
    TABLE_ROW = "table row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"


# What the items of a list and the rows of a table stand under; and what a table consists of.
HEAD_KINDS = (
    SentenceKind.LEAD_IN,
    SentenceKind.CAPTION,
    SentenceKind.TABLE_HEAD,
    SentenceKind.TABLE_SECTION,
)
TABLE_KINDS = (SentenceKind.TABLE_HEAD, SentenceKind.TABLE_SECTION, SentenceKind.TABLE_ROW)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One filled cell of a table row: `Passage.text[start_char:end_char]`."""

    column: int  # from 0; that of the head above it
    start_char: int
    end_char: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """The smallest stretch that may be quoted: `Passage.text[start_char:end_char]`.

    `block` numbers the paragraph, list or table inside the document, so that the members of one
    list can be found together, over passages too.
    """

    start_char: int
    end_char: int
    kind: SentenceKind
    block: int
    opens: bool  # the first sentence of its paragraph, list item or table row
    cells: tuple[Cell, ...] = ()  # of a whole table row or head; empty for all else


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """What is retrieved: a stretch of one document under one heading.

    `text` is the `spans` read back from the pages and joined with line breaks, so every character
    of it stands on a known page.
    """

    passage_id: str
    doc_id: str
    heading_path: tuple[str, ...]  # outermost first
    text: str
    spans: tuple[PageSpan, ...]
    sentences: tuple[Sentence, ...]

    @property
    def first_page(self) -> int:
        """The physical page on which the passage begins."""
        return self.spans[0].page_number

    @property
    def last_page(self) -> int:
        """The physical page on which the passage ends."""
        return self.spans[-1].page_number

    @property
    def pages(self) -> tuple[int, ...]:
        """The physical pages that it stands on, each once, in order.

        Not all from the first to the last: what a part of a table stands under may be pages before.
        """
        return tuple(dict.fromkeys(span.page_number for span in self.spans))

    def spans_of(self, start_char: int, end_char: int) -> tuple[PageSpan, ...]:
        """Where `text[start_char:end_char]` stands: one span for each page stretch, in order."""
        found = []
        offset = 0
        for span in self.spans:
            length = span.end_char - span.start_char
            start, end = max(start_char - offset, 0), min(end_char - offset, length)
            if start < end:
                found.append(
                    PageSpan(
                        page_number=span.page_number,
                        start_char=span.start_char + start,
                        end_char=span.start_char + end,
                    )
                )
            offset += length + 1  # the line break that joins two spans
        return tuple(found)
