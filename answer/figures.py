"""Figures of a text, in words or in digits: "thirty days" and "30 days" state the same."""

import re
from collections.abc import Sequence
from decimal import Decimal

from index.terms import words

_UNITS = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = (
    {"zero": 0}
    | {word: number for number, word in enumerate([*_UNITS, *_TEENS], start=1)}
    | {word: 10 * number for number, word in enumerate(_TENS, start=2)}
)
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_FRACTIONS = frozenset({"half", "third", "quarter"})

_DIGITS = r"\d+(?:\.\d+)?"
_SCALE = "|".join(_SCALES)
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?: (?:{'|'.join(_UNITS)}))?|{'|'.join(_VALUES)})"
_NUMBER = re.compile(
    rf"(?<!\S)(?:(?:(?P<hundreds>{_DIGITS}|{_SMALL}) )?(?P<hundred>hundred)"
    rf"(?: (?:and )?(?P<rest>{_SMALL}))?|(?P<plain>{_DIGITS}|{_SMALL})|(?P<bare>{_SCALE}))"
    rf"(?P<scales>(?: (?:{_SCALE}))*)(?!\S)"
)
# No figure: "one another", "no one", "one must …", "one of the reasons"; "one third" is "a third".
_NO_FIGURE = re.compile(
    rf"(?<!\S)(?:one another|one (?:on|by) one"
    rf"|(?P<before>no|any|each|every|this|which|another|the) one(?! (?:{_SCALE}))"
    r"|one(?= (?:of (?:the|these|those|its|their|our|your|his|her|my)|who|whose|whom|that|which"
    r"|must|may|might|should|shall|can|could|will|would|is|has|half|third|quarter)(?!\S)))(?!\S)"
)


def in_digits(found: Sequence[str]) -> list[str]:
    """The words of a text with its numbers in digits: "twenty", "five", "days" -> "25", "days".

    A "one" that counts nothing is left out.

    Args:
        found: as `index.terms.words` gives them.
    """
    counting = _NO_FIGURE.sub(lambda match: match["before"] or "", " ".join(found))
    return _NUMBER.sub(_written, counting).split()


def is_figure(word: str) -> bool:
    """Whether one of the words that `in_digits` gives is a number or a fraction."""
    return word[0].isdigit() or word in _FRACTIONS


def holds_figure(text: str) -> bool:
    """Whether a text states a number, in digits or in words."""
    return any(map(is_figure, in_digits(words(text))))


def _written(match: re.Match[str]) -> str:
    if match["plain"] and not match["scales"] and match["plain"][0].isdigit():
        return match[0]  # as it stands
    if match["hundred"]:
        value = 100 * _value(match["hundreds"] or "one") + _value(match["rest"] or "zero")
    else:
        value = _value(match["plain"] or match["bare"])
    for scale in match["scales"].split():
        value *= _SCALES[scale]
    return f"{value.normalize():f}"


def _value(number: str) -> Decimal:
    """Of digits, of words below a hundred, or of one scale: "dozen" is 12."""
    if number[0].isdigit():
        return Decimal(number)
    return Decimal(sum((_VALUES | _SCALES)[word] for word in number.split()))
