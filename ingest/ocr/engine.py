"""What an OCR engine gives: the words of a picture, and which engine is to be had."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL.Image import Image

from ingest.errors import SettingsInvalid

INSTALL = (
    "install Tesseract (apt install tesseract-ocr, or brew install tesseract) or RapidOCR "
    "(pip install '.[ocr]')"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class OcrWord:
    """A word as an engine reads it; the box is in pixels from the top left of the picture."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float  # 0 … 1, as the engine rates itself
    line: int  # words of one printed line share it


class OcrFailed(Exception):
    """An engine could not read one page; the message says why."""


class OcrEngine(Protocol):
    """Reads pictures."""

    @property
    def name(self) -> str:
        """Name, version and languages: what its results depend on."""

    def read(self, picture: Image, *, dpi: int, timeout_s: int) -> Sequence[OcrWord]:
        """The words of a picture in reading order.

        Raises:
            OcrFailed: it took too long or went wrong.
        """


def find_engine(choice: str, *, languages: str) -> OcrEngine | None:
    """The engine of [ingest] ocr: "auto", "tesseract", "rapidocr" or "off".

    Returns:
        None when it is off, or when "auto" finds none.

    Raises:
        SettingsInvalid: the choice is none of the four, or what it names is not installed.
    """
    from ingest.ocr.rapid import RapidOcr  # noqa: PLC0415  # they import this module
    from ingest.ocr.tesseract import Tesseract  # noqa: PLC0415

    if choice == "off":
        return None
    if choice not in ("auto", "tesseract", "rapidocr"):
        message = (
            f'[ingest] ocr = "{choice}" in config.toml is not known; set "auto", "tesseract", '
            '"rapidocr" or "off"'
        )
        raise SettingsInvalid(message)
    engine: OcrEngine | None = None
    if choice in ("auto", "tesseract"):
        engine = Tesseract.installed(languages)
    if engine is None and choice in ("auto", "rapidocr"):
        engine = RapidOcr.installed()
    if engine is None and choice != "auto":
        message = f'[ingest] ocr = "{choice}" in config.toml, but it is not installed; {INSTALL}'
        raise SettingsInvalid(message)
    return engine
