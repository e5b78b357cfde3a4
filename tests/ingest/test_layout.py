import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import layout
from ingest.document import Role
from ingest.fragments import Fragment
from ingest.layout import lay_out
from ingest.pdfium.glyphs import Glyph, GlyphPage
from tests.make_pdf import (
    extracted,
    folded,
    pages_of,
    raw_pdf,
    texts_with,
    typst_pdf,
    words_at,
)

_LEFT = [
    "Trust in a county is built by many",
    "small acts that are done over many",
    "years by people who know each other",
    "and who are not afraid of the long",
    "road that leads away from old harm.",
]
_RIGHT = [
    "Money alone does not buy it, though",
    "without money nobody can rent a room",
    "or pay the people who keep the house",
    "open at night and who walk with the",
    "young to the court on the other day.",
]
_WIDE = "How trust is built in the counties of the whole state"
_Word = tuple[float, float, str]


def _column(x: float, lines: list[str], *, top: float = 200) -> list[_Word]:
    return [(x, top + 14 * n, line) for n, line in enumerate(lines)]


def _by_row(words: list[_Word]) -> list[_Word]:
    return sorted(words, key=lambda word: (word[1], word[0]))


_COLUMNS = [*_column(72, _LEFT), *_column(330, _RIGHT)]


def _lines(*contents: str) -> list[str]:
    return extracted(raw_pdf(" ".join(contents)))[0].text.splitlines()


# Columns


def test_two_columns_drawn_one_after_the_other_are_read_so() -> None:
    assert _lines(words_at(*_COLUMNS)) == [*_LEFT, *_RIGHT]


def test_two_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    assert _lines(words_at(*_by_row(_COLUMNS))) == [*_LEFT, *_RIGHT]


def test_a_right_column_drawn_first_is_read_last_where_the_drawing_order_cannot_be_right() -> None:
    right, left = words_at(*_column(330, _RIGHT)), words_at(*_column(72, _LEFT))
    heading = words_at((72, 160, _WIDE), size=18)  # above both, and drawn after them
    assert _lines(right, left, heading) == [_WIDE, *_LEFT, *_RIGHT]


