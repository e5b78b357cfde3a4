"""A stretch of a passage that is to be quoted."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from ingest.document import Passage, Sentence, SentenceKind

LIST_KINDS = (SentenceKind.LEAD_IN, SentenceKind.LIST_ITEM)
MEMBER_KINDS = (SentenceKind.LIST_ITEM, SentenceKind.TABLE_ROW)
LITTLE_MORE = 1.2  # times the longest list: that is rather quoted than cut or left out
Place: TypeAlias = tuple[Passage, int]  # a passage, and the number of a sentence in it


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """A stretch of a passage that answers: `passage.text[start_char:end_char]`."""

    passage: Passage
    start_char: int
    end_char: int
    score: float
    heads: tuple[
        tuple[int, int], ...
    ] = ()  # of the passage's text: what a row or item stands under

    @property
    def words(self) -> str:
        """What is quoted, white space and case folded."""
        return " ".join(self.passage.text[self.start_char : self.end_char].split()).casefold()


def stretch(passage: Passage, first: int, last: int, score: float) -> Selection:
    """The sentences of a passage from one number to another, both included."""
    return Selection(
        passage=passage,
        start_char=passage.sentences[first].start_char,
        end_char=passage.sentences[last].end_char,
        score=score,
    )


def in_pieces(places: Iterable[Place], score: float) -> list[Selection]:
    """Sentences that follow one another, in a piece for each passage."""
    pieces = []
    for _, group in groupby(places, key=lambda place: place[0].passage_id):
        own = list(group)
        pieces.append(stretch(own[0][0], own[0][1], own[-1][1], score))
    return pieces


def length(selections: Iterable[Selection]) -> int:
    """Characters of all that is quoted."""
    return sum(selection.end_char - selection.start_char for selection in selections)


def sentence_text(passage: Passage, sentence: Sentence) -> str:
    """The characters of one of a passage's sentences."""
    return passage.text[sentence.start_char : sentence.end_char]
