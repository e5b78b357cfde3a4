"""Lists and tables as a whole: over passages, with what leads to them."""

import math
from collections.abc import Sequence

from answer.caveat import with_its_caveat
from answer.leaning import leans_back
from answer.selection import MEMBER_KINDS, Selection, length, sentence_text, stretch
from ingest.document import HEAD_KINDS, Passage, SentenceKind


def whole_list(
    score: float, block: int, passages: Sequence[Passage], max_paragraph: int
) -> list[Selection]:
    """A list, and what is said before and after it that may turn it.

    That is the paragraph that ends in its lead-in, where it has no more than `max_paragraph`
    characters, and a sentence right after it that qualifies it.
    """
    own = [each for each in passages if any(s.block == block for s in each.sentences)]
    bare = members_of(score, block, own)
    kinds = (SentenceKind.SENTENCE, *HEAD_KINDS, *MEMBER_KINDS)
    led_in = members_of(score, block, own, kinds=kinds)
    whole = led_in if length(led_in) - length(bare) <= max_paragraph else bare
    return with_its_caveat(whole, passages)


def members_of(
    score: float,
    block: int,
    passages: Sequence[Passage],
    *,
    kinds: Sequence[SentenceKind] = (*HEAD_KINDS, *MEMBER_KINDS),
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
        piece = stretch(passage, first, members[-1][0], score)
        if chosen and length([*chosen, piece]) > max_chars:
            break
        chosen.append(piece)
        heads |= {sentence_text(passage, s) for _, s in members if s.kind in HEAD_KINDS}
    return chosen


def _leaning_start(passage: Passage, first: int) -> int:
    """The first sentence of a list that is to be quoted, or the one before that it leans on."""
    leans = leans_back(sentence_text(passage, passage.sentences[first]))
    before = passage.sentences[first - 1].kind if first else None
    return first - 1 if leans and before is SentenceKind.SENTENCE else first
