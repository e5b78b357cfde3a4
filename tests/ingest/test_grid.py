from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Box
from ingest.grid import Grid, find_grids


def _across(y: float, x0: float, x1: float) -> Box:
    return Box(x0=x0, top=y - 0.25, x1=x1, bottom=y + 0.25)


def _down(x: float, y0: float, y1: float) -> Box:
    return Box(x0=x - 0.25, top=y0, x1=x + 0.25, bottom=y1)


_THREE_BY_TWO = [
    *[_across(y, 100, 400) for y in (100, 120, 140)],
    *[_down(x, 100, 140) for x in (100, 200, 300, 400)],
]


def test_lines_that_cross_make_a_grid() -> None:
    grid = Grid(xs=(100, 200, 300, 400), ys=(100, 120, 140))
    assert find_grids(_THREE_BY_TWO) == [grid]
    assert grid.box == Box(x0=100, top=100, x1=400, bottom=140)


def test_the_order_of_the_lines_does_not_matter() -> None:
    assert find_grids(_THREE_BY_TWO[::-1]) == find_grids(_THREE_BY_TWO)


def test_lines_drawn_in_pieces_are_whole_lines() -> None:
    pieces = [
        *[_across(y, x, x + 100) for y in (100, 120, 140) for x in (100, 200, 300)],
        *[_down(x, y, y + 20) for x in (100, 200, 300, 400) for y in (100, 120)],
    ]
    assert find_grids(pieces) == [Grid(xs=(100, 200, 300, 400), ys=(100, 120, 140))]


def test_dotted_lines_are_whole_lines_however_many_their_dashes() -> None:
    dashes = [
        *[_across(y, 100 + 2 * n, 101 + 2 * n) for y in (100, 140, 180) for n in range(150)],
        *[_down(x, 100 + 2 * n, 101 + 2 * n) for x in (100, 200, 300, 400) for n in range(40)],
    ]
    assert len(dashes) == 610  # so many lines by themselves would be a drawing
    assert find_grids(dashes) == [Grid(xs=(100, 200, 300, 400), ys=(100, 140, 180))]


def test_a_line_of_two_strokes_is_one_edge() -> None:
    double = [*_THREE_BY_TWO, *[_down(x + 2, 100, 140) for x in (100, 200, 300, 400)]]
    assert find_grids(double) == find_grids(_THREE_BY_TWO)


def test_two_tables_of_one_page_are_two_grids() -> None:
    lower = [
        Box(x0=line.x0, top=line.top + 200, x1=line.x1, bottom=line.bottom + 200)
        for line in _THREE_BY_TWO
    ]
    assert [grid.ys for grid in find_grids([*_THREE_BY_TWO, *lower])] == [
        (100, 120, 140),
        (300, 320, 340),
    ]


def test_lines_without_any_down_the_page_are_no_grid() -> None:
    assert find_grids([_across(y, 100, 400) for y in (100, 120, 140)]) == []


def test_a_single_box_is_no_grid() -> None:
    box = [_across(100, 100, 400), _across(140, 100, 400), _down(100, 100, 140)]
    assert find_grids([*box, _down(400, 100, 140)]) == []


def test_a_drawing_of_very_many_lines_is_no_grid() -> None:
    assert find_grids([_down(10.0 * n, 0, 100) for n in range(601)]) == []


_RULES = st.lists(
    st.builds(
        lambda x, y, length, is_upright: (
            _down(x, y, y + length) if is_upright else _across(y, x, x + length)
        ),
        st.floats(0, 600),
        st.floats(0, 800),
        st.floats(8, 500),
        st.booleans(),
    ),
    max_size=40,
)


@given(_RULES)
def test_edges_ascend_and_lie_on_the_rules(rules: list[Box]) -> None:
    middles = {(r.x0 + r.x1) / 2 for r in rules} | {(r.top + r.bottom) / 2 for r in rules}
    for grid in find_grids(rules):
        assert len(grid.xs) > 2
        assert len(grid.ys) > 2
        assert all(left + 12 < right for left, right in pairwise(grid.xs))
        assert all(upper + 6 < lower for upper, lower in pairwise(grid.ys))
        assert all(any(abs(edge - m) < 0.01 for m in middles) for edge in (*grid.xs, *grid.ys))
