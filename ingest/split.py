"""Pages -> Passages: stretches of whole sentences under one heading that fit the model's window."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.document import (
    PASSAGE_VERDICTS,
    QUOTABLE_ROLES,
    Cell,
    Line,
    Page,
    PageSpan,
    Passage,
    Role,
    Sentence,
    SentenceKind,
)
from ingest.headings import heading_paths
from ingest.sentences import sentence_spans

CountTokens = Callable[[str], int]  # word pieces of a text, the model's marker tokens left out

_KINDS = {
    Role.LIST_ITEM: SentenceKind.LIST_ITEM,
    Role.TABLE_HEAD: SentenceKind.TABLE_HEAD,
    Role.TABLE_ROW: SentenceKind.TABLE_ROW,
    Role.CAPTION: SentenceKind.CAPTION,
    Role.FOOTNOTE: SentenceKind.FOOTNOTE,
}
_HEAD_SHARE = 0.4  # of a passage at most goes to repeated table heads
_PARAGRAPH_GAP = 1.6  # times the usual line pitch: white space that parts paragraphs
_WIDE_GAP = 3.0  # times the line pitch: even an unfinished sentence ends here
_SHORT_LINE = 0.85  # of the block's width: a last line that ends here ends its paragraph
_INDENT_PT = 6.0
_TITLE_SHARE = 0.2  # of the window at most goes to the title,
_CONTEXT_SHARE = 0.3  # of the window at most goes to title and headings
_TERMINAL = re.compile(r"[.!?:;][\"'”’)\]]*(?:\d{0,3}|(?:\[[\w, ]{1,12}\])+)$")
_LEAD_IN_END = re.compile(r":\s*(?:\d{0,3}|(?:\[[\w, ]{1,12}\])+)$")
_NOTE_START = re.compile(r"^(\d{1,3}\s?[^\W\d]|[*†‡§]|\[\w{1,3}\])")
_LETTER = re.compile(r"[^\W\d_]")
_BREAK_POINT = re.compile(r"(?<=[;,:])\s+|\s+(?=[(–—])")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Block:
    """A paragraph, one list item, one table row or one footnote: line pieces in reading order."""

    kind: SentenceKind
    heading_path: tuple[str, ...]
    spans: tuple[PageSpan, ...]
    group: int  # blocks of one list or table share it
    cells: tuple[Cell, ...]  # of a table row, offsets into the block's own text


@dataclass(frozen=True, kw_only=True, slots=True)
class _Unit:
    """A sentence with its place and its length."""

    kind: SentenceKind
    heading_path: tuple[str, ...]
    spans: tuple[PageSpan, ...]
    group: int
    tokens: int
    opens: bool
    cells: tuple[Cell, ...]  # of a whole table row, offsets into the unit's own text


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with its page and position, while blocks are put together."""

    page: Page
    line: Line
    position: int
    heading_path: tuple[str, ...]


def context_line(title: str, heading_path: Sequence[str]) -> str:
    """What is embedded before a passage's own words: its publication and its headings."""
    return " | ".join(part for part in (title, *heading_path) if part)


def split_passages(
    pages: Sequence[Page],
    *,
    doc_id: str,
    title: str,
    count_tokens: CountTokens,
    window_tokens: int,
    max_tokens: int,
) -> list[Passage]:
    """Cut a document into passages.

    Args:
        pages: the document's pages with roles and headings marked; no passage is made of those
            whose text cannot be trusted.
        doc_id: goes into the passage ids.
        title: of the publication; embedded along with every passage.
        count_tokens: how long the embedding model finds a text, in word pieces.
        window_tokens: what the model reads at once, its two marker tokens left out.
        max_tokens: what a passage's own words may take of it.

    Returns:
        The passages in reading order, a page's footnotes after its body. The context line and the
        text of every passage fit the window together.
    """
    pages = [page for page in pages if page.quality.verdict in PASSAGE_VERDICTS]
    by_number = {page.number: page for page in pages}
    title = fit_title(title, count_tokens, window_tokens)
    passages: list[Passage] = []
    for section in _sections(pages):
        path = fit_heading_path(title, section[0].heading_path, count_tokens, window_tokens)
        context_tokens = count_tokens(context_line(title, path))
        budget = min(max_tokens, window_tokens - context_tokens)
        units = [
            unit for block in section for unit in _units(block, by_number, count_tokens, budget)
        ]
        for packed in _pack(units, budget, window_tokens - context_tokens):
            passage = _passage(packed, by_number, doc_id=doc_id, serial=len(passages), path=path)
            if _LETTER.search(passage.text):
                passages.append(passage)
    return passages


