"""The text of a page as pypdf reads it: asked where pdfium's is in doubt, because it is slow.

One of two importers of pypdf, beside `catalog`.
"""

import io
import logging
from collections import Counter

import pypdf

from ingest.words import words_of


class SecondReader:
    """pypdf's reading of one file; the file is opened when a page is first asked for."""

    def __init__(self, pdf_bytes: bytes) -> None:
        """Args: the file, which must open without a password."""
        self._pdf_bytes = pdf_bytes
        self._reader: pypdf.PdfReader | None = None

    def page_text(self, page_number: int) -> str | None:
        """The text of one page, 1-based; None where pypdf cannot read it."""
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every oddity it mends
        try:
            if self._reader is None:
                self._reader = pypdf.PdfReader(io.BytesIO(self._pdf_bytes))
            return self._reader.pages[page_number - 1].extract_text()
        except Exception:  # noqa: BLE001  # pypdf lets through whatever malformed objects make it raise
            return None


def agreement(one: str, other: str) -> float:
    """The share of the words of two texts that both have, 0 … 1, whatever their order.

    Twice the common words over all words of both (Dice); 1 for two texts without words.
    """
    left = Counter(word.lower() for word in words_of(one))
    right = Counter(word.lower() for word in words_of(other))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0
