"""The highlight lies on the words, and a bar stands beside them."""

import io

import numpy as np
import pytest
from PIL import Image

from answer.pipeline import Assistant
from answer.reply import Answer
from ingest.document import Box
from ui.page_image import highlight, page_png
from ui.reference import PageReference

YELLOW, BLUE, BLACK = (255, 233, 84), (11, 79, 138), (0, 0, 0)


def test_paper_turns_yellow_and_ink_stays_black() -> None:
    image = Image.new("RGB", (200, 100), "white")
    image.putpixel((50, 30), BLACK)
    box = Box(x0=20, top=10, x1=80, bottom=20)
    marked = highlight(image, [box], 2.0)
    assert marked.getpixel((60, 30)) == YELLOW
    assert marked.getpixel((50, 30)) == BLACK
    assert marked.getpixel((20, 30)) == BLUE  # 8 points left of the words, 3 points wide
    assert marked.getpixel((190, 30)) == (255, 255, 255)
    assert image.getpixel((60, 30)) == (255, 255, 255)


def test_the_bars_of_one_column_stand_in_line() -> None:
    image = Image.new("RGB", (100, 60), "white")
    lines = [Box(x0=30, top=10, x1=80, bottom=20), Box(x0=20, top=25, x1=60, bottom=35)]
    marked = np.asarray(highlight(image, lines, 1.0))
    blue = np.argwhere((marked == BLUE).all(axis=2))
    assert set(blue[blue[:, 0] == 15][:, 1]) == set(blue[blue[:, 0] == 30][:, 1])


def test_nothing_quoted_leaves_the_page_as_it_is() -> None:
    image = Image.new("RGB", (10, 10), "white")
    assert highlight(image, [], 1.0) is image


@pytest.mark.parametrize(
    "question", ["Who should be involved in defining well-being?", "What are the five principles?"]
)
def test_a_cited_page_is_yellow_where_the_words_stand(assistant: Assistant, question: str) -> None:
    reply = assistant.answer_question(question)
    assert isinstance(reply, Answer)
    citation = reply.statements[0].citations[0]
    reference = PageReference.of(citation, reply.release)
    release = assistant.release
    image = Image.open(io.BytesIO(page_png(release, reference, scale=1.0)))
    pixels = np.asarray(image.convert("RGB"))
    page = release.pages[citation.doc_id, citation.page_number]
    yellow = np.argwhere((pixels == YELLOW).all(axis=2))
    lines = [
        line.box
        for line in page.lines
        if line.start_char < citation.end_char and citation.start_char < line.end_char
    ]
    assert len(yellow) > 500
    assert yellow[:, 0].min() == pytest.approx(min(box.top for box in lines), abs=4)
    assert yellow[:, 0].max() == pytest.approx(max(box.bottom for box in lines), abs=4)