def fit_title(title: str, count_tokens: CountTokens, window_tokens: int) -> str:
    """The first words of a title that is too long to be embedded along; most are kept whole."""
    limit = int(_TITLE_SHARE * window_tokens)
    while count_tokens(title) > limit and title:
        title = title.rpartition(" ")[0]
    return title


def fit_heading_path(
    title: str, path: tuple[str, ...], count_tokens: CountTokens, window_tokens: int
) -> tuple[str, ...]:
    """Drop outer headings, then words of the innermost, until the context leaves room for text."""
    limit = int(_CONTEXT_SHARE * window_tokens)
    while len(path) > 1 and count_tokens(context_line(title, path)) > limit:
        path = path[1:]
    while path and count_tokens(context_line(title, path)) > limit and " " in path[0]:
        path = (path[0].rsplit(" ", 1)[0],)
    return path if count_tokens(context_line(title, path)) <= limit else ()


def _sections(pages: Sequence[Page]) -> Iterator[list[_Block]]:
    """Runs of blocks under one heading path; each page's footnotes as a run of their own."""
    paths = heading_paths(pages)
    flow: list[_Placed] = []
    notes: list[_Placed] = []
    runs: list[list[_Placed]] = []
    for page in pages:
        for position, line in enumerate(page.lines):
            if line.role not in QUOTABLE_ROLES:
                continue
            placed = _Placed(page, line, position, paths[page.number, position])
            if line.role is Role.FOOTNOTE:
                notes.append(placed)
                continue
            if flow and flow[-1].heading_path != placed.heading_path:
                runs.append(flow)
                flow = []
            flow.append(placed)
        if notes:
            runs.append(notes)
            notes = []
    runs.append(flow)
    group = 0
    for run in sorted(
        (run for run in runs if run), key=lambda r: (r[0].page.number, r[0].position)
    ):
        blocks = list(_blocks(run, group))
        group = blocks[-1].group + 1
        yield blocks


def _blocks(run: Sequence[_Placed], first_group: int) -> Iterator[_Block]:
    paragraphs = _paragraphs(run)
    group = first_group - 1
    previous: SentenceKind | None = None
    for number, lines in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        kind = _kind(lines, following)
        if not _joins(previous, kind):
            group += 1
        previous = kind
        yield _Block(
            kind=kind,
            heading_path=lines[0].heading_path,
            spans=_line_spans(lines),
            group=group,
            cells=_cells(lines),
        )


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


def _joins(previous: SentenceKind | None, kind: SentenceKind) -> bool:
    """Whether a block belongs to the list or table that the block before it belongs to."""
    if kind is SentenceKind.LIST_ITEM:
        return previous in (SentenceKind.LIST_ITEM, SentenceKind.LEAD_IN)
    if kind is SentenceKind.TABLE_ROW:
        return previous in (SentenceKind.TABLE_ROW, SentenceKind.TABLE_HEAD)
    return kind is SentenceKind.TABLE_HEAD and previous is SentenceKind.TABLE_HEAD


def _kind(lines: Sequence[_Placed], following: Sequence[_Placed] | None) -> SentenceKind:
    role = lines[0].line.role
    if role in _KINDS:
        return _KINDS[role]
    if following and following[0].line.role is Role.LIST_ITEM:
        last = lines[-1]
        if _LEAD_IN_END.search(last.page.line_text(last.line)):
            return SentenceKind.LEAD_IN
    return SentenceKind.SENTENCE


