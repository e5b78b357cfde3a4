"""A sentence that answers -> what has to be quoted with it so that it can be understood."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from answer.leaning import leans_back, qualifies
from answer.settings import AnswerSettings
from ingest.document import HEAD_KINDS, Passage, Sentence, SentenceKind

LIST_KINDS = (SentenceKind.LEAD_IN, SentenceKind.LIST_ITEM)
_MEMBER_KINDS = (SentenceKind.LIST_ITEM, SentenceKind.TABLE_ROW)


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
    long to be quoted, and a table row, know what they stand under.

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
    sentence = passage.sentences[number]
    if sentence.kind in LIST_KINDS:
        whole = _whole_list(score, sentence.block, passages, settings.max_paragraph_chars)
        if asks_list or _length(whole) <= settings.max_list_chars:
            return whole
    if sentence.kind in (SentenceKind.LEAD_IN, SentenceKind.CAPTION):  # says nothing by itself
        limit = settings.max_list_chars
        return _whole(score, sentence.block, passages, max_chars=limit)
    first = last = number
    if sentence.kind in _MEMBER_KINDS:
        first, last = _whole_item(passage, number)
    elif sentence.kind is SentenceKind.SENTENCE:
        first, last = _with_neighbours(passage, number, settings.max_paragraph_chars)
        if _ends_in_list(passage, sentence.block):
            whole = _whole_list(score, sentence.block, passages, settings.max_paragraph_chars)
            if _length(whole) <= settings.max_paragraph_chars:
                return whole
    selection = _selection(passage, first, last, score)
    if sentence.kind is not SentenceKind.SENTENCE:
        return [under_its_head(selection, passages)]
    whole = [selection]
    if leans_back(sentence_text(passage, passage.sentences[first])):
        whole = _after_what_it_leans_on(selection, first, passages, settings.max_list_chars)
    return _with_what_qualifies(whole, passages)


def under_its_head(selection: Selection, passages: Sequence[Passage]) -> Selection:
    """A stretch that begins within a list or table, with what it stands under.

    Without it where it may stand under an item of a passage before its own: what the whole list
    stands under ("Grants pay for:") could then turn it ("travel, except for:").

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
    block = passage.sentences[number].block
    nested = any(
        _opens_list(earlier, sentence)
        for earlier in passages[: passages.index(passage)]
        for sentence in earlier.sentences
        if sentence.block == block
    )
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


def _whole_item(passage: Passage, number: int) -> tuple[int, int]:
    """The first and last sentence of the list item or table row that holds a sentence.

    Of an item in a list under another item ("travel, except for:") that one comes first.
    """
    sentences = passage.sentences
    block = sentences[number].block
    members = [n for n, s in enumerate(sentences) if s.block == block and s.kind in _MEMBER_KINDS]
    before = [n for n in members if n <= number]
    first = next((n for n in reversed(before) if sentences[n].opens), before[0])
    last = next((n for n in members if n > number and sentences[n].opens), members[-1] + 1) - 1
    above = [n for n in before if n < first and _opens_list(passage, sentences[n])]
    outer = [n for n in before if above and n <= above[-1] and sentences[n].opens]
    return (outer or [first])[-1], last


def _opens_list(passage: Passage, item: Sentence) -> bool:
    """Whether an item introduces items of its own."""
    is_item = item.kind is SentenceKind.LIST_ITEM
    return is_item and sentence_text(passage, item).rstrip().endswith(":")


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
