"""The marks that list items begin with: a bullet, a dash, "1.", "(a)", "iv)", "II."."""

import re
from dataclasses import dataclass

from ingest.symbols import readable

_ROMAN = r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})"
# Code points for private use are bullets of symbol fonts; dashes and "o" are more than bullets.
_BULLET = r"[•▪◦‣●○■□➢✓❖·∙⁃►▶▸→➔➤»\ue000-\uf8ff]|[-–—o](?=\s|$)"
_NUMBER = rf"\d{{1,2}}|[A-Za-z]|{_ROMAN}|{_ROMAN.upper()}"
_MARK = re.compile(
    # Three digits in brackets are the area code of a telephone number.
    rf"\s*(?:(?P<bullet>{_BULLET})|"
    rf"(?P<open>\(?)(?P<number>{_NUMBER}|\d{{3}}(?=\.))(?P<close>[.)])(?=\s|$))"
)
_ALONE = re.compile(rf"(?:[^\w\s]|o|\(?(?:{_NUMBER}|\d{{3}})[.)]?)$")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class ListMark:
    """What a mark counts, and how."""

    style: str  # items of one level share it: the bullet, or how it counts and its brackets
    place: int  # in its level, from 1; 0: of a bullet
    length: int  # characters of the text, white space before it included


def list_marks(text: str) -> list[ListMark]:
    """What the mark that a text begins with may be, the likeliest first.

    "v." is a letter or a number. Empty where a text begins with no mark.
    """
    match = _MARK.match(readable(text))
    if match is None:
        return []
    if match["bullet"]:
        return [ListMark(match["bullet"], 0, match.end())]
    number, around = match["number"], match["open"] + match["close"]
    if number.isdigit():
        return [ListMark(f"1{around}", int(number), match.end())]
    case = "A" if number.isupper() else "a"
    lowered = number.lower()
    letter = ListMark(f"{case}{around}", 1 + ord(lowered[0]) - ord("a"), match.end())
    if re.fullmatch(_ROMAN, lowered) is None:
        return [letter]
    roman = ListMark(f"{case} roman{around}", _roman_value(lowered), match.end())
    if len(number) > 1:
        return [roman]
    return [roman, letter] if lowered == "i" else [letter, roman]


def begins_item(text: str) -> bool:
    """Whether a line begins as a list item does: a mark, and words after it."""
    marks = list_marks(text)
    return bool(marks) and bool(text[marks[0].length :].strip())


def without_list_mark(text: str) -> str:
    """A list item without its mark: "(a) Tents" -> "Tents"."""
    marks = list_marks(text)
    return text[marks[0].length :].lstrip() if marks else text


def is_mark_alone(text: str) -> bool:
    """Whether a stretch before a gap is nothing but a mark: any sign, "1", "(a)", "II."."""
    return _ALONE.match(text) is not None


def _roman_value(text: str) -> int:
    """The value of a Roman number in lower case."""
    digits = [_ROMAN_DIGITS[char] for char in text]
    return sum(
        -digit if digit < following else digit
        for digit, following in zip(digits, [*digits[1:], 0], strict=True)
    )
