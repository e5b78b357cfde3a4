import pytest

from ingest.document import Role
from ingest.fragments import cut_fragments
from ingest.pdfium.glyphs import read_glyph_pages
from ingest.table_rows import Table
from ingest.tables import find_tables
from tests.make_pdf import (
    cells_of,
    extracted,
    grid_of,
    pages_of,
    raw_pdf,
    texts_with,
    typst_pdf,
    words_at,
)

_COUNTIES = [("Alameda", "12", "5"), ("Kern County", "7", "11"), ("Marin", "140", "22")]
_HEAD = ("County", "Beds", "Staff")


def _tables(pdf: bytes) -> list[Table]:
    page = next(read_glyph_pages(pdf, file="test.pdf"))
    return find_tables(cut_fragments(page), page.rules)


def _rows(table: Table) -> list[tuple[str, ...]]:
    """The words of every cell, those of several printed lines with a bar between."""
    return [
        tuple(" / ".join(f.text.strip() for f in cell) for cell in row.cells) for row in table.rows
    ]


def _heads(table: Table) -> int:
    return sum(row.is_head for row in table.rows)


def _typed(*rows: tuple[str, ...], top: float = 214) -> str:
    """Rows of words without rules, their columns at 72, 250 and 350 points."""
    return words_at(
        *[
            (x, top + 14 * n, text)
            for n, row in enumerate(rows)
            for x, text in zip((72, 250, 350), row, strict=False)
            if text
        ]
    )


def _bold(*words: tuple[float, float, str]) -> str:
    return words_at(*words, font="/F2")


_BOLD_HEAD = _bold((72, 200, "County"), (250, 200, "Beds"), (350, 200, "Staff"))


# Ruled tables


def _ruled() -> bytes:
    """Wrapped cells in the second row, an empty cell in the third and two in the fourth."""
    grid = grid_of((72, 200, 330, 460), (200, 220, 250, 270, 290))
    head = _bold((76, 214, "County"), (204, 214, "Beds"), (334, 214, "Note"))
    wrapped = words_at(
        *[(76, 234, "Alameda and its"), (76, 246, "small towns"), (204, 234, "12")],
        *[(334, 234, "open all night"), (334, 246, "since 2019")],
    )
    holes = words_at((76, 264, "Kern"), (334, 264, "closed"), (204, 284, "7"))
    return raw_pdf(f"{grid} {head} {wrapped} {holes}")


def test_a_ruled_table_has_its_cells_in_the_columns_between_its_rules() -> None:
    (table,) = _tables(_ruled())
    assert _rows(table) == [
        ("County", "Beds", "Note"),
        ("Alameda and its / small towns", "12", "open all night / since 2019"),
        ("Kern", "", "closed"),
        ("", "7", ""),
    ]
    assert _heads(table) == 1


def test_the_lines_of_a_ruled_table_keep_their_row_and_column() -> None:
    (page,) = extracted(_ruled())
    assert cells_of(page) == [
        (0, 0, "County"),
        (0, 1, "Beds"),
        (0, 2, "Note"),
        (1, 0, "Alameda and its"),
        (1, 0, "small towns"),
        (1, 1, "12"),
        (1, 2, "open all night"),
        (1, 2, "since 2019"),
        (2, 0, "Kern"),
        (2, 2, "closed"),
        (3, 1, "7"),
    ]
    roles = {line.row: line.role for line in page.lines}
    assert roles == {0: Role.TABLE_HEAD, **dict.fromkeys((1, 2, 3), Role.TABLE_ROW)}


def test_cells_drawn_line_by_line_across_the_row_are_read_cell_by_cell() -> None:
    grid = grid_of((72, 200, 330), (200, 230, 260))
    words = words_at(
        *[(76, 214, "Alameda and"), (204, 214, "open all"), (76, 226, "its towns")],
        *[(204, 226, "night"), (76, 244, "Kern"), (204, 244, "closed")],
    )
    (page,) = extracted(raw_pdf(f"{grid} {words}"))
    assert page.text.splitlines() == [
        "Alameda and",
        "its towns",
        "open all",
        "night",
        "Kern",
        "closed",
    ]