def _paragraphs(run: Sequence[_Placed]) -> list[list[_Placed]]:
    paragraphs: list[list[_Placed]] = [[run[0]]]
    pitch = _usual_pitch(run)
    width = max(p.line.box.x1 for p in run) - min(p.line.box.x0 for p in run)
    for before, here in pairwise(run):
        if _starts_block(paragraphs[-1], before, here, pitch=pitch, width=width):
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
    return pitches[len(pitches) // 2] if pitches else run[0].line.size


def _starts_block(
    block: Sequence[_Placed], before: _Placed, here: _Placed, *, pitch: float, width: float
) -> bool:
    by_role = _starts_by_role(before, here)
    if by_role is not None:
        return by_role
    text = here.page.line_text(here.line)
    ended = _TERMINAL.search(before.page.line_text(before.line).rstrip()) is not None
    if before.page is not here.page or here.line.box.top < before.line.box.top:  # page or column
        return ended or (text[:1].isupper() and _is_short(before, width))
    if here.line.role is Role.FOOTNOTE:
        return _NOTE_START.match(text) is not None
    gap = (here.line.box.top - before.line.box.top) / pitch
    if not ended and text[:1].islower() and gap <= _WIDE_GAP:
        return False
    if min(before.line.block, here.line.block) >= 0:  # the file says where paragraphs end
        return not _same_block(before, here)
    return gap > _PARAGRAPH_GAP or _is_set_apart(block, before, here, gap, width, ended=ended)


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
        return ended or gap > 1.2 or _is_short(before, width)  # noqa: PLR2004  # line pitches
    indented = here.line.box.x0 - before.line.box.x0 > _INDENT_PT
    indented = indented and before.line.role is Role.BODY
    return ended and (indented or (_is_short(before, width) and gap > 1.15))  # noqa: PLR2004


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


def _units(
    block: _Block, pages: dict[int, Page], count_tokens: CountTokens, budget: int
) -> Iterator[_Unit]:
    whole = Passage(
        passage_id="",
        doc_id="",
        heading_path=block.heading_path,
        text=read_spans(block.spans, pages),
        spans=block.spans,
        sentences=(),
    )
    stretches = (
        [(0, len(whole.text))]
        if block.kind in (SentenceKind.TABLE_ROW, SentenceKind.TABLE_HEAD)
        else sentence_spans(whole.text)
    )
    for start, end in stretches:
        precedes_lead_in = block.kind is SentenceKind.LEAD_IN and end < stretches[-1][1]
        for piece_start, piece_end in _fit(whole.text, start, end, count_tokens, budget):
            yield _Unit(
                kind=SentenceKind.SENTENCE if precedes_lead_in else block.kind,
                heading_path=block.heading_path,
                spans=whole.spans_of(piece_start, piece_end),
                group=block.group,
                tokens=count_tokens(whole.text[piece_start:piece_end]),
                opens=piece_start == stretches[0][0],
                cells=block.cells if (piece_start, piece_end) == (0, len(whole.text)) else (),
            )


def _fit(
    text: str, start: int, end: int, count_tokens: CountTokens, budget: int
) -> Iterator[tuple[int, int]]:
    """Cut a sentence longer than the budget: at punctuation if there is some, else at a space."""
    while count_tokens(text[start:end]) > budget:
        cut = _cut(text, start, end, count_tokens, budget)
        yield start, start + len(text[start:cut].rstrip())
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    yield start, end


def _cut(text: str, start: int, end: int, count_tokens: CountTokens, budget: int) -> int:
    spaces = [start + m.start() for m in re.finditer(r"\s+", text[start:end])]
    fitting = [p for p in spaces if p > start and count_tokens(text[start:p]) <= budget]
    if not fitting:  # one endless word: cut it by length, a word piece is at least one character
        return min(end, start + budget)
    points = {start + m.start() for m in _BREAK_POINT.finditer(text[start:end])}
    late = [p for p in fitting if p in points and p - start > (fitting[-1] - start) // 2]
    return late[-1] if late else fitting[-1]


def _pack(units: Sequence[_Unit], budget: int, limit: int) -> Iterator[list[_Unit]]:
    """Fill passages with whole blocks; with whole items, then sentences, where they do not fit.

    A list or table that is longer than the budget stays whole as long as the window holds it.
    """
    packed: list[_Unit] = []
    for group in _runs(units, lambda before, here: before.group == here.group):
        if packed and _size(packed) + _size(group) > budget:
            yield packed
            packed = []
        if not packed and budget < _size(group) <= limit:
            yield group
            continue
        heads = _heads(group, budget)
        for item in _runs(group, lambda _, here: not here.opens):
            if packed and _size(packed) + _size(item) > budget:
                yield packed
                packed = _under_heads(heads, item[0], limit)
            for unit in item:
                if unit in packed:  # a head that stands there already
                    continue
                if packed and packed != heads and _size(packed) + unit.tokens > budget:
                    yield packed
                    packed = _under_heads(heads, unit, limit)
                packed.append(unit)
    if packed:
        yield packed


def _under_heads(heads: Sequence[_Unit], unit: _Unit, limit: int) -> list[_Unit]:
    """How a passage begins that a table goes on in: with the heads, where they fit."""
    return list(heads) if _size(heads) + unit.tokens <= limit else []


def _heads(group: Sequence[_Unit], budget: int) -> list[_Unit]:
    """The table heads that every passage of a table that is cut begins with."""
    heads = [unit for unit in group if unit.kind is SentenceKind.TABLE_HEAD]
    return heads if _size(heads) <= _HEAD_SHARE * budget else []


def _size(units: Iterable[_Unit]) -> int:
    return sum(unit.tokens for unit in units)


def _runs(units: Sequence[_Unit], belongs: Callable[[_Unit, _Unit], bool]) -> Iterator[list[_Unit]]:
    """Cut a sequence wherever a unit does not belong with the one before it."""
    run: list[_Unit] = []
    for unit in units:
        if run and not belongs(run[-1], unit):
            yield run
            run = []
        run.append(unit)
    if run:
        yield run


@dataclass(slots=True)
class _PassageText:
    """A passage's spans and sentence offsets, while units are appended."""

    pages: dict[int, Page]
    spans: list[PageSpan] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    length: int = 0

    def append(self, unit: _Unit) -> None:
        start: int | None = None
        for span in unit.spans:
            at = self._append_span(span)
            start = at if start is None else start
        if start is not None:
            self.sentences.append(
                Sentence(
                    start_char=start,
                    end_char=self.length,
                    kind=unit.kind,
                    block=unit.group,
                    opens=unit.opens,
                    cells=tuple(
                        Cell(
                            column=cell.column,
                            start_char=start + cell.start_char,
                            end_char=start + cell.end_char,
                        )
                        for cell in unit.cells
                    ),
                )
            )

    def _append_span(self, span: PageSpan) -> int:
        """Add a span, or lengthen the last one when only white space lies between them."""
        last = self.spans[-1] if self.spans else None
        if last and last.page_number == span.page_number and last.end_char <= span.start_char:
            between = self.pages[span.page_number].text[last.end_char : span.start_char]
            if not between.strip():
                self.spans[-1] = PageSpan(
                    page_number=last.page_number, start_char=last.start_char, end_char=span.end_char
                )
                start = self.length + len(between)
                self.length = start + span.end_char - span.start_char
                return start
        start = self.length + 1 if self.spans else 0
        self.spans.append(span)
        self.length = start + span.end_char - span.start_char
        return start


def _passage(
    units: Sequence[_Unit],
    pages: dict[int, Page],
    *,
    doc_id: str,
    serial: int,
    path: tuple[str, ...],
) -> Passage:
    text = _PassageText(pages)
    for unit in units:
        text.append(unit)
    return Passage(
        passage_id=f"{doc_id}#{serial:05d}",
        doc_id=doc_id,
        heading_path=path,
        text=read_spans(text.spans, pages),
        spans=tuple(text.spans),
        sentences=tuple(text.sentences),
    )


def read_spans(spans: Sequence[PageSpan], pages: dict[int, Page]) -> str:
    """The text of some spans, read back from the pages and joined with line breaks."""
    return "\n".join(pages[s.page_number].text[s.start_char : s.end_char] for s in spans)
