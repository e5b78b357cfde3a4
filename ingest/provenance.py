"""Characters of a page's text -> the boxes on the page where they are printed."""

from collections.abc import Iterator, Sequence

from ingest.document import Box, Page
from ingest.pdfium.glyphs import glyph_boxes


def glyph_indices(page: Page, start_char: int, end_char: int) -> list[int]:
    """The glyphs that print `page.text[start_char:end_char]`, in reading order, each once."""
    indices: list[int] = []
    for _, index in _inked_chars(page, start_char, end_char):
        if not indices or indices[-1] != index:  # a ligature prints several characters
            indices.append(index)
    return indices


def pieces(page: Page, start_char: int, end_char: int) -> list[tuple[int, int]]:
    """Cut `page.text[start_char:end_char]` where its words do not follow one another in the file.

    The words of a table row, or of columns that are drawn row by row, are put in reading order;
    each piece stands in the file as it is quoted, so any program that reads the file can find it.
    """
    inked = sorted(glyph_indices(page, 0, len(page.text)))
    place = {glyph: number for number, glyph in enumerate(inked)}
    found: list[tuple[int, int]] = []
    before: int | None = None
    for char, glyph in _inked_chars(page, start_char, end_char):
        here = place[glyph]
        if before is not None and here - before in (0, 1):
            found[-1] = (found[-1][0], char + 1)
        else:
            found.append((char, char + 1))
        before = here
    return found


def _inked_chars(page: Page, start_char: int, end_char: int) -> Iterator[tuple[int, int]]:
    """The printed characters of a stretch with their glyphs, in reading order."""
    for run in page.runs:
        first = max(start_char, run.text_start)
        last = min(end_char, run.text_start + run.length)
        for char in range(first, last):
            if not page.text[char].isspace():  # pdfium makes spaces up; they have no box
                yield char, run.glyph_start + char - run.text_start


def quotation_boxes(
    pdf_bytes: bytes, page: Page, start_char: int, end_char: int, *, file: str
) -> list[Box]:
    """One box for each printed line of `page.text[start_char:end_char]`, in reading order.

    Raises:
        PdfUnreadable: the file cannot be read.
    """
    indices = glyph_indices(page, start_char, end_char)
    if page.ocr:
        boxes = [page.ocr.boxes[index] for index in indices]
    else:
        boxes = glyph_boxes(pdf_bytes, page.number, indices, file=file)
    return merge_lines(boxes)


def merge_lines(boxes: Sequence[Box]) -> list[Box]:
    """Join boxes that follow one another on one line."""
    merged: list[Box] = []
    for box in boxes:
        last = merged[-1] if merged else None
        if last and _on_one_line(last, box):
            merged[-1] = Box(
                x0=min(last.x0, box.x0),
                top=min(last.top, box.top),
                x1=max(last.x1, box.x1),
                bottom=max(last.bottom, box.bottom),
            )
        else:
            merged.append(box)
    return merged


def _on_one_line(left: Box, right: Box) -> bool:
    heights = left.bottom - left.top, right.bottom - right.top
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    # A note mark lies wholly beside its line. A cell that is set half a line lower, and a letter or
    # number that is several lines tall, get boxes of their own: one around both would cover words
    # of other lines.
    beside = overlap > 0.6 * min(heights) and max(heights) <= 2 * min(heights)
    return beside and right.x0 - left.x1 < 4 * max(heights)
