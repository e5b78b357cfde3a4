"""Ruled lines -> grids: the column and row edges of ruled tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.document import Box

_SAME_EDGE_PT = 4.0  # edges nearer than this are one: two boxes side by side have two
_TOUCH_PT = 4.0  # lines that come this near each other cross or meet
_MIN_COLUMN_PT = 12.0
_MIN_ROW_PT = 6.0
_MAX_LINES = 600  # more, joined already, is a drawing


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """The edges of a ruled table, points from the top left of the page."""

    xs: tuple[float, ...]  # of its columns, left to right: one more than columns
    ys: tuple[float, ...]  # of its rows, top to bottom

    @property
    def box(self) -> Box:
        """Its outline."""
        return Box(x0=self.xs[0], top=self.ys[0], x1=self.xs[-1], bottom=self.ys[-1])


def find_grids(rules: Sequence[Box]) -> list[Grid]:
    """Grids of at least two columns and two rows, from lines that cross or meet."""
    lines = _joined(rules)
    if len(lines) > _MAX_LINES:
        return []
    grids = []
    for group in _touching(lines):
        upright = [line for line in group if _is_upright(line)]
        level = [line for line in group if not _is_upright(line)]
        xs = _edges(((line.x0 + line.x1) / 2 for line in upright), _MIN_COLUMN_PT)
        ys = _edges(((line.top + line.bottom) / 2 for line in level), _MIN_ROW_PT)
        if len(xs) > 2 and len(ys) > 2:  # noqa: PLR2004  # two columns have three edges
            grids.append(Grid(xs=xs, ys=ys))
    return grids


def _is_upright(line: Box) -> bool:
    return line.bottom - line.top > line.x1 - line.x0


def _joined(rules: Sequence[Box]) -> list[Box]:
    """The lines with pieces that continue each other made one."""
    upright = [_turned(rule) for rule in rules if _is_upright(rule)]
    level = [rule for rule in rules if not _is_upright(rule)]
    return [*_join_level(level), *map(_turned, _join_level(upright))]


def _turned(line: Box) -> Box:
    return Box(x0=line.top, top=line.x0, x1=line.bottom, bottom=line.x1)


def _join_level(lines: Iterable[Box]) -> list[Box]:
    rows: dict[int, list[Box]] = {}
    for line in lines:
        rows.setdefault(round((line.top + line.bottom) / 4), []).append(line)
    joined: list[Box] = []
    for row in rows.values():
        row.sort(key=lambda line: line.x0)
        current = row[0]
        for line in row[1:]:
            if line.x0 <= current.x1 + _TOUCH_PT:
                current = Box(
                    x0=current.x0,
                    top=current.top,
                    x1=max(current.x1, line.x1),
                    bottom=current.bottom,
                )
            else:
                joined.append(current)
                current = line
        joined.append(current)
    return joined


def _touching(lines: Sequence[Box]) -> list[list[Box]]:
    """Groups of lines that hang together."""
    groups: list[list[Box]] = []
    for line in lines:
        touched = [group for group in groups if any(_touch(line, other) for other in group)]
        merged = [line]
        for group in touched:
            merged.extend(group)
            groups.remove(group)
        groups.append(merged)
    return groups


def _touch(one: Box, other: Box) -> bool:
    return (
        one.x0 <= other.x1 + _TOUCH_PT
        and other.x0 <= one.x1 + _TOUCH_PT
        and one.top <= other.bottom + _TOUCH_PT
        and other.top <= one.bottom + _TOUCH_PT
    )


def _edges(values: Iterable[float], least: float) -> tuple[float, ...]:
    """Distinct edges; a band narrower than `least` holds no text and is none."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > max(_SAME_EDGE_PT, least):
            edges.append(value)
    return tuple(edges)
