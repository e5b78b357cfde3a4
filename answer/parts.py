"""A question that asks several things -> each of them as a question that stands alone."""

import re
from dataclasses import dataclass

from answer.question import leans_on_history
from index.terms import terms

_WH = r"(?:who|whom|whose|what|when|where|why|how|which)\b"
_VERB = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|must|should|may|might|will|would)\b"
_ASKS = rf"(?:(?:by|since|until|for|to|from|with|at|in|on)\s+(?={_WH}))?(?:{_WH}|{_VERB})"
# Where a question begins: at the start, or after what it is asked of ("In the 2017 notice, …").
_BEGINS = re.compile(rf"(?:^|[.:,;!]\s+)(?={_ASKS})", re.IGNORECASE)
# Where the next one begins: after the end of one, after an "and", and of three after a comma.
_JOINT = re.compile(
    rf"\?+\s+(?:and\s+|also,?\s+)?(?={_ASKS})"
    rf"|[,;]?\s+and\s+(?:also\s+|roughly\s+|about\s+)?(?={_ASKS})"
    rf"|,\s+(?={_WH}.*\band\s+{_ASKS})",
    re.IGNORECASE,
)
# "… who is hurt and how they heal" asks one thing: a question that is asked outright has its verb
# before whom it speaks of.
_TOLD = re.compile(
    r"^(?:how|when|where|why|what)\s+(?:the|an?|they|it|he|she|we|you|i|this|that|these|those|"
    r"their|its|our|your|each|people)\b",
    re.IGNORECASE,
)
_EARLY = 5  # words within which a question has its first verb


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One of the questions that a question consists of."""

    asked: str  # in its own words
    text: str  # so that it stands alone


def parts_of(question: str) -> tuple[Part, ...]:
    """The questions that one consists of, in order; none where it asks one thing.

    What is told before the first question word holds for every part. A part that leans on the
    first, such as "and who leads it", is read with the subject of that.

    Args:
        question: one that stands alone.
    """
    begins = _BEGINS.search(question)
    if not begins:
        return ()
    setting = question[: begins.end()].strip()
    pieces = [piece.strip(" ?.,;") for piece in _JOINT.split(question[begins.end() :])]
    if len(pieces) < 2 or any(_TOLD.match(p) or not terms(p) for p in pieces):  # noqa: PLR2004  # one is no part
        return ()
    first = pieces[0]
    alone = [
        f"{subject_of(first)}: {piece}" if number and leans_on_history(piece) else piece
        for number, piece in enumerate(pieces)
    ]
    return tuple(
        Part(asked=f"{piece}?", text=f"{setting} {text}?".strip())
        for piece, text in zip(pieces, alone, strict=True)
    )


def subject_of(question: str) -> str:
    """What a question speaks of: its words after the question word and the first verb."""
    words = question.split()
    verbs = [n for n, word in enumerate(words[:_EARLY]) if re.fullmatch(_VERB, word, re.IGNORECASE)]
    return " ".join(words[verbs[0] + 1 :] if verbs else words[1:])
