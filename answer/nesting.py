"""The items of a list -> how deep each stands in it, by the marks that they begin with."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.symbols import readable

_MARK = re.compile(
    r"(?P<bullet>[^\w\s(]|o(?=\s))|"
    r"(?P<open>\(?)(?P<number>\d{1,3}|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5})(?P<close>[.)])"
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")


@dataclass(frozen=True, slots=True)
class _Mark:
    style: str  # items of one level share it
    place: int  # in its level, from 1; 0: of a bullet


@dataclass(frozen=True, slots=True)
class _Open:
    """The last item of a level, while the items after it may stand under it."""

    mark: _Mark
    introduces: bool


def introduces(item: str) -> bool:
    """Whether a list item leads to items of its own."""
    return item.rstrip().endswith(":")


def depths(items: Iterable[str]) -> list[int]:
    """How deep each item of a list stands in it; 0 is outermost.

    A mark that is new in the list begins a level under the item before it ("A.", then "1."), one
    that is known goes on with its level. So do the bullets after an item that introduces some of
    the same kind: where those end, nothing tells.

    Args:
        items: of one list in order, each with its mark.
    """
    levels: list[_Open] = []
    found = []
    for item in items:
        mark = _mark(item, levels)
        depth = _depth(mark, levels)
        del levels[depth:]
        levels.append(_Open(mark, introduces(item)))
        found.append(depth)
    return found


def _depth(mark: _Mark, levels: Sequence[_Open]) -> int:
    begins = mark.place <= 1
    known = [n for n, level in enumerate(levels) if level.mark.style == mark.style]
    if not known:
        return len(levels) if begins else 0  # "B." after "f.": its "A." stands in another list
    is_last = known[-1] == len(levels) - 1
    return len(levels) if begins and is_last and levels[-1].introduces else known[-1]


def _mark(item: str, levels: Sequence[_Open]) -> _Mark:
    """The mark of an item; "i." after "h." is a letter, and else a number."""
    readings = _readings(item)
    goes_on = {_Mark(level.mark.style, level.mark.place + 1) for level in levels}
    return next((each for each in readings if each in goes_on), readings[0])


def _readings(item: str) -> list[_Mark]:
    """What the mark of an item may be, the likeliest first."""
    match = _MARK.match(readable(item).lstrip())
    if match is None:
        return [_Mark("", 0)]
    if match["bullet"]:
        return [_Mark(match["bullet"], 0)]
    number, around = match["number"], match["open"] + match["close"]
    if number.isdigit():
        return [_Mark(f"1{around}", int(number))]
    case = "A" if number.isupper() else "a"
    letters = [_Mark(f"{case}{around}", 1 + ord(c) - ord("a")) for c in number.lower()]
    letter = letters if len(letters) == 1 else []
    if number.lower() not in _ROMAN:
        return letter or [_Mark("", 0)]
    roman = _Mark(f"{case} roman{around}", 1 + _ROMAN.index(number.lower()))
    return [roman, *letter] if number.lower() == "i" or not letter else [*letter, roman]