def test_a_joined_subhead_over_the_columns_is_a_row_of_one_cell() -> None:
    outline = grid_of((72, 460), (200, 220, 240, 260, 280))
    inner = f"{grid_of((200, 330), (200, 220))} {grid_of((200, 330), (240, 260, 280))}"
    head = _bold((76, 214, "County"), (204, 214, "Beds"), (334, 214, "Staff"))
    rows = words_at(
        (76, 234, "The counties of the northern part of the state"),
        *[(76, 254, "Marin"), (204, 254, "12"), (334, 254, "5")],
        *[(76, 274, "Kern"), (204, 274, "7"), (334, 274, "9")],
    )
    (table,) = _tables(raw_pdf(f"{outline} {inner} {head} {rows}"))
    assert _rows(table) == [
        ("County", "Beds", "Staff"),
        ("The counties of the northern part of the state", "", ""),
        ("Marin", "12", "5"),
        ("Kern", "7", "9"),
    ]
    assert _heads(table) == 1


def test_rows_without_rules_between_them_are_told_by_their_lines() -> None:
    grid = grid_of((72, 240, 340, 460), (200, 220, 270))
    head = _bold((76, 214, "County"), (250, 214, "Beds"), (350, 214, "Staff"))
    rows = words_at(
        *[
            (x, 234 + 14 * n, text)
            for n, row in enumerate(_COUNTIES)
            for x, text in zip((76, 250, 350), row, strict=True)
        ]
    )
    (table,) = _tables(raw_pdf(f"{grid} {head} {rows}"))
    assert _rows(table) == [_HEAD, *_COUNTIES]


def test_a_rule_that_text_runs_across_parts_no_columns() -> None:
    grid = grid_of((72, 200, 250, 460), (200, 220, 240, 260))
    rows = words_at(
        *[(76, 214, "Alameda"), (204, 214, "open all night since 2019")],
        *[(76, 234, "Kern"), (204, 234, "closed in the winter only")],
        *[(76, 254, "Marin"), (204, 254, "open to all who ask for it")],
    )
    (table,) = _tables(raw_pdf(f"{grid} {rows}"))
    assert _rows(table)[0] == ("Alameda", "open all night since 2019")


def test_a_frame_around_running_text_is_no_table() -> None:
    frame = grid_of((72, 80, 460), (200, 290))
    text = words_at(
        (84, 214, "Trust in a county is built by many"), (84, 228, "small acts, over years.")
    )
    assert _tables(raw_pdf(f"{frame} {text}")) == []


# Aligned tables


def test_an_unruled_table_of_numbers_under_bold_heads() -> None:
    before = words_at((72, 150, "A sentence before the table that is longer than its cells are."))
    after = words_at((72, 300, "A sentence after the table that is longer than its cells are."))
    pdf = raw_pdf(f"{before} {_BOLD_HEAD} {_typed(*_COUNTIES)} {after}")
    (table,) = _tables(pdf)
    assert _rows(table) == [_HEAD, *_COUNTIES]
    assert _heads(table) == 1
    pages = pages_of(pdf)
    assert texts_with(pages, Role.TABLE_HEAD) == list(_HEAD)
    assert len(texts_with(pages, Role.BODY)) == 2


def test_words_over_columns_of_numbers_head_them_without_being_bold() -> None:
    (table,) = _tables(raw_pdf(_typed(_HEAD, *_COUNTIES)))
    assert _heads(table) == 1


def test_rows_of_words_alone_have_no_head() -> None:
    rows = [("Alameda", "open", "large"), ("Kern", "closed", "small"), ("Marin", "open", "small")]
    (table,) = _tables(raw_pdf(_typed(*rows)))
    assert _rows(table) == rows
    assert _heads(table) == 0


def test_an_empty_cell_moves_no_other_into_its_column() -> None:
    rows = [("Alameda", "12", "5"), ("Kern", "", "11"), ("Marin", "140", "")]
    (table,) = _tables(raw_pdf(f"{_BOLD_HEAD} {_typed(*rows)}"))
    assert _rows(table) == [_HEAD, *rows]


