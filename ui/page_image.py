"""A page of a publication as an image, with the quoted words highlighted."""

import io
from collections.abc import Sequence

import streamlit as st
from PIL import Image, ImageChops, ImageDraw

from index.releases import ReleasePages
from ingest.document import Box
from ingest.pdfium.image import page_image
from ingest.provenance import quotation_boxes
from ui.reference import PageReference

_YELLOW = (255, 233, 84)
_BLUE = (11, 79, 138)
_PAD = 1.5  # points that the yellow reaches beyond the words
_BAR_WIDTH, _BAR_GAP = 3.0, 8.0  # points; the bar stands this far left of the words
_MAX_SIDE = 2600  # pixels: keeps a poster from filling the memory
_CACHED_IMAGES = 100  # about 0.3 MB each


def highlight(image: Image.Image, boxes: Sequence[Box], scale: float) -> Image.Image:
    """Lay yellow over the boxes, and draw a blue bar left of them for those who see no yellow.

    Args:
        image: of a page, RGB; it is left as it is.
        boxes: the lines of a quotation, in points.
        scale: pixels to a point.
    """
    if not boxes:
        return image
    yellow = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(yellow)
    for box in boxes:
        edges = (box.x0 - _PAD, box.top - _PAD, box.x1 + _PAD, box.bottom + _PAD)
        draw.rectangle([edge * scale for edge in edges], fill=_YELLOW)
    marked = ImageChops.multiply(image, yellow)
    draw = ImageDraw.Draw(marked)
    for box in boxes:
        right = max(min(other.x0 for other in boxes if _beside(other, box)) - _BAR_GAP, _BAR_WIDTH)
        edges = (right - _BAR_WIDTH, box.top - _PAD, right, box.bottom + _PAD)
        draw.rectangle([edge * scale for edge in edges], fill=_BLUE)
    return marked


def _beside(other: Box, box: Box) -> bool:
    """Whether two lines stand in one column, so that their bars should be in line."""
    return other.x0 < box.x1 and box.x0 < other.x1


def page_png(release: ReleasePages, reference: PageReference, *, scale: float) -> bytes:
    """The page that a reference points to, its words highlighted, as a PNG file.

    Raises:
        PdfUnreadable: the stored file cannot be read.
        OSError: the stored file has been removed.
    """
    return _page_png(reference, scale, str(release.folder), release)


@st.cache_data(max_entries=_CACHED_IMAGES, show_spinner=False)
def _page_png(reference: PageReference, scale: float, folder: str, _release: ReleasePages) -> bytes:
    page = _release.pages[reference.doc_id, reference.page_number]
    file = f"{reference.doc_id}.pdf in {folder}"
    pdf_bytes = _release.pdf_bytes(reference.doc_id)
    bounded = min(scale, _MAX_SIDE / max(page.width, page.height))
    image, pixels_to_point = page_image(pdf_bytes, page.number, file=file, scale=bounded)
    boxes = quotation_boxes(pdf_bytes, page, reference.start_char, reference.end_char, file=file)
    stream = io.BytesIO()
    highlight(image, boxes, pixels_to_point).save(stream, format="PNG")
    return stream.getvalue()
