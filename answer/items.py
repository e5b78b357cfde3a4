"""One item of a list or row of a table: what stands under it, and what it stands under."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from answer.nesting import depths, introduces
from answer.selection import (
    LITTLE_MORE,
    MEMBER_KINDS,
    Place,
    Selection,
    in_pieces,
    length,
    sentence_text,
)
from ingest.document import Passage, SentenceKind
from ingest.heads import heads_over

_TOTAL = re.compile(r"\W*(?:(?:grand|sub)[\s-]?)?totals?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Item:
    """A list item, over passages if it is cut, and how deep it stands in its list."""

    places: tuple[Place, ...]
    depth: int

    @property
    def introduces(self) -> bool:
        """Whether it leads to items of its own."""
        passage, number = self.places[-1]
        return introduces(sentence_text(passage, passage.sentences[number]))


def item_with_its_own(
    place: Place, score: float, passages: Sequence[Passage], max_chars: int
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
    if plain and length(whole := _of_items(plain, score)) <= LITTLE_MORE * max_chars:
        return whole
    for start in chain:
        end = _end_of(items, start)
        for stop in range(end, at, -1):
            whole = _of_items(items[start:stop], score)
            room = max_chars * (LITTLE_MORE if stop == end else 1)
            cut_open = at < stop - 1 and stop < end and items[stop - 1].introduces
            if length(whole) <= room and not cut_open:
                return whole
    above = chain[-2:][0]
    is_near = items[above].places[0][0] is passage
    shown = items[above if is_near else at : at + 1]
    own = [each for item in shown for each in item.places if each[0] is passage]
    return in_pieces(own, score)


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
    heads = heads_of(passage, number)
    if not heads:  # most have none, and need no look through the publication
        return selection
    items = _items(passage.sentences[number].block, passages)
    at = next((n for n, item in enumerate(items) if (passage, number) in item.places), None)
    nested = at is not None and len(_introduced_by(items, at)) > 1
    return selection if nested else replace(selection, heads=heads)


def heads_of(passage: Passage, number: int) -> tuple[tuple[int, int], ...]:
    """Where in a passage's text that stands which a list item or a table row stands under.

    That is the list's lead-in; the table's caption, column heads and section. A total may be that
    of the whole table, and has no section.

    Returns:
        (start, end) of each stretch of it, in order; what stands together is one stretch.
    """
    member = passage.sentences[number]
    if member.kind not in MEMBER_KINDS:
        return ()
    own = [n for n, s in enumerate(passage.sentences[: number + 1]) if s.block == member.block]
    kinds = [passage.sentences[n].kind for n in own]
    above = [own[n] for n in heads_over(kinds, len(own) - 1)]
    if _TOTAL.match(sentence_text(passage, member)):
        above = [n for n in above if passage.sentences[n].kind is not SentenceKind.TABLE_SECTION]
    together = groupby(enumerate(above), key=lambda place: place[1] - place[0])
    stretches = [[passage.sentences[n] for _, n in run] for _, run in together]
    return tuple((each[0].start_char, each[-1].end_char) for each in stretches)


def _items(block: int, passages: Sequence[Passage]) -> list[_Item]:
    """The items of a list, over all the passages that it runs through."""
    own: list[list[Place]] = []
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


def _of_items(items: Iterable[_Item], score: float) -> list[Selection]:
    """Some items that follow one another, in a piece for each passage."""
    return in_pieces((place for item in items for place in item.places), score)
