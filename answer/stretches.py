"""Whether stretches of passages, selected or quoted, share words on the page."""

from collections.abc import Iterable
from typing import TypeAlias

from answer.reply import Statement
from answer.selection import Selection

Stretch: TypeAlias = Selection | Statement


def overlap(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches share words of a passage."""
    return (
        one.passage.passage_id == other.passage.passage_id
        and one.start_char < other.end_char
        and other.start_char < one.end_char
    )


def holds(wholes: Iterable[Stretch], part: Stretch) -> bool:
    """Whether all of a stretch stands in one of some others."""
    return any(
        whole.passage.passage_id == part.passage.passage_id
        and whole.start_char <= part.start_char
        and part.end_char <= whole.end_char
        for whole in wholes
    )