@pytest.mark.parametrize("words", [_COLUMNS, _by_row(_COLUMNS)], ids=["by column", "by row"])
@pytest.mark.parametrize("first", [True, False], ids=["drawn first", "drawn last"])
def test_a_heading_over_two_columns_is_read_before_both(
    words: list[_Word],
    first: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    heading, columns = words_at((72, 160, _WIDE), size=18), words_at(*words)
    pdf = raw_pdf(f"{heading} {columns}" if first else f"{columns} {heading}")
    pages = pages_of(pdf)
    assert texts_with(pages, Role.HEADING) == [_WIDE]
    assert pages[0].text.splitlines() == [_WIDE, *_LEFT, *_RIGHT]


def test_a_heading_between_them_parts_the_columns_above_from_those_below() -> None:
    below = [*_column(72, _LEFT, top=360), *_column(330, _RIGHT, top=360)]
    heading = words_at((72, 310, _WIDE), size=18)
    assert _lines(words_at(*_COLUMNS, *below), heading) == [
        *_LEFT,
        *_RIGHT,
        _WIDE,
        *_LEFT,
        *_RIGHT,
    ]


def test_three_columns_drawn_row_by_row() -> None:
    thirds = [[line[:22] for line in lines] for lines in (_LEFT, _RIGHT, _LEFT[::-1])]
    words = [w for x, lines in zip((72, 230, 390), thirds, strict=True) for w in _column(x, lines)]
    assert _lines(words_at(*_by_row(words))) == [line.strip() for part in thirds for line in part]


def test_columns_set_by_a_typesetter() -> None:
    source = "#columns(2)[First one.\n\nFirst two. #colbreak() Second one.\n\nSecond two.]"
    assert extracted(typst_pdf(source))[0].text.splitlines() == [
        "First one.",
        "First two.",
        "Second one.",
        "Second two.",
    ]


# Drawing order


def test_a_footer_drawn_first_is_read_last() -> None:
    footer = words_at((72, 770, "Printed by the county"))
    assert _lines(footer, words_at(*_COLUMNS[:5])) == [*_LEFT, "Printed by the county"]


def test_the_lines_of_a_footer_are_read_from_the_top_down() -> None:
    footer = words_at((72, 770, "Second line"), (300, 740, "First line"))
    assert _lines(footer, words_at(*_COLUMNS[:5])) == [*_LEFT, "First line", "Second line"]


def test_a_header_drawn_last_is_read_first() -> None:
    header = words_at((72, 40, "Guide"), (480, 40, "County"))
    assert _lines(words_at(*_COLUMNS[:5]), header) == ["Guide County", *_LEFT]


def test_blocks_drawn_from_the_bottom_up_are_read_from_the_top_down() -> None:
    blocks = [(72.0, 400.0, "Third."), (72.0, 300.0, "Second."), (72.0, 200.0, "First.")]
    assert _lines(words_at(*blocks)) == ["First.", "Second.", "Third."]


@pytest.mark.parametrize("first", [True, False], ids=["drawn first", "drawn last"])
def test_a_sidebar_beside_text_is_read_by_itself(
    first: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    side = ["A sidebar stands", "in a narrow box."]
    sidebar, text = words_at(*_column(72, side)), words_at(*_column(200, _LEFT))
    expected = [*side, *_LEFT] if first else [*_LEFT, *side]
    assert _lines(*([sidebar, text] if first else [text, sidebar])) == expected


def test_lines_that_only_stand_beside_each_other_are_not_glued() -> None:
    side = [(72.0, 203.0, "A sidebar stands"), (72.0, 219.0, "in a narrow box.")]
    lines = _lines(words_at(*_by_row([*side, *_column(200, _LEFT)])))
    assert sorted(lines) == sorted([*_LEFT, "A sidebar stands", "in a narrow box."])


def test_lines_that_run_up_the_page_are_not_glued() -> None:
    turned = "0 1 -1 0 200 300 Tm (Trust comes first.) Tj 0 1 -1 0 214 300 Tm (It takes years.) Tj"
    assert sorted(_lines(f"BT /F1 10 Tf {turned} ET")) == ["It takes years.", "Trust comes first."]


# Lines


def test_a_drop_cap_begins_its_word() -> None:
    # A capital of 32 points is 19.6 wide and stands on the second baseline.
    text = words_at(
        (94, 206, "rust in a county is built by many"),
        (94, 218, "small acts that are done over many"),
        (72, 230, "years by people who know each other"),
    )
    assert _lines(words_at((72, 218, "T"), size=32), text) == [
        "Trust in a county is built by many",
        *_LEFT[1:3],
    ]


def test_a_word_drawn_backwards_is_read_forwards() -> None:
    letters = [(72.0, "T"), (84.2, "R"), (98.6, "U"), (113.0, "S"), (126.3, "T")]
    word = words_at(*[(x, 200, char) for x, char in reversed(letters)], size=20)
    assert _lines(word, words_at((72, 240, "Words."))) == ["TRUST", "Words."]


def test_a_ligature_is_opened_in_its_word() -> None:
    content = words_at((72, 200, "\\200rst o\\201ce"))
    page = extracted(raw_pdf(content, differences="128 /fi /ffi"))[0]
    assert page.text == "first office"


def test_list_marks_far_from_their_text_begin_its_lines() -> None:
    content = words_at(
        (72, 200, "The county has two duties:"),
        *[(72, 220, "\\225"), (110, 220, "to find harm;")],
        *[(72, 234, "\\225"), (110, 234, "to heal it.")],
    )
    pages = pages_of(raw_pdf(content))
    assert texts_with(pages, Role.LIST_ITEM) == ["• to find harm;", "• to heal it."]
    assert texts_with(pages, Role.BODY) == ["The county has two duties:"]


def test_the_cells_of_a_table_stand_between_the_text_around_it() -> None:
    cells = "[Alpha], [12], [2019], [Beta], [7], [2020]"
    text = extracted(typst_pdf(f"Before.\n\n#table(columns: 3, {cells})\n\nAfter."))[0].text
    assert text.splitlines() == [
        "Before.",
        *("Alpha", "12", "2019"),
        *("Beta", "7", "2020"),
        "After.",
    ]


def test_rows_of_two_tables_are_numbered_one_after_the_other() -> None:
    table = "#table(columns: 2, [Alpha], [12], [Beta], [7])"
    page = extracted(typst_pdf(f"{table}\n\nBetween.\n\n{table}"))[0]
    rows = [line.row for line in page.lines]
    assert rows == [0, 0, 1, 1, -1, 2, 2, 3, 3]


def test_long_text_in_the_boxes_of_a_table_is_running_text() -> None:
    text = f"{' '.join(_LEFT)} " * 4  # 4 · 173 characters a box
    page = extracted(typst_pdf(f"#table(columns: 2, [{text}], [{text}], [{text}], [{text}])"))[0]
    assert {line.row for line in page.lines} == {-1}


def test_hidden_lines_come_last_and_are_told() -> None:
    white = f"1 1 1 rg {words_at((72, 180, 'Ignore the text.'))} 0 g"
    pages = pages_of(raw_pdf(f"{white} {words_at(*_COLUMNS[:5])}"))
    assert texts_with(pages, Role.HIDDEN) == ["Ignore the text."]
    assert pages[0].text.splitlines()[-1] == "Ignore the text."


def test_a_page_turned_for_reading_is_read_as_it_is_seen() -> None:
    lines = " ".join(f"0 1 -1 0 {100 + 14 * n} 100 Tm ({line}) Tj" for n, line in enumerate(_LEFT))
    pdf = raw_pdf(f"BT /F1 10 Tf {lines} ET").replace(
        b"/MediaBox [0 0 612 792]", b"/Rotate 90 /MediaBox [0 0 612 792]"
    )
    (page,) = extracted(pdf)
    assert page.text.splitlines() == _LEFT
    assert (page.width, page.height) == (792, 612)
    first = page.lines[0].box
    assert (first.x0, first.bottom) == pytest.approx((100, 102.2), abs=1)


def test_an_empty_page_has_no_lines() -> None:
    assert lay_out(GlyphPage(number=1, width=612, height=792, glyphs=())) == []


# Laws

_PLACED = st.lists(
    st.tuples(
        st.sampled_from([72, 72, 100, 250, 250, 330, 500]),
        st.integers(0, 60).map(lambda n: 12 * n),
        st.text("aB1.", min_size=1, max_size=24),
        st.sampled_from([10, 10, 10, 18]),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=30,
)


@given(_PLACED)
def test_every_printed_glyph_is_laid_out_once(
    placed: list[tuple[int, int, str, int, bool]],
) -> None:
    glyphs: list[Glyph] = []
    for x, top, text, size, hidden in placed:
        for n, char in enumerate(text):
            left = x + n * size / 2
            box = (left, top, left + size / 2 - 0.5, top + size)
            edges = {"left": left, "right": left + size / 2}
            glyphs.append(Glyph(len(glyphs), char, *box, size, bold=False, hidden=hidden, **edges))
    lines = lay_out(GlyphPage(number=1, width=612, height=792, glyphs=tuple(glyphs)))
    laid = [g.number for line in lines for g in line.glyphs if not g.char.isspace()]
    assert sorted(laid) == [glyph.number for glyph in glyphs]
    assert [line.hidden for line in lines] == sorted(line.hidden for line in lines)
    rows = [line.row for line in lines if line.row >= 0]
    assert rows == sorted(rows)
    assert set(rows) == set(range(len(set(rows))))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 500), st.integers(0, 700), st.integers(5, 400), st.integers(5, 200)
        ),
        max_size=25,
    )
)
def test_blocks_in_reading_order_are_the_same_blocks(made: list[tuple[int, int, int, int]]) -> None:
    blocks = [
        layout._block([], None, [_fragment(n, x, top, x + width, top + height)])
        for n, (x, top, width, height) in enumerate(made)
    ]
    for order in (layout._ordered(blocks), layout._in_reading_order(blocks, 792)):
        assert sorted(block.serial for block in order) == list(range(len(blocks)))


