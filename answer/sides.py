"""A question that compares two things -> the same question asked of each."""

import re
from collections.abc import Iterable

from answer.parts import Part
from index.terms import terms

_PREPOSITION = r"(?:according\s+to|under|per|in|for|with|by|from|at|of|on|during)"
_ONE, _OTHER = r"(?P<one>[^,;:?]+?)", r"(?P<other>[^,;:?]+)"
# "what is paid under A and under B", "can we do it with A? And with B?"
_REPEATED = re.compile(
    rf"\b(?P<word>{_PREPOSITION})\s+{_ONE}(?:,?\s+and\s+(?:also\s+)?|\?\s+and\s+)(?P=word)\s+"
    rf"{_OTHER}",
    re.IGNORECASE,
)
# "is it the same for A and B"
_SAME = re.compile(
    rf"\bthe\s+same\s+(?P<word>{_PREPOSITION})\s+{_ONE}\s+and\s+{_OTHER}", re.IGNORECASE
)
# "how does A differ from B", "what is the difference between A and B"
_DIFFERENCE = re.compile(
    rf"^(?:how\s+(?:does|do|is|are)\s+{_ONE}\s+differ(?:ent)?\s+from"
    r"|what(?:\s+is|\s+are|['’]s)\s+the\s+differences?\s+between\s+(?P<first>[^,;:?]+?)\s+and)"
    rf"\s+{_OTHER}[?.\s]*$",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"^(?:please\s+)?compare\s+(?P<asks>(?:how|what|which|who)\b)?", re.IGNORECASE
)
_MOST_TERMS = 3  # of a thing that is asked for by its name alone


def sides_of(question: str) -> tuple[Part, ...]:
    """The same question asked of each of two things that one compares; none where it compares none.

    Args:
        question: one that stands alone.
    """
    difference = _DIFFERENCE.match(question)
    if difference:
        things = (difference["one"] or difference["first"], difference["other"])
        named = all(0 < len(terms(thing)) <= _MOST_TERMS for thing in things)
        return _sides(f"What is {thing}?" for thing in things) if named else ()
    coordinated = _REPEATED.search(question) or _SAME.search(question)
    if not coordinated:
        return ()
    before = _COMPARE.sub(lambda m: m["asks"] or "What are ", question[: coordinated.start()])
    after = question[coordinated.end() :].rstrip(" ?.")
    return _sides(
        f"{before}{coordinated['word']} {side.rstrip(' .')}{after}?"
        for side in (coordinated["one"], coordinated["other"])
    )


def _sides(texts: Iterable[str]) -> tuple[Part, ...]:
    return tuple(Part(asked=text, text=text, amid_all=False) for text in texts)