def test_numbers_set_flush_right_are_one_column() -> None:
    # Digits are 5.56 points wide.
    beds = [("12", 288.9), ("7", 294.4), ("1140", 277.8)]
    rows = words_at(
        *[
            word
            for n, (text, x) in enumerate(beds)
            for word in ((72, 214 + 14 * n, f"County {n}"), (x, 214 + 14 * n, text))
        ]
    )
    head = _bold((72, 200, "County"), (277, 200, "Beds"))
    (table,) = _tables(raw_pdf(f"{head} {rows}"))
    assert _rows(table) == [
        ("County", "Beds"),
        ("County 0", "12"),
        ("County 1", "7"),
        ("County 2", "1140"),
    ]


def test_a_printed_row_without_a_first_cell_goes_on_with_the_row_above() -> None:
    rows = [
        ("Alameda", "open all night", "12"),
        ("", "since 2019", ""),
        ("Kern", "closed", "7"),
        ("Marin", "open", "9"),
    ]
    (table,) = _tables(raw_pdf(f"{_BOLD_HEAD} {_typed(*rows)}"))
    assert _rows(table)[1:] == [
        ("Alameda", "open all night / since 2019", "12"),
        ("Kern", "closed", "7"),
        ("Marin", "open", "9"),
    ]


def test_labels_and_values_are_rows_and_no_columns() -> None:
    rows = [
        ("Name:", "Alameda County Health"),
        ("Phone:", "510 555 0100"),
        ("Opened:", "May of 2019"),
        ("Beds:", "forty in two houses"),
    ]
    pdf = raw_pdf(_typed(*rows))
    (table,) = _tables(pdf)
    assert _rows(table) == rows
    assert extracted(pdf)[0].text.splitlines() == [word for row in rows for word in row]


def test_a_column_of_figures_drawn_by_itself_belongs_to_the_words_beside_it() -> None:
    names = words_at(*[(72, 200 + 14 * n, name) for n, (name, _, _) in enumerate(_COUNTIES)])
    beds = words_at(*[(250, 200 + 14 * n, beds) for n, (_, beds, _) in enumerate(_COUNTIES)])
    (table,) = _tables(raw_pdf(f"{names} {beds}"))
    assert _rows(table) == [(name, beds) for name, beds, _ in _COUNTIES]


def test_wide_gaps_of_justified_text_make_no_table() -> None:
    # Set flush at 72 and at 300 points; the gaps are wider than the type is high.
    lines = [
        ((72, "Institutional"), (146, "responsibilities"), (229, "straightforw"), (288, "ard")),
        ((72, "communi"), (128, "ties of counties"), (214, "beyond"), (262, "reach of")),
        ((72, "intergovern"), (139, "mental"), (188, "arrangements of"), (272, "every")),
        ((72, "sort are"), (124, "unmanageable"), (203, "in"), (227, "institutions")),
    ]
    content = words_at(
        *[(x, 200 + 14 * n, word) for n, line in enumerate(lines) for x, word in line]
    )
    assert _tables(raw_pdf(content)) == []


def test_columns_of_running_text_are_no_table() -> None:
    left = ["Trust in a county is built by many", "small acts that are done over many"]
    right = ["Money alone does not buy it, though", "without money nobody can rent a room"]
    by_column = [(72, 200 + 14 * n, t) for n, t in enumerate(left * 3)]
    by_column += [(330, 200 + 14 * n, t) for n, t in enumerate(right * 3)]
    assert _tables(raw_pdf(words_at(*by_column))) == []
    by_row = sorted(by_column, key=lambda word: word[1])
    assert _tables(raw_pdf(words_at(*by_row))) == []


def test_two_words_beside_each_other_once_are_no_table() -> None:
    assert _tables(raw_pdf(words_at((72, 200, "Alameda"), (250, 200, "2019")))) == []


# Tagged tables


