"""A page's tagged structure -> the paragraph, list item or table cell of every element."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ingest.pdfium.tags import Element

# Structure types that make a block of text, each with what it means here (ISO 32000-1, 14.8.4).
_BLOCKS = {
    "P": "P",
    "H": "H1",
    "H1": "H1",
    "H2": "H2",
    "H3": "H3",
    "H4": "H4",
    "H5": "H5",
    "H6": "H6",
    "Title": "H1",
    "LI": "LI",
    "Caption": "Caption",
    "Note": "Note",
    "FENote": "Note",
    "TOCI": "TOCI",
    "TD": "TD",
    "TH": "TH",
    "BibEntry": "BibEntry",
    "Index": "TOCI",
}
_OUTRANKED = {"P": ("LI", "Note", "TOCI", "Caption", "BibEntry")}  # a paragraph inside one is it
_CELLS = ("TD", "TH")


class Place(NamedTuple):
    """Where an element stands; each number is an element's index, -1 where there is none."""

    tag: str = ""  # the block's standard type; "" when the text is not tagged
    block: int = -1
    cell: int = -1
    row: int = -1
    table: int = -1
    column: int = -1  # how many cells of the row stand before it; pdfium may leave out empty ones
    columns: int = 0  # how many cells the row has, counted alike
    is_head: bool = False  # the cell is a head of its column or row


UNTAGGED = Place()


def places(elements: Sequence[Element]) -> list[Place]:
    """For every element the block, cell, row and table that it is in; parents come first."""
    found: list[Place] = []
    cells: Counter[int] = Counter()  # so far, by row
    for index, element in enumerate(elements):
        above = found[element.parent] if 0 <= element.parent < index else UNTAGGED
        place = _place(index, element.tag, above)
        if place.cell == index:
            place = place._replace(column=cells[place.row])
            cells[place.row] += 1
        found.append(place)
    return [place._replace(columns=cells[place.row]) for place in found]


def _place(index: int, tag: str, above: Place) -> Place:
    if tag == "Table":
        return above._replace(table=index, row=-1, cell=-1)
    if tag == "TR":
        return above._replace(row=index, cell=-1, column=-1)
    meaning = _BLOCKS.get(tag)
    if meaning is None:
        return above
    if meaning in _CELLS:
        return above._replace(tag="P", block=index, cell=index, is_head=meaning == "TH")
    if above.tag in _OUTRANKED.get(meaning, ()):
        # A list item of several paragraphs begins a block with each; only the first is marked.
        return above
    return above._replace(tag=meaning, block=index)
