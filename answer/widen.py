"""A sentence that answers -> what has to be quoted with it so that it can be understood."""

from collections.abc import Sequence
from dataclasses import replace

from answer.caveat import with_its_caveat
from answer.items import item_with_its_own, under_its_head
from answer.leaning import leans_back, qualifies
from answer.lists import members_of, whole_list
from answer.selection import (
    LIST_KINDS,
    LITTLE_MORE,
    MEMBER_KINDS,
    Selection,
    length,
    sentence_text,
    stretch,
)
from answer.settings import AnswerSettings
from ingest.document import Passage, Sentence, SentenceKind


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
    table row know what they stand under.

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
        whole = whole_list(score, sentence.block, passages, settings.max_paragraph_chars)
        if asks_list or length(whole) <= settings.max_list_chars:
            return whole
    if sentence.kind in (SentenceKind.LEAD_IN, SentenceKind.CAPTION):  # says nothing by itself
        limit = settings.max_list_chars
        return members_of(score, sentence.block, passages, max_chars=limit)
    if sentence.kind is SentenceKind.SENTENCE:
        return _of_paragraph(passage, number, score, passages, settings)
    if sentence.kind is SentenceKind.LIST_ITEM:
        whole = item_with_its_own((passage, number), score, passages, settings.max_list_chars)
        return [under_its_head(whole[0], passages), *whole[1:]]
    is_row = sentence.kind is SentenceKind.TABLE_ROW
    first, last = _whole_row(passage, number) if is_row else (number, number)
    return [under_its_head(stretch(passage, first, last, score), passages)]


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
        whole = whole_list(score, block, passages, settings.max_paragraph_chars)
        if length(whole) <= LITTLE_MORE * settings.max_paragraph_chars:
            return whole
    selection = stretch(passage, first, last, score)
    whole = [selection]
    if leans_back(sentence_text(passage, passage.sentences[first])):
        whole = _after_what_it_leans_on(selection, first, passages, settings.max_list_chars)
    return with_its_caveat(whole, passages)


def _ends_in_list(passage: Passage, block: int) -> bool:
    """Whether a paragraph ends in the lead-in of a list."""
    return any(s.kind is SentenceKind.LEAD_IN and s.block == block for s in passage.sentences)


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
        above = members_of(selection.score, last.block, passages)
    elif last.kind is SentenceKind.SENTENCE:
        numbers = [n for n, s in enumerate(passage.sentences[:first]) if s.block == last.block]
        above = [stretch(passage, numbers[0], first - 1, selection.score)]
    else:
        return [selection]
    if length([*above, selection]) > max_chars:
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
    rows = [n for n, s in enumerate(sentences) if s.block == block and s.kind in MEMBER_KINDS]
    before = [n for n in rows if n <= number]
    first = next((n for n in reversed(before) if sentences[n].opens), before[0])
    last = next((n for n in rows if n > number and sentences[n].opens), rows[-1] + 1) - 1
    return first, last
