"""Contrast items -> what the network sees: a question, a text that answers, two that tempt.

A quotation may be a line, a few, or a paragraph, so each is shown. All three texts of a question
are of the same extent, but that of the answer's neighbours lacks the answer itself: how long a text
is should tell as little as can be.
"""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.terms import terms
from reader.reader import in_context
from training.altered import altered, proper_names
from training.contrast import ContrastItem, ContrastQuestion

_EXTENTS = (0, 1, 9)  # lines before and after those that answer: none, one, all there are
_EXTENT_SHARES = (0.4, 0.35, 0.25)
_ALTERED = 0.5  # share of the second tempting texts that are the answer itself, of something else


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A question with the texts that it is read with, each in its context."""

    question: str
    answers: str
    tempts: tuple[str, str]  # one from the other version, one that is the answer's neighbour


def shown(items: Sequence[ContrastItem], order: random.Random) -> list[Shown]:
    """Every question of the items once, in the order of the items.

    Args:
        items: with questions.
        order: what chooses the extents of the texts.
    """
    names = proper_names(text for item in items for text in _texts(item))
    return [_shown(item, question, names, order) for item in items for question in item.questions]


def _shown(
    item: ContrastItem, question: ContrastQuestion, names: Sequence[str], order: random.Random
) -> Shown:
    (around,) = order.choices(_EXTENTS, _EXTENT_SHARES)
    own = item.versions[question.answered_by]
    other = item.versions["B" if question.answered_by == "A" else "A"]
    sought = " ".join([question.words, *(own[line] for line in question.lines)])

    def in_item(lines: Sequence[str]) -> str:
        return in_context(item.title, [item.heading], " ".join(lines))

    answers = in_item(_stretch(own, question.lines, around))
    changed = altered(question.words, answers, names, order)
    if changed is None or order.random() >= _ALTERED:
        beside = [line for number, line in enumerate(own) if number not in question.lines]
        changed = in_item(_nearest(beside, sought, around)) if beside else changed
    tempting = in_item(_nearest(other, sought, around))
    return Shown(question=question.words, answers=answers, tempts=(tempting, changed or tempting))


def _nearest(lines: Sequence[str], sought: str, around: int) -> Sequence[str]:
    """The line that shares most terms with what is sought, and those around it."""
    wanted = set(terms(sought))
    shared = [len(wanted & set(terms(line))) for line in lines]
    return _stretch(lines, [shared.index(max(shared))], around)


def _stretch(lines: Sequence[str], numbers: Collection[int], around: int) -> Sequence[str]:
    return lines[max(0, min(numbers) - around) : max(numbers) + around + 1]


def _texts(item: ContrastItem) -> list[str]:
    return [item.title, item.heading, *(line for lines in item.versions.values() for line in lines)]
