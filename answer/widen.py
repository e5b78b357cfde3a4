"""A sentence that answers -> what has to be quoted with it so that it can be understood."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile
from typing import TypeAlias

from answer.leaning import leans_back, qualifies
from answer.nesting import depths, introduces
from answer.settings import AnswerSettings
from ingest.document import HEAD_KINDS, Passage, Sentence, SentenceKind

LIST_KINDS = (SentenceKind.LEAD_IN, SentenceKind.LIST_ITEM)
_MEMBER_KINDS = (SentenceKind.LIST_ITEM, SentenceKind.TABLE_ROW)
_LITTLE_MORE = 1.2  # times the longest list: that is rather quoted than cut or left out
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """A stretch of a passage that answers: `passage.text[start_char:end_char]`."""

    passage: Passage
    start_char: int
    end_char: int
    score: float
    head: tuple[int, int] | None = None  # of the passage's text: what a row or item stands under

    @property
    def words(self) -> str:
        """What is quoted, white space and case folded."""
        return " ".join(self.passage.text[self.start_char : self.end_char].split()).casefold()


_Place: TypeAlias = tuple[Passage, int]  # a passage, and the number of a sentence in it


@dataclass(frozen=True, slots=True)
class _Item:
    """A list item, over passages if it is cut, and how deep it stands in its list."""

    places: tuple[_Place, ...]
    depth: int

    @property
    def introduces(self) -> bool:
        """Whether it leads to items of its own."""
        passage, number = self.places[-1]
        return introduces(sentence_text(passage, passage.sentences[number]))


def widen(
    passage: Passage,
    number: int,
    score: float,
    passages: Sequence[Passage],
    *,
    asks_list: bool,
    settings: AnswerSettings,
) -> list[Selection]:
    """A sentence with what has to be quoted with it so that it can be understood.

    A list is taken whole with its lead-in, the paragraph that ends in that, and a caveat after it;
    a short paragraph whole, with a caveat after it; of a longer one, a sentence that leans on the
    one before it, or is qualified by the one after it, brings that one along. An item of a list too
    long to be quoted has the items under it, and those of the item that introduces it; it and a
    table row know what they stand under. What ends in a colon has what that announces.

    Args:
        passage: in which the sentence stands.
        number: of the sentence in its passage.
        score: how well it answers.
        passages: all of the publication, in order: a list may go on in others.
        asks_list: whether a list is asked for, however long it is.
        settings: how long a paragraph or list may be.

    Returns:
        What is to be quoted together, in order.
    """
    whole = _understood(passage, number, score, passages, asks_list=asks_list, settings=settings)
    return _with_what_it_announces(whole, passages, settings)


def _understood(
    passage: Passage,
    number: int,
    score: float,
    passages: Sequence[Passage],
    *,
    asks_list: bool,
    settings: AnswerSettings,
) -> list[Selection]:
    """A sentence with what stands around it, as `widen` says; what it announces is left out."""
    sentence = passage.sentences[number]
    if sentence.kind in LIST_KINDS:
        whole = _whole_list(score, sentence.block, passages, settings.max_paragraph_chars)
        if asks_list or _length(whole) <= settings.max_list_chars:
            return whole
    if sentence.kind in (SentenceKind.LEAD_IN, SentenceKind.CAPTION):  # says nothing by itself
        limit = settings.max_list_chars
        return _whole(score, sentence.block, passages, max_chars=limit)
    if sentence.kind is SentenceKind.SENTENCE:
        return _of_paragraph(passage, number, score, passages, settings)
    if sentence.kind is SentenceKind.LIST_ITEM:
        whole = _item_with_its_own((passage, number), score, passages, settings.max_list_chars)
        return [under_its_head(whole[0], passages), *whole[1:]]
    is_row = sentence.kind is SentenceKind.TABLE_ROW
    first, last = _whole_row(passage, number) if is_row else (number, number)
    return [under_its_head(_selection(passage, first, last, score), passages)]


def _of_paragraph(
    passage: Passage,
    number: int,
    score: float,
    passages: Sequence[Passage],
    settings: AnswerSettings,
) -> list[Selection]:
    """A sentence of running text with its paragraph or neighbours, and a short list after it."""
    first, last = _with_neighbours(passage, number, settings.max_paragraph_chars)
    block = passage.sentences[number].block
    if _ends_in_list(passage, block):
        whole = _whole_list(score, block, passages, settings.max_paragraph_chars)
        if _length(whole) <= _LITTLE_MORE * settings.max_paragraph_chars:
            return whole
    selection = _selection(passage, first, last, score)
    whole = [selection]
    if leans_back(sentence_text(passage, passage.sentences[first])):
        whole = _after_what_it_leans_on(selection, first, passages, settings.max_list_chars)
    return _with_what_qualifies(whole, passages)


def under_its_head(selection: Selection, passages: Sequence[Passage]) -> Selection:
    """A stretch that begins within a list or table, with what it stands under.

    Without it where it stands under an item that is not quoted: what the whole list stands under
    ("Grants pay for:") could then turn it ("travel, except for:").

    Args:
        selection: a stretch that begins with a sentence of its passage.
        passages: all of the publication, in order.
    """
    passage = selection.passage
    starts = [sentence.start_char for sentence in passage.sentences]
    number = starts.index(selection.start_char)
    head = head_of(passage, number)
    if head is None:  # most have none, and need no look through the publication
        return selection
    items = _items(passage.sentences[number].block, passages)
    at = next((n for n, item in enumerate(items) if (passage, number) in item.places), None)
    nested = at is not None and len(_introduced_by(items, at)) > 1
    return selection if nested else replace(selection, head=head)


def _ends_in_list(passage: Passage, block: int) -> bool:
    """Whether a paragraph ends in the lead-in of a list."""
    return any(s.kind is SentenceKind.LEAD_IN and s.block == block for s in passage.sentences)


def _whole_list(
    score: float, block: int, passages: Sequence[Passage], max_paragraph: int
) -> list[Selection]:
    """A list, and what is said before and after it that may turn it.

    That is the paragraph that ends in its lead-in, where it has no more than `max_paragraph`
    characters, and a sentence right after it that qualifies it.
    """
    own = [each for each in passages if any(s.block == block for s in each.sentences)]
    bare = _whole(score, block, own)
    kinds = (SentenceKind.SENTENCE, *HEAD_KINDS, *_MEMBER_KINDS)
    led_in = _whole(score, block, own, kinds=kinds)
    whole = led_in if _length(led_in) - _length(bare) <= max_paragraph else bare
    return _with_what_qualifies(whole, passages)


def _with_what_qualifies(
    whole: Sequence[Selection], passages: Sequence[Passage]
) -> list[Selection]:
    """A quotation with the sentence right after it under its heading, where that is a caveat."""
    last = whole[-1]
    place = passages.index(last.passage)
    following = (
        (passage, number)
        for passage in passages[place : place + 2]
        if passage.heading_path == last.passage.heading_path
        for number, sentence in enumerate(passage.sentences)
        if passage is not last.passage or sentence.start_char >= last.end_char
    )
    passage, number = next(following, (last.passage, None))
    if number is None:
        return list(whole)
    sentence = passage.sentences[number]
    caveat = qualifies(sentence_text(passage, sentence))
    if sentence.kind is not SentenceKind.SENTENCE or not caveat:
        return list(whole)
    if passage is last.passage:
        return [*whole[:-1], replace(last, end_char=sentence.end_char)]
    return [*whole, _selection(passage, number, number, last.score)]


def _whole(
    score: float,
    block: int,
    passages: Sequence[Passage],
    *,
    kinds: Sequence[SentenceKind] = (*HEAD_KINDS, *_MEMBER_KINDS),
    max_chars: float = math.inf,
) -> list[Selection]:
    """All of a list or table, in order; of a longer one than `max_chars` its first passages.

    What its parts stand under is repeated in its passages: once is enough. A lead-in that leans on
    the sentence before it ("It holds:") brings that along.
    """
    chosen: list[Selection] = []
    heads: set[str] = set()
    for passage in passages:
        members = [
            (number, sentence)
            for number, sentence in enumerate(passage.sentences)
            if sentence.block == block
            and sentence.kind in kinds
            and not (sentence.kind in HEAD_KINDS and sentence_text(passage, sentence) in heads)
        ]
        if not members:
            continue
        first = members[0][0] if chosen else _leaning_start(passage, members[0][0])
        piece = _selection(passage, first, members[-1][0], score)
        if chosen and _length([*chosen, piece]) > max_chars:
            break
        chosen.append(piece)
        heads |= {sentence_text(passage, s) for _, s in members if s.kind in HEAD_KINDS}
    return chosen


def _leaning_start(passage: Passage, first: int) -> int:
    """The first sentence of a list that is to be quoted, or the one before that it leans on."""
    leans = leans_back(sentence_text(passage, passage.sentences[first]))
    before = passage.sentences[first - 1].kind if first else None
    return first - 1 if leans and before is SentenceKind.SENTENCE else first


def _length(selections: Iterable[Selection]) -> int:
    """Characters of all that is quoted."""
    return sum(selection.end_char - selection.start_char for selection in selections)


def head_of(passage: Passage, number: int) -> tuple[int, int] | None:
    """Where in a passage's text that stands which a list item or a table row stands under.

    That is the list's lead-in, the table's caption and column heads.
    """
    member = passage.sentences[number]
    if member.kind not in _MEMBER_KINDS:
        return None
    heads = [
        sentence
        for sentence in passage.sentences[:number]
        if sentence.kind in HEAD_KINDS and sentence.block == member.block
    ]
    return (heads[0].start_char, heads[-1].end_char) if heads else None


def _with_neighbours(passage: Passage, number: int, max_chars: int) -> tuple[int, int]:
    """The paragraph of a sentence where it is short, else the neighbours that it cannot do without.

    A sentence alone loses its condition, its example or its "not"; a short paragraph is the
    writer's own unit.
    """
    sentences = passage.sentences
    first = last = number
    while first > 0 and _same_paragraph(sentences[first - 1], sentences[number]):
        first -= 1
    while last + 1 < len(sentences) and _same_paragraph(sentences[last + 1], sentences[number]):
        last += 1
    if sentences[last].end_char - sentences[first].start_char <= max_chars:
        return first, last
    start, end = number, number
    if number > first and leans_back(sentence_text(passage, sentences[number])):
        start = number - 1
    if number < last and qualifies(sentence_text(passage, sentences[number + 1])):
        end = number + 1
    return start, end


def _after_what_it_leans_on(
    selection: Selection, first: int, passages: Sequence[Passage], max_chars: int
) -> list[Selection]:
    """A quotation with what its first words point at ("All three count."), where there is room.

    That is the list or the paragraph right before it under the same heading.

    Args:
        selection: of sentences.
        first: the number of the first of them in its passage.
        passages: of the publication, in order: what is pointed at may stand in another one.
        max_chars: of both together.
    """
    passage, place = selection.passage, passages.index(selection.passage)
    if first == 0 and place and passages[place - 1].heading_path == passage.heading_path:
        passage, first = passages[place - 1], len(passages[place - 1].sentences)
    if first == 0:
        return [selection]
    last = passage.sentences[first - 1]
    if last.kind in LIST_KINDS:
        above = _whole(selection.score, last.block, passages)
    elif last.kind is SentenceKind.SENTENCE:
        numbers = [n for n, s in enumerate(passage.sentences[:first]) if s.block == last.block]
        above = [_selection(passage, numbers[0], first - 1, selection.score)]
    else:
        return [selection]
    if _length([*above, selection]) > max_chars:
        return [selection]
    if above[-1].passage is selection.passage:
        return [*above[:-1], replace(above[-1], end_char=selection.end_char)]
    return [*above, selection]


def _same_paragraph(one: Sentence, other: Sentence) -> bool:
    return one.block == other.block and one.kind is SentenceKind.SENTENCE


def _whole_row(passage: Passage, number: int) -> tuple[int, int]:
    """The first and last sentence of the table row that holds a sentence."""
    sentences = passage.sentences
    block = sentences[number].block
    rows = [n for n, s in enumerate(sentences) if s.block == block and s.kind in _MEMBER_KINDS]
    before = [n for n in rows if n <= number]
    first = next((n for n in reversed(before) if sentences[n].opens), before[0])
    last = next((n for n in rows if n > number and sentences[n].opens), rows[-1] + 1) - 1
    return first, last


# Items under items


def _item_with_its_own(
    place: _Place, score: float, passages: Sequence[Passage], max_chars: int
) -> list[Selection]:
    """A list item with the items under it; or with all that an item introduces, or a plain list.

    Of more than `max_chars` as many as there is room for, from the outermost that introduces it;
    without room for any, what its own passage holds of it and of what introduces it.
    """
    passage, number = place
    items = _items(passage.sentences[number].block, passages)
    at = next(n for n, item in enumerate(items) if place in item.places)
    chain = _introduced_by(items, at)
    plain = _plain_list(items, at) if chain == [at] else []
    if plain and _length(whole := _stretch(plain, score)) <= _LITTLE_MORE * max_chars:
        return whole
    for start in chain:
        end = _end_of(items, start)
        for stop in range(end, at, -1):
            whole = _stretch(items[start:stop], score)
            room = max_chars * (_LITTLE_MORE if stop == end else 1)
            cut_open = at < stop - 1 and stop < end and items[stop - 1].introduces
            if _length(whole) <= room and not cut_open:
                return whole
    above = chain[-2:][0]
    is_near = items[above].places[0][0] is passage
    shown = items[above if is_near else at : at + 1]
    own = [each for item in shown for each in item.places if each[0] is passage]
    return _pieces(own, score)


def _items(block: int, passages: Sequence[Passage]) -> list[_Item]:
    """The items of a list, over all the passages that it runs through."""
    own: list[list[_Place]] = []
    for passage in passages:
        for number, sentence in enumerate(passage.sentences):
            if sentence.block != block or sentence.kind is not SentenceKind.LIST_ITEM:
                continue
            if sentence.opens or not own:
                own.append([])
            own[-1].append((passage, number))
    texts = [" ".join(sentence_text(p, p.sentences[n]) for p, n in places) for places in own]
    return [_Item(tuple(places), depth) for places, depth in zip(own, depths(texts), strict=True)]


def _end_of(items: Sequence[_Item], start: int) -> int:
    """The number of the first item after one that does not stand under it."""
    rest = range(start + 1, len(items))
    return next((n for n in rest if items[n].depth <= items[start].depth), len(items))


def _above(items: Sequence[_Item], at: int) -> int | None:
    """The item that one stands under."""
    return next((n for n in range(at - 1, -1, -1) if items[n].depth < items[at].depth), None)


def _plain_list(items: Sequence[_Item], at: int) -> Sequence[_Item]:
    """What the first item of a plain list stands under, and the list; nothing of other items.

    Who looks for the list finds that item first. A later one is found for its own sake.
    """
    above = _above(items, at)
    if above is None or above != at - 1:
        return []
    own = items[above : _end_of(items, above)]
    return own if all(item.depth == items[at].depth for item in own[1:]) else []


def _introduced_by(items: Sequence[_Item], at: int) -> list[int]:
    """An item after those that introduce it, the outermost first."""
    chain = [at]
    while (above := _above(items, chain[0])) is not None and items[above].introduces:
        chain.insert(0, above)
    return chain


def _stretch(items: Iterable[_Item], score: float) -> list[Selection]:
    """Some items that follow one another, in a piece for each passage."""
    return _pieces((place for item in items for place in item.places), score)


def _pieces(places: Iterable[_Place], score: float) -> list[Selection]:
    """Sentences that follow one another, in a piece for each passage."""
    pieces = []
    for _, group in groupby(places, key=lambda place: place[0].passage_id):
        own = list(group)
        pieces.append(_selection(own[0][0], own[0][1], own[-1][1], score))
    return pieces


# What a colon announces


def _with_what_it_announces(
    whole: Sequence[Selection], passages: Sequence[Passage], settings: AnswerSettings
) -> list[Selection]:
    """A quotation that ends in a colon with what follows it under its heading, if that is short.

    That is a paragraph, a list or a table; of lines that do not end as sentences do (an address)
    all that follow one another.
    """
    last = whole[-1]
    if not introduces(last.passage.text[last.start_char : last.end_char]):
        return list(whole)
    blocks = [list(own) for _, own in groupby(_after(last, passages), key=_block_of)]
    announced = blocks[0] if blocks else []
    for before, here in pairwise(blocks):
        if not (_is_bare_line(before) and _is_bare_line(here)):
            break
        announced = [*announced, *here]
    kinds = {passage.sentences[number].kind for passage, number in announced}
    pieces = _pieces(announced, last.score)
    is_text = kinds <= {SentenceKind.SENTENCE}
    room = settings.max_paragraph_chars if is_text else settings.max_list_chars - _length(whole)
    if not pieces or SentenceKind.FOOTNOTE in kinds or _length(pieces) > room:
        return list(whole)
    if pieces[0].passage is last.passage:
        return [*whole[:-1], replace(last, end_char=pieces[0].end_char), *pieces[1:]]
    return [*whole, *pieces]


def _after(last: Selection, passages: Sequence[Passage]) -> Iterator[_Place]:
    """The sentences after a stretch under its heading; heads that are repeated are left out."""
    path, heads = last.passage.heading_path, set[str]()
    for passage in takewhile(
        lambda p: p.heading_path == path, passages[passages.index(last.passage) :]
    ):
        for number, sentence in enumerate(passage.sentences):
            text = sentence_text(passage, sentence)
            is_after = passage is not last.passage or sentence.start_char >= last.end_char
            if is_after and text not in heads:
                yield passage, number
            if sentence.kind in HEAD_KINDS:
                heads.add(text)


def _block_of(place: _Place) -> int:
    passage, number = place
    return passage.sentences[number].block


def _is_bare_line(block: Sequence[_Place]) -> bool:
    """Whether a paragraph is a line of an address or of a plain list: no sentence ends in it."""
    (passage, number), *more = block
    sentence = passage.sentences[number]
    is_text = sentence.kind is SentenceKind.SENTENCE and not more
    return is_text and not _ENDED.search(sentence_text(passage, sentence).rstrip())


def _selection(passage: Passage, first: int, last: int, score: float) -> Selection:
    return Selection(
        passage=passage,
        start_char=passage.sentences[first].start_char,
        end_char=passage.sentences[last].end_char,
        score=score,
    )


def sentence_text(passage: Passage, sentence: Sentence) -> str:
    """The characters of one of a passage's sentences."""
    return passage.text[sentence.start_char : sentence.end_char]
