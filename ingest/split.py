"""Pages -> Passages: stretches of whole sentences under one heading that fit the model's window."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.blocks import Block, sections
from ingest.document import (
    PASSAGE_VERDICTS,
    TABLE_KINDS,
    Cell,
    Page,
    PageSpan,
    Passage,
    Sentence,
    SentenceKind,
)
from ingest.heads import heads_over
from ingest.sentences import sentence_spans

CountTokens = Callable[[str], int]  # word pieces of a text, the model's marker tokens left out

_HEAD_SHARE = 0.4  # of a passage at most goes to what is repeated of a list or table
_TITLE_SHARE = 0.2  # of the window at most goes to the title,
_CONTEXT_SHARE = 0.3  # of the window at most goes to title and headings
_LETTER = re.compile(r"[^\W\d_]")
_BREAK_POINT = re.compile(r"(?<=[;,:])\s+|\s+(?=[(–—])")


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
        max_tokens: what a passage's own words may take of it; at least 1.

    Returns:
        The passages in reading order, a page's footnotes after its body. The context line and the
        text of every passage fit the window together.
    """
    pages = [page for page in pages if page.quality.verdict in PASSAGE_VERDICTS]
    by_number = {page.number: page for page in pages}
    title = fit_title(title, count_tokens, window_tokens)
    passages: list[Passage] = []
    for section in sections(pages):
        path = fit_heading_path(title, section[0].heading_path, count_tokens, window_tokens)
        context_tokens = count_tokens(context_line(title, path))
        budget = min(max_tokens, window_tokens - context_tokens)
        units = [
            unit for block in section for unit in _units(block, by_number, count_tokens, budget)
        ]
        for stretch in _runs(units, _stands_before):
            for packed in _pack(stretch, budget, window_tokens - context_tokens):
                serial = len(passages)
                passage = _passage(packed, by_number, doc_id=doc_id, serial=serial, path=path)
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


def _units(
    block: Block, pages: dict[int, Page], count_tokens: CountTokens, budget: int
) -> Iterator[_Unit]:
    whole = Passage(
        passage_id="",
        doc_id="",
        heading_path=block.heading_path,
        text=read_spans(block.spans, pages),
        spans=block.spans,
        sentences=(),
    )
    stretches = [(0, len(whole.text))] if block.kind in TABLE_KINDS else sentence_spans(whole.text)
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

    A list or table that is longer than the budget stays whole as long as the window holds it. Of
    one that is cut, what its parts stand under begins each of its passages, where it fits.
    """
    packed: list[_Unit] = []
    for group in _runs(units, lambda before, here: before.group == here.group):
        if packed and _size(packed) + _size(group) > budget:
            yield packed
            packed = []
        if not packed and budget < _size(group) <= limit:
            yield group
            continue
        begun: list[_Unit] = []
        for item in _runs(group, lambda _, here: not here.opens):
            if packed and _size(packed) + _size(item) > budget:
                begun = _heads(group, item[0], budget, limit)
                yield from _ended(packed, begun)
                packed = list(begun)
            for unit in item:
                if packed and packed != begun and _size(packed) + unit.tokens > budget:
                    begun = _heads(group, unit, budget, limit)
                    yield from _ended(packed, begun)
                    packed = list(begun)
                packed.append(unit)
    if packed:
        yield packed


def _ended(packed: Sequence[_Unit], begun: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    """A passage that ends where a list or table goes on.

    Not with what the next one begins with: heads stand where something stands under them.
    """
    last = len(packed)
    while last and any(packed[last - 1] is head for head in begun):
        last -= 1
    if last:
        yield list(packed[:last])


def _heads(group: Sequence[_Unit], unit: _Unit, budget: int, limit: int) -> list[_Unit]:
    """How a passage begins that a list or table goes on in: with what a part of it stands under.

    That is a list's lead-in, a table's caption, column heads and section; without the caption where
    all of it is too long to be repeated, and nothing where even that does not fit.
    """
    number = next(n for n, each in enumerate(group) if each is unit)
    heads = [group[n] for n in heads_over([each.kind for each in group], number)]
    columns = [each for each in heads if each.kind is not SentenceKind.CAPTION]
    return next(
        (
            each
            for each in (heads, columns)
            if _size(each) <= _HEAD_SHARE * budget and _size(each) + unit.tokens <= limit
        ),
        [],
    )


def _stands_before(one: _Unit, other: _Unit) -> bool:
    """Whether a unit stands before another; not what interrupts a sentence, which is read later."""
    last, first = one.spans[-1], other.spans[0]
    return (last.page_number, last.end_char) <= (first.page_number, first.start_char)


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
