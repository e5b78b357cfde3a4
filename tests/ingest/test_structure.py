from hypothesis import given
from hypothesis import strategies as st

from ingest.pdfium.tags import Element
from ingest.structure import UNTAGGED, Place, places


def _places(*elements: tuple[str, int]) -> list[Place]:
    return places([Element(tag, parent) for tag, parent in elements])


def test_a_cell_knows_its_row_its_table_and_its_column() -> None:
    found = _places(
        ("Document", -1),
        ("Table", 0),
        ("TR", 1),
        ("TH", 2),
        ("TH", 2),
        ("TR", 1),
        ("TD", 5),  # empty in the file, and counted all the same
        ("TD", 5),
        ("P", 7),
    )
    assert found[4] == Place(
        tag="P", block=4, cell=4, row=2, table=1, column=1, columns=2, is_head=True
    )
    assert found[8] == Place(tag="P", block=8, cell=7, row=5, table=1, column=1, columns=2)


def test_what_is_not_tagged_as_a_block_has_the_place_of_what_it_stands_in() -> None:
    found = _places(("Document", -1), ("Sect", 0), ("P", 1), ("Span", 2), ("Link", 3))
    assert found[0] == found[1] == UNTAGGED
    assert found[2] == found[3] == found[4] == Place(tag="P", block=2)


def test_a_paragraph_of_a_list_item_a_note_or_a_caption_is_that() -> None:
    for tag, meaning in (
        ("LI", "LI"),
        ("Note", "Note"),
        ("FENote", "Note"),
        ("Caption", "Caption"),
    ):
        found = _places(("Document", -1), (tag, 0), ("LBody", 1), ("P", 2))
        assert found[3] == Place(tag=meaning, block=1), tag


def test_an_item_of_a_list_in_a_list_is_an_item_of_its_own() -> None:
    found = _places(("L", -1), ("LI", 0), ("LBody", 1), ("L", 2), ("LI", 3), ("LBody", 4))
    assert found[2] == Place(tag="LI", block=1)
    assert found[5] == Place(tag="LI", block=4)


def test_a_table_in_a_cell_has_rows_and_cells_of_its_own() -> None:
    found = _places(
        ("Table", -1), ("TR", 0), ("TD", 1), ("TD", 1), ("Table", 3), ("TR", 4), ("TD", 5)
    )
    assert (found[3].table, found[3].row, found[3].cell, found[3].column) == (0, 1, 3, 1)
    assert (found[6].table, found[6].row, found[6].cell, found[6].column) == (4, 5, 6, 0)
    assert (found[3].columns, found[6].columns) == (2, 1)


def test_headings_and_titles_have_their_rank() -> None:
    tags = ["H", "H1", "H4", "H6", "Title"]
    found = _places(*[(tag, -1) for tag in tags])
    assert [place.tag for place in found] == ["H1", "H1", "H4", "H6", "H1"]


def test_entries_of_contents_and_index_are_entries() -> None:
    found = _places(("TOC", -1), ("TOCI", 0), ("P", 1), ("Index", -1))
    assert [place.tag for place in found] == ["", "TOCI", "TOCI", "TOCI"]


def test_a_parent_that_comes_later_counts_as_none() -> None:
    assert _places(("P", 5), ("P", 1)) == [Place(tag="P", block=0), Place(tag="P", block=1)]


_TAGS = ["Document", "P", "LI", "Table", "TR", "TD", "TH", "H2", "Span", "Note"]


@given(st.lists(st.tuples(st.sampled_from(_TAGS), st.integers(-1, 30)), max_size=30))
def test_places_are_those_of_the_elements_above(made: list[tuple[str, int]]) -> None:
    elements = [Element(tag, min(parent, n - 1)) for n, (tag, parent) in enumerate(made)]
    found = places(elements)
    assert len(found) == len(elements)
    for index, place in enumerate(found):
        above, here = {-1}, index
        while here >= 0:
            above.add(here)
            here = elements[here].parent
        assert {place.block, place.cell, place.row, place.table} <= above
        assert place.column < max(place.columns, 0) or place.column == -1
