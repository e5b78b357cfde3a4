"""The items of a list -> how deep each stands in it, by the marks that they begin with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.list_marks import ListMark, list_marks


@dataclass(frozen=True, slots=True)
class _Open:
    """The last item of a level, while the items after it may stand under it."""

    mark: ListMark
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


def _depth(mark: ListMark, levels: Sequence[_Open]) -> int:
    begins = mark.place <= 1
    known = [n for n, level in enumerate(levels) if level.mark.style == mark.style]
    if not known:
        return len(levels) if begins else 0  # "B." after "f.": its "A." stands in another list
    is_last = known[-1] == len(levels) - 1
    return len(levels) if begins and is_last and levels[-1].introduces else known[-1]


def _mark(item: str, levels: Sequence[_Open]) -> ListMark:
    """The mark of an item; "i." after "h." is a letter, and else a number."""
    readings = list_marks(item) or [ListMark("", 0, 0)]
    goes_on = {(level.mark.style, level.mark.place + 1) for level in levels}
    return next((each for each in readings if (each.style, each.place) in goes_on), readings[0])
