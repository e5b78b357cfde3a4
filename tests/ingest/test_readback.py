import pytest

from ingest.document import Box
from ingest.pdfium.readback import text_in_boxes
from ingest.provenance import quotation_boxes
from tests.make_pdf import lines_of_text, pages_of, raw_pdf


def test_the_characters_whose_centres_lie_in_a_box_are_read_back() -> None:
    pdf = raw_pdf(lines_of_text("First line", "Second line", size=12, top=700))
    # Baselines at 700 and 685.6 points: the first line lies around 92 from the top.
    boxes = [Box(x0=0, top=82, x1=612, bottom=95), Box(x0=0, top=97, x1=612, bottom=110)]
    assert text_in_boxes(pdf, 1, boxes, file="test.pdf") == ["Firstline", "Secondline"]


@pytest.mark.parametrize("media_box", ["0 0 612 792", "-100 50 512 842", "20 30 632 822"])
def test_the_boxes_of_a_quotation_read_back_as_the_quotation(media_box: str) -> None:
    pdf = raw_pdf(lines_of_text("One two three", "four five six"), media_box=media_box)
    (page,) = pages_of(pdf)
    start, end = page.text.index("two"), page.text.index(" six")
    boxes = quotation_boxes(pdf, page, start, end, file="test.pdf")
    assert text_in_boxes(pdf, 1, boxes, file="test.pdf") == ["twothree", "fourfive"]


def test_a_cell_half_a_line_lower_gets_a_box_of_its_own() -> None:
    pdf = raw_pdf(
        "BT /F1 10 Tf 72 700 Td (Former spouse) Tj 0 -10 Td (or housemate) Tj 70 4.5 Td (12) Tj ET"
    )
    (page,) = pages_of(pdf)
    words = "or housemate 12"
    text = " ".join(page.text.split())
    assert words in text
    start = page.text.index("or housemate")
    boxes = quotation_boxes(pdf, page, start, page.text.index("12") + 2, file="test.pdf")
    assert text_in_boxes(pdf, 1, boxes, file="test.pdf") == ["orhousemate", "12"]
