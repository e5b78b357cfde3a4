"""RapidOCR, from the optional extra `ocr`; its models are part of its package."""

import importlib.util
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from PIL.Image import Image

from ingest.ocr.engine import OcrFailed, OcrWord

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
            result = self._engine(picture, return_word_box=False)
        except Exception as error:  # whatever goes wrong in it, the page is at fault
            message = f"rapidocr failed ({type(error).__name__}: {error})"
            raise OcrFailed(message) from error
        return list(_words(result))


def _words(result: Any) -> Iterator[OcrWord]:  # noqa: ANN401  # the package has no types
    if result.txts is None:
        return
    for line, (corners, text, score) in enumerate(
        zip(result.boxes, result.txts, result.scores, strict=True)
    ):
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
        step = (x1 - x0) / max(len(text), 1)
        start = 0
        for word in text.split():
            start = text.index(word, start)
            yield OcrWord(
                text=word,
                x0=x0 + start * step,
                top=top,
                x1=x0 + (start + len(word)) * step,
                bottom=bottom,
                confidence=float(score),
                line=line,
            )
            start += len(word)
