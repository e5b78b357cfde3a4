import pytest

from ingest.document import Box
from ingest.pdfium.glyphs import GlyphPage, read_glyph_pages
from tests.make_pdf import grid_of, lines_of_text, raw_pdf, typst_pdf


def _page(pdf: bytes) -> GlyphPage:
    return next(read_glyph_pages(pdf, file="test.pdf"))


def _tagged(page: GlyphPage) -> list[tuple[str, str]]:
    """The tag of every element that has words on a page, with its letters."""
    runs: list[tuple[int, str]] = []
    for glyph in page.glyphs:
        if glyph.element < 0:  # not tagged, or a space that pdfium makes up
            continue
        if runs and runs[-1][0] == glyph.element:
            runs[-1] = (glyph.element, runs[-1][1] + glyph.char)
        else:
            runs.append((glyph.element, glyph.char))
    return [(page.elements[element].tag, text.strip()) for element, text in runs]


def _rules(content: str) -> list[Box]:
    return list(_page(raw_pdf(content)).rules)


def _like(x0: float, top: float, x1: float, bottom: float) -> Box:
    """A box, give or take half the width of a line."""
    return Box(
        x0=pytest.approx(x0, abs=1),
        top=pytest.approx(top, abs=1),
        x1=pytest.approx(x1, abs=1),
        bottom=pytest.approx(bottom, abs=1),
    )


def test_the_glyphs_of_a_tagged_file_know_their_element() -> None:
    page = _page(typst_pdf("= Duties\nTrust.\n== More\nYears."))
    assert _tagged(page) == [
        ("H1", "Duties"),
        ("P", "Trust."),
        ("H2", "More"),
        ("P", "Years."),
    ]


def test_rows_and_cells_are_read_in_order_and_each_after_its_parent() -> None:
    page = _page(typst_pdf("#table(columns: 2, table.header([A], [B]), [c], [d])"))
    tags = [element.tag for element in page.elements]
    assert [tag for tag in tags if tag in ("Table", "TR", "TH", "TD")] == [
        "Table",
        *("TR", "TH", "TH"),
        *("TR", "TD", "TD"),
    ]
    assert all(element.parent < n for n, element in enumerate(page.elements))
    rows = [n for n, tag in enumerate(tags) if tag == "TR"]
    cells = [element.parent for element in page.elements if element.tag in ("TH", "TD")]
    assert cells == [rows[0], rows[0], rows[1], rows[1]]


def test_a_running_header_is_no_part_of_the_structure() -> None:
    page = _page(typst_pdf("#set page(header: [Guide])\nTrust."))
    assert {g.element for g in page.glyphs if g.char in "Gi" and g.top < 70} == {-1}
    assert _tagged(page) == [("P", "Trust.")]


def test_every_page_has_its_own_elements() -> None:
    pages = list(read_glyph_pages(typst_pdf("One.\n#pagebreak()\n= Two"), file="test.pdf"))
    assert [_tagged(page) for page in pages] == [[("P", "One.")], [("H1", "Two")]]


def test_a_file_without_tags_has_no_elements() -> None:
    page = _page(raw_pdf(lines_of_text("Trust grew.")))
    assert page.elements == ()
    assert {glyph.element for glyph in page.glyphs} == {-1}


def test_a_drawn_line_is_a_rule_measured_from_the_top_left_corner() -> None:
    assert _rules("100 700 m 300 700 l S") == [_like(100, 92, 300, 92)]
    assert _rules("100 700 m 100 500 l S") == [_like(100, 92, 100, 292)]


def test_a_line_drawn_in_a_scaled_space_stands_where_it_is_seen() -> None:
    assert _rules("q 2 0 0 2 0 0 cm 50 350 m 150 350 l S Q") == [_like(100, 92, 300, 92)]
    box = "q 2 0 0 2 0 0 cm 50 300 100 50 re S Q"
    assert _rules(box) == _rules("100 600 200 100 re S")


def test_the_edges_of_a_box_are_rules() -> None:
    found = _rules("100 600 200 100 re S")
    assert len(found) == 4
    for edge in (
        _like(100, 92, 300, 92),
        _like(100, 192, 300, 192),
        _like(100, 92, 100, 192),
        _like(300, 92, 300, 192),
    ):
        assert edge in found


def test_a_thin_filled_shape_is_one_rule() -> None:
    assert _rules("100 700 200 1 re f") == [_like(100, 92, 300, 92)]


@pytest.mark.parametrize(
    "content",
    [
        "100 700 m 300 650 l S",  # leans
        "100 700 m 105 700 l S",  # too short to rule anything
        "100 700 m 150 750 250 750 300 700 c S",  # bends
    ],
)
def test_lines_that_rule_nothing(content: str) -> None:
    assert _rules(content) == []


def test_the_rules_of_a_turned_page_are_turned_along() -> None:
    pdf = raw_pdf("100 700 m 300 700 l S").replace(
        b"/MediaBox [0 0 612 792]", b"/Rotate 90 /MediaBox [0 0 612 792]"
    )
    # What was 92 points below the top is 92 points left of the right edge, 792 points away.
    assert list(_page(pdf).rules) == [_like(700, 100, 700, 300)]


def test_a_grid_has_a_rule_for_each_of_its_lines() -> None:
    found = _rules(grid_of((100, 200, 300), (100, 120, 140, 160)))
    assert len(found) == 7
    assert _like(100, 120, 300, 120) in found
    assert _like(200, 100, 200, 160) in found
