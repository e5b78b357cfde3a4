"""Boxes on a page -> the characters that pdfium finds in them: the check of a highlight.

It shares nothing with the code that makes the boxes: pdfium itself turns its coordinates into
those of the page as it is shown.
"""

import ctypes
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.document import Box
from ingest.pdfium.file import LOCK, open_pdf

_STEPS = 100  # of a point: FPDF_PageToDevice rounds to whole device units
_MADE_UP = "\x02\ufffe"  # pdfium's marks of a word broken at a line end


def text_in_boxes(
    pdf_bytes: bytes, page_number: int, boxes: Sequence[Box], *, file: str
) -> list[str]:
    """The characters whose centres lie in each box, in the order in which the file draws them.

    White space is left out: pdfium makes it up.
    """
    with LOCK:
        pdf = open_pdf(pdf_bytes, file=file, password="")
        try:
            page = pdf[page_number - 1]
            centres = _centres(page)
        finally:
            pdf.close()
    return [
        "".join(
            char for char, x, y in centres if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom
        )
        for box in boxes
    ]


def _centres(page: pdfium.PdfPage) -> list[tuple[str, float, float]]:
    """Each character that can be seen, with the centre of its ink from the top left, points."""
    width, height = page.get_size()
    text_page = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    across, down = ctypes.c_int(), ctypes.c_int()
    found = []
    for index in range(pdfium_c.FPDFText_CountChars(text_page)):
        char = chr(pdfium_c.FPDFText_GetUnicode(text_page, index))
        if char.isspace() or char in _MADE_UP:
            continue
        pdfium_c.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        pdfium_c.FPDF_PageToDevice(
            page,
            0,
            0,
            round(width * _STEPS),
            round(height * _STEPS),
            0,
            (left.value + right.value) / 2,
            (bottom.value + top.value) / 2,
            across,
            down,
        )
        found.append((char, across.value / _STEPS, down.value / _STEPS))
    text_page.close()
    page.close()
    return found