def test_a_tagged_table_with_heads_and_an_empty_cell() -> None:
    (table,) = _tables(
        typst_pdf(
            "#table(columns: 3, stroke: none, table.header([County], [Beds], [Staff]), "
            "[Alameda], [], [5], [Kern], [7], [11])"
        )
    )
    assert _rows(table) == [_HEAD, ("Alameda", "", "5"), ("Kern", "7", "11")]
    assert _heads(table) == 1


def test_wrapped_cells_of_a_tagged_table_are_whole() -> None:
    (table,) = _tables(
        typst_pdf(
            "#table(columns: (80pt, 80pt), table.header([County], [Staff]), "
            "[Alameda and its small towns], [five good people], [Kern], [two])"
        )
    )
    assert _rows(table) == [
        ("County", "Staff"),
        ("Alameda and / its small towns", "five good / people"),
        ("Kern", "two"),
    ]


def test_joined_cells_of_a_tagged_table_stand_in_the_first_of_their_columns() -> None:
    (table,) = _tables(
        typst_pdf(
            "#table(columns: 3, table.header([County], [Beds], [Staff]), "
            "table.cell(colspan: 3)[Northern counties], [Alameda], [12], [5], [Kern], [7], [11], "
            "table.cell(colspan: 2)[Both of them], [16])"
        )
    )
    assert _rows(table)[1] == ("Northern counties", "", "")
    assert _rows(table)[-1] == ("Both of them", "", "16")


@pytest.mark.parametrize("count", [1, 2])
def test_tagged_boxes_of_one_cell_a_row_are_running_text(count: int) -> None:
    cells = ", ".join(f"[Words of a box, number {n}.]" for n in range(count))
    assert _tables(typst_pdf(f"#table(columns: 1, {cells})")) == []


def test_a_page_of_very_many_words_far_apart_is_looked_at_as_a_drawing() -> None:
    words = [(20.0 * (n % 25), 20 + 6 * (n // 25), "word") for n in range(3001)]
    assert _tables(raw_pdf(words_at(*words, size=4))) == []


def test_a_row_further_down_that_heads_another_part_is_a_head() -> None:
    again = ("Towns", "Beds", "Open")
    rows = [*_COUNTIES, again, ("Davis", "3", "2"), ("Chico", "4", "1")]
    (table,) = _tables(raw_pdf(f"{_BOLD_HEAD} {_typed(*rows)}"))
    assert [number for number, row in enumerate(table.rows) if row.is_head] == [0, 4]


def test_a_figure_that_stands_in_a_head_too_heads_nothing() -> None:
    head = _bold((72, 200, "County"), (250, 200, "12"), (350, 200, "Staff"))
    (table,) = _tables(raw_pdf(f"{head} {_typed(*_COUNTIES)}"))
    assert _heads(table) == 1


def _sections(table: Table) -> list[str]:
    return [words[0] for words, row in zip(_rows(table), table.rows, strict=True) if row.is_section]


def test_rows_that_name_those_under_them_are_sections() -> None:
    rows = [("Age in years", ""), ("Mean", "46"), ("Most", "56"), ("Years in", ""), ("Title", "")]
    rows += [("Mean", "5"), ("Most", "11"), ("Not known", "")]
    (table,) = _tables(raw_pdf(f"{_bold((72, 200, 'Measure'), (250, 200, 'All'))} {_typed(*rows)}"))
    assert _heads(table) == 1
    assert _sections(table) == ["Age in years", "Years in", "Title"]


def test_a_single_row_without_figures_is_no_section() -> None:
    rows = [("Kern", "7"), ("Marin", ""), ("Napa", "9"), ("Sonoma", "4")]
    (table,) = _tables(raw_pdf(_typed(*rows)))
    assert _sections(table) == []


def test_years_head_columns_of_other_numbers() -> None:
    rows = [("Crime", "1993", "SFY03*"), ("Murder", "12", "7"), ("Robbery", "379", "188")]
    (table,) = _tables(raw_pdf(_typed(*rows)))
    assert _heads(table) == 1
    years = [("Founded", "1993", "1995"), ("Opened", "1994", "1997"), ("Closed", "2003", "2004")]
    (table,) = _tables(raw_pdf(_typed(*years)))
    assert _heads(table) == 0
