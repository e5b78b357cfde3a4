"""A question that asks several things -> each of them as a question that stands alone."""

import re
from dataclasses import dataclass

from answer.question import leans_on_history
from index.terms import terms

_MOST = 3  # parts; what asks more is searched as a whole
_PREPOSITION = r"(?:by|since|until|for|to|from|with|at|in|on)"
_WH = r"(?:who|whom|whose|what|when|where|why|how|which)\b"
_VERB = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|must|should|may|might|will|would)\b"
_ASKS = rf"(?:(?:{_PREPOSITION}\s+)?{_WH}|{_VERB})"
# After an "and" a verb asks only where whom it asks of follows: "… and do not appear" goes on.
_ASKS_ON = (
    rf"(?:(?:{_PREPOSITION}\s+)?{_WH}(?!\s+to\b)|{_VERB}\s+(?:the|an?|it|they|he|she|we|you|i|there|"
    r"this|these|that|those|their|its|our|your|any|some|all|each|people)\b)"
)
# Where a question begins: with a sentence, or after what it is asked of ("In the 2017 notice, …").
_SENTENCE = re.compile(rf"(?:^|[.:;!?]\s+)(?={_ASKS})", re.IGNORECASE)
_CLAUSE = re.compile(rf",\s+(?={_ASKS})", re.IGNORECASE)
# Where the next one begins: after the end of one, after an "and", and of three after a comma,
# where "who" and "which" would tell of a thing more often than ask.
_JOINT = re.compile(
    rf"\?+\s+(?:and\s+|also,?\s+)?(?={_ASKS})"
    rf"|[,;]?\s+and\s+(?:also\s+|roughly\s+|about\s+)?(?={_ASKS_ON})"
    rf"|,\s+(?=(?:what|when|where|why|how)\b.*\band\s+{_ASKS_ON})",
    re.IGNORECASE,
)
# "… who is hurt and how they heal" asks one thing: a question that is asked outright has its verb
# before whom it speaks of, unless "who", "which" or "how many" is what it speaks of.
_TOLD = re.compile(
    r"^(?:how|when|where|why|what)\s+(?:the|an?|they|it|he|she|we|you|i|this|that|these|those|"
    r"their|its|our|your|each|people)\b",
    re.IGNORECASE,
)
_NEEDS_VERB = re.compile(
    rf"^(?:{_PREPOSITION}\s+)?(?:how(?!\s+(?:many|much)\b)|what|when|where|why)\b", re.IGNORECASE
)
# "… and what hours?" has the verb of the question before it.
_SHORTENED = re.compile(r"(?:at\s+)?(?:what|which)(?:\s+\w+){1,2}$", re.IGNORECASE)
_EARLY = 6  # words within which a question has its first verb


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One of the questions that a question consists of."""

    asked: str  # as people are told of it
    text: str  # so that it stands alone
    with_whole: bool = True  # searched with the words of the whole question too


def parts_of(question: str) -> tuple[Part, ...]:
    """The questions that one consists of, in order; none where it asks one thing, or very many.

    What is told before the first question word holds for every part. A part that leans on the
    first, such as "and who leads it", is read with the subject of that.

    Args:
        question: one that stands alone.
    """
    begins = _beginning(question)
    if begins is None:
        return ()
    setting = question[:begins].strip()
    first, *others = [piece.strip(" ?.,;:") for piece in _JOINT.split(question[begins:])]
    if not others or len(others) >= _MOST or not terms(first) or not all(map(_is_asked, others)):
        return ()
    alone = [
        f"{_subject_of(first)}: {piece}" if leans_on_history(piece) else piece for piece in others
    ]
    return tuple(
        Part(asked=f"{piece}?", text=f"{setting} {text}?".strip())
        for piece, text in zip([first, *others], [first, *alone], strict=True)
    )


def _beginning(question: str) -> int | None:
    """Where the first question of a text begins; None where there is none."""
    for opening in (_SENTENCE, _CLAUSE):
        for match in opening.finditer(question):
            if not _TOLD.match(question[match.end() :]):
                return match.end()
    return None


def _is_asked(piece: str) -> bool:
    """Whether it is a question of its own, and not what another one tells of."""
    early = " ".join(piece.split()[:_EARLY])
    verb = not _NEEDS_VERB.match(piece) or re.search(rf"\b{_VERB}", early, re.IGNORECASE)
    asks = verb or _SHORTENED.match(piece)
    return bool(terms(piece) and not _TOLD.match(piece) and asks)


def _subject_of(question: str) -> str:
    """What a question speaks of: its words without the question word and the first verb."""
    words = re.sub(r"^\S+\s+(?:(?:many|much)\s+)?", "", question, count=1).split()
    verbs = [n for n, word in enumerate(words[:_EARLY]) if re.fullmatch(_VERB, word, re.IGNORECASE)]
    return " ".join(words[: verbs[0]] + words[verbs[0] + 1 :] if verbs else words)