@pytest.mark.parametrize("spanned", [True, False])
def test_the_left_comes_before_the_right_unless_something_wide_stands_between(
    spanned: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    boxes = [(72, 400, 300, 500), (330, 100, 540, 200)]  # low on the left, high on the right
    boxes += [(72, 290, 540, 310)] if spanned else []
    blocks = [layout._block([], None, [_fragment(n, *box)]) for n, box in enumerate(boxes)]
    assert layout._comes_before(blocks, 0, 1) is not spanned
    assert not layout._comes_before(blocks, 1, 0)


def _fragment(serial: int, x0: float, top: float, x1: float, bottom: float) -> Fragment:
    return Fragment(glyphs=[], x0=x0, top=top, x1=x1, bottom=bottom, size=10, serial=serial)


def test_a_right_column_that_is_drawn_first_is_read_last() -> None:
    right = [(330, 200 + 14 * n, f"Right line {n} of the column") for n in range(4)]
    left = [(72, 207 + 14 * n, f"Left line {n} of the column") for n in range(4)]
    text = extracted(raw_pdf(words_at(*right, *left)))[0].text
    assert text.splitlines() == [words for _, _, words in (*left, *right)]


def test_columns_of_text_under_heads_are_read_each_under_its_own() -> None:
    trust, money = "Trust is slow to grow. " * 20, "Money runs through hands. " * 20
    head = "table.header([*Trust*], [*Money*])"
    page = extracted(typst_pdf(f"#table(columns: 2, {head}, [{trust}], [{money}])"))[0]
    assert folded(page.text) == folded(f"Trust {trust} Money {money}")
    assert {line.row for line in page.lines} == {-1}
