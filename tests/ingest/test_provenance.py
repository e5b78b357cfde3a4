from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Box, GlyphRun, Page
from ingest.pdfium.glyphs import read_glyph_pages
from ingest.provenance import glyph_indices, merge_lines, pieces, quotation_boxes
from tests.conftest import ROOT
from tests.make_pdf import extracted, grid_of, lines_of_text, pages_of, raw_pdf, words_at


def _boxes(pdf: bytes, page: Page, quotation: str) -> list[Box]:
    start = page.text.index(quotation)
    return quotation_boxes(pdf, page, start, start + len(quotation), file="test.pdf")


def _printed_in(pdf: bytes, page_number: int, boxes: list[Box]) -> str:
    """The inked characters whose middle lies in one of some boxes."""
    glyph_page = list(read_glyph_pages(pdf, file="test.pdf"))[page_number - 1]
    return "".join(
        glyph.char
        for glyph in glyph_page.glyphs
        if not glyph.char.isspace()
        and any(
            box.x0 <= (glyph.x0 + glyph.x1) / 2 <= box.x1
            and box.top <= (glyph.top + glyph.bottom) / 2 <= box.bottom
            for box in boxes
        )
    )


def test_the_box_of_a_quotation_holds_its_words_and_no_others() -> None:
    pdf = raw_pdf(lines_of_text("Trust comes first. It takes years.", "More words."))
    page = extracted(pdf)[0]
    boxes = _boxes(pdf, page, "It takes years.")
    assert len(boxes) == 1
    assert _printed_in(pdf, 1, boxes) == "Ittakesyears."


def test_a_quotation_over_a_line_break_has_two_boxes() -> None:
    pdf = raw_pdf(lines_of_text("Trust comes first. It takes", "many years. More words."))
    boxes = _boxes(pdf, extracted(pdf)[0], "It takes\nmany years.")
    assert len(boxes) == 2
    assert boxes[0].bottom <= boxes[1].top + 1
    assert [_printed_in(pdf, 1, [box]) for box in boxes] == ["Ittakes", "manyyears."]


def test_a_word_broken_at_the_line_end_has_a_box_on_both_lines() -> None:
    pdf = raw_pdf(lines_of_text("The organ-", "ization meets."))
    boxes = _boxes(pdf, extracted(pdf)[0], "organization")
    assert [_printed_in(pdf, 1, [box]) for box in boxes] in (
        ["organ", "ization"],
        ["organ\x02", "ization"],
    )


def test_a_glyph_that_prints_several_letters_is_named_once() -> None:
    page = extracted(raw_pdf(lines_of_text("first")))[0]
    ligature = (GlyphRun(text_start=n, glyph_start=0, length=1) for n in range(2))
    rest = GlyphRun(text_start=2, glyph_start=1, length=3)
    page = replace(page, runs=(*ligature, rest))
    assert glyph_indices(page, 0, 5) == [0, 1, 2, 3]
    assert glyph_indices(page, 1, 2) == [0]


def test_white_space_has_no_glyph() -> None:
    page = extracted(raw_pdf(lines_of_text("a b")))[0]
    assert glyph_indices(page, 1, 2) == []
    assert quotation_boxes(raw_pdf(lines_of_text("a b")), page, 1, 2, file="test.pdf") == []


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_lie_on_the_page_however_it_is_turned(rotation: int) -> None:
    pdf = raw_pdf(lines_of_text("Trust comes first.")).replace(
        b"/MediaBox [0 0 612 792]", f"/Rotate {rotation:3} /MediaBox [0 0 612 792]".encode()
    )
    page = extracted(pdf)[0]
    for box in _boxes(pdf, page, "Trust comes first."):
        assert 0 <= box.x0 < box.x1 <= page.width
        assert 0 <= box.top < box.bottom <= page.height


def test_every_line_of_a_starter_volume_lies_in_its_own_boxes() -> None:
    pdf = (ROOT / "corpus" / "02-public-health-frame.pdf").read_bytes()
    page = pages_of(pdf)[3]
    assert len(page.lines) > 5
    for line in page.lines:
        boxes = quotation_boxes(pdf, page, line.start_char, line.end_char, file="test.pdf")
        assert boxes, page.line_text(line)
        assert min(box.top for box in boxes) >= line.box.top - 1


def test_boxes_far_apart_on_one_line_stay_apart() -> None:
    left = Box(x0=0, top=0, x1=10, bottom=10)
    near = Box(x0=12, top=0, x1=20, bottom=10)
    column = Box(x0=300, top=0, x1=310, bottom=10)
    assert merge_lines([left, near, column]) == [Box(x0=0, top=0, x1=20, bottom=10), column]


def _pieces(page: Page, quotation: str) -> list[str]:
    start = page.text.index(quotation)
    return [page.text[a:b] for a, b in pieces(page, start, start + len(quotation))]


def test_words_that_follow_one_another_in_the_file_are_one_piece() -> None:
    page = extracted(raw_pdf(lines_of_text("Trust comes first. It takes", "many years.")))[0]
    assert _pieces(page, "It takes\nmany years.") == ["It takes\nmany years."]
    assert _pieces(page, "comes first") == ["comes first"]


def test_a_ligature_and_a_broken_word_are_in_one_piece() -> None:
    content = lines_of_text("The \\200rst organ-", "ization meets.")
    page = extracted(raw_pdf(content, differences="128 /fi"))[0]
    assert _pieces(page, "first organization\nmeets.")[0].startswith("first organ")
    assert "".join(_pieces(page, "first")) == "first"


def test_the_cells_of_a_row_that_is_drawn_line_by_line_are_pieces() -> None:
    grid = grid_of((72, 200, 330), (200, 230, 260))
    words = words_at(
        *[(76, 214, "Alameda and"), (204, 214, "open all"), (76, 226, "its towns")],
        *[(204, 226, "night"), (76, 244, "Kern"), (204, 244, "closed")],
    )
    page = extracted(raw_pdf(f"{grid} {words}"))[0]
    row = "Alameda and\nits towns\nopen all\nnight"
    assert _pieces(page, row) == ["Alameda and", "its towns", "open all", "night"]
    assert _pieces(page, "Kern\nclosed") == ["Kern\nclosed"]


def test_white_space_is_no_piece() -> None:
    page = extracted(raw_pdf(lines_of_text("Trust grew.")))[0]
    assert pieces(page, 5, 6) == []
    assert pieces(page, 3, 3) == []


_DRAWN = st.text("ab c\n", min_size=1, max_size=30).flatmap(
    lambda text: st.tuples(
        st.just(text), st.permutations(range(len(text))), st.integers(0, 30), st.integers(0, 30)
    )
)


@given(_DRAWN)
def test_the_pieces_of_a_stretch_are_that_stretch(made: tuple[str, list[int], int, int]) -> None:
    text, order, one, other = made
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    runs = [GlyphRun(text_start=n, glyph_start=glyph, length=1) for n, glyph in enumerate(order)]
    page = replace(extracted(raw_pdf(lines_of_text("x")))[0], text=text, lines=(), runs=tuple(runs))
    found = pieces(page, start, end)
    cut = [text[a:b] for a, b in found]
    assert "".join("".join(cut).split()) == "".join(text[start:end].split())
    assert found == sorted(found)
    inked = sorted(glyph for glyph, char in zip(order, text, strict=True) if not char.isspace())
    for a, b in found:
        places = [inked.index(order[n]) for n in range(a, b) if not text[n].isspace()]
        assert places == list(range(places[0], places[0] + len(places)))
