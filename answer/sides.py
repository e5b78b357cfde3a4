"""A question that compares two things -> the same question asked of each."""

import re

from answer.parts import Part
from index.terms import terms

# "… is paid under the one notice and under the other?", "Can we do it with this? And with that?"
_SIDES = re.compile(
    r"\b(?P<word>according\s+to|under|per|in|for|with|by|from|at|of|on|during)\s+"
    r"(?P<one>(?:(?!\b(?P=word)\b)[^,;:?.])+?)(?:,?\s+and\s+(?:also\s+)?|\?\s+and\s+)(?P=word)\s+"
    r"(?P<other>[^,;:?]+?)[?.\s]*$",
    re.IGNORECASE,
)
# What goes on after the second thing, so that it belongs to both and would be lost by the first.
_GOES_ON = re.compile(
    r"\b(?:to|that|which|who|whose|when|if|because|before|after|than|is|are|was|were|has|have|had|"
    r"do|does|did|can|could|must|should|may|might|will|would|return|lies?)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 6  # of the second thing
_COMPARE = re.compile(r"^(?:please\s+)?compare\s+(?=how\b|what\b|which\b|who\b)", re.IGNORECASE)


def sides_of(question: str) -> tuple[Part, ...]:
    """The same question asked of each of two things that it ends in: "in Kern and in Napa".

    Args:
        question: one that stands alone.

    Returns:
        Both; nothing where it does not end so.
    """
    match = _SIDES.search(question)
    if (
        match is None
        or _GOES_ON.search(match["other"])
        or len(match["other"].split()) > _MOST_WORDS
    ):
        return ()
    before = _COMPARE.sub("", question[: match.start()])
    texts = [f"{before}{match['word']} {match[side].strip()}?" for side in ("one", "other")]
    if not all(terms(match[side]) for side in ("one", "other")):
        return ()
    return tuple(Part(asked=text, text=text, with_whole=False) for text in texts)
