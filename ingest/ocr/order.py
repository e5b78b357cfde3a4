"""Boxes of lines -> the order in which they are read: columns one after the other.

A recursive cut of the page along its white gaps (Nagy and Seth, "Hierarchical representation of
optically scanned documents", ICPR 1984), for engines that give lines from top to bottom whatever
column they stand in.
"""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

_GUTTER = 0.5  # of the usual height of a line: a wider gap over all lines parts two columns


class LineBox(NamedTuple):
    """Where a line stands, in pixels from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


def reading_order(boxes: Sequence[LineBox]) -> list[int]:
    """The positions of the boxes in the order in which they are read."""
    if not boxes:
        return []
    gutter = _GUTTER * median(box.bottom - box.top for box in boxes)
    return _ordered(list(range(len(boxes))), boxes, gutter)


def _ordered(group: list[int], boxes: Sequence[LineBox], gutter: float) -> list[int]:
    by_height = sorted(group, key=lambda n: (boxes[n].top, boxes[n].x0))
    if len(group) == 1:
        return group
    cut = _widest_gap([(boxes[n].x0, boxes[n].x1) for n in group], at_least=gutter)
    if cut is not None:
        left = [n for n in group if boxes[n].x1 <= cut]
        right = [n for n in group if boxes[n].x1 > cut]
        return [*_ordered(left, boxes, gutter), *_ordered(right, boxes, gutter)]
    cut = _widest_gap([(boxes[n].top, boxes[n].bottom) for n in group], at_least=0)
    if cut is None:
        return by_height
    above = [n for n in group if boxes[n].bottom <= cut]
    below = [n for n in group if boxes[n].bottom > cut]
    return [*_ordered(above, boxes, gutter), *_ordered(below, boxes, gutter)]


def _widest_gap(spans: Sequence[tuple[float, float]], *, at_least: float) -> float | None:
    """Where the widest gap begins that no span reaches into; None: there is none so wide."""
    widest, cut = at_least, None
    reach: float | None = None
    for start, end in sorted(spans):
        if reach is not None and start - reach > widest:
            widest, cut = start - reach, reach
        reach = end if reach is None else max(reach, end)
    return cut
