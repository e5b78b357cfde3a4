"""RapidOCR, from the optional extra `ocr`; its models are part of its package."""

import importlib.util
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from PIL.Image import Image

from ingest.ocr.engine import OcrFailed, OcrWord
from ingest.ocr.order import LineBox, reading_order

_PACKAGES = ("rapidocr", "onnxruntime")


class RapidOcr:
    """The package as it is installed; its models are loaded for the first page."""

    def __init__(self) -> None:
        self._name = f"rapidocr {version('rapidocr')}"
        self._engine: Any = None

    @classmethod
    def installed(cls) -> "RapidOcr | None":
        """The package; None where it is not installed."""
        return cls() if all(map(importlib.util.find_spec, _PACKAGES)) else None

    @property
    def name(self) -> str:
        """Name and version."""
        return self._name

    def read(self, picture: Image, *, dpi: int, timeout_s: int) -> Sequence[OcrWord]:
        """The words of a picture in reading order; the time limit is that of the whole file."""
        del dpi, timeout_s  # it asks for neither
        try:
            if self._engine is None:
                from rapidocr import RapidOCR  # noqa: PLC0415  # optional, and slow to import

                self._engine = RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": 1})
            result = self._engine(picture, return_word_box=True)
        except Exception as error:  # whatever goes wrong in it, the page is at fault
            message = f"rapidocr failed ({type(error).__name__}: {error})"
            raise OcrFailed(message) from error
        return list(_words(result))


def _words(result: Any) -> Iterator[OcrWord]:  # noqa: ANN401  # the package has no types
    if result.txts is None:
        return
    boxes = [_box(corners) for corners in result.boxes]
    for line, number in enumerate(reading_order(boxes)):
        box, text = boxes[number], result.txts[number]
        chars = _chars(result.word_results[number])
        letters = "".join(text.split())
        if len(chars) != len(letters):
            chars = _shared_out(box.x0, box.x1, len(letters))
        start = 0
        for word in text.split():
            end = start + len(word)
            yield OcrWord(
                text=word,
                x0=chars[start][0],
                top=box.top,
                x1=chars[end - 1][1],
                bottom=box.bottom,
                confidence=float(result.scores[number]),
                line=line,
            )
            start = end


def _chars(pieces: Any) -> list[tuple[float, float]]:  # noqa: ANN401  # (text, score, corners) each
    """From where to where each character of a line goes: the pieces are no words, but they tell."""
    return [
        span
        for text, _, corners in pieces
        for box in [_box(corners)]
        for span in _shared_out(box.x0, box.x1, len(text))
    ]


def _shared_out(start: float, end: float, count: int) -> list[tuple[float, float]]:
    step = (end - start) / max(count, 1)
    return [(start + n * step, start + (n + 1) * step) for n in range(count)]


def _box(corners: Any) -> LineBox:  # noqa: ANN401  # four points, as an array
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return LineBox(min(xs), min(ys), max(xs), max(ys))
