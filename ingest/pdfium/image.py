"""A page of a PDF -> a picture of it."""

from typing import TYPE_CHECKING

from ingest.pdfium.file import LOCK, open_pdf

if TYPE_CHECKING:
    from PIL.Image import Image


def page_image(
    pdf_bytes: bytes, page_number: int, *, file: str, scale: float
) -> "tuple[Image, float]":
    """Render one page.

    Returns:
        The image (RGB) and the number of its pixels to a point.
    """
    with LOCK:
        pdf = open_pdf(pdf_bytes, file=file, password="")
        try:
            page = pdf[page_number - 1]
            image = page.render(scale=scale).to_pil().convert("RGB")
            return image, image.width / page.get_width()
        finally:
            pdf.close()
