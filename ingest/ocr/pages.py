"""Pages in need of OCR -> pages with the glyphs that an engine reads."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from statistics import fmean, median

from PIL.Image import Image

from ingest.document import Ocr, PageQuality, PageVerdict
from ingest.ocr.cache import OcrCache, cache_key
from ingest.ocr.engine import INSTALL, OcrEngine, OcrFailed, OcrWord, find_engine
from ingest.pdfium.glyphs import Glyph, GlyphPage
from ingest.settings import IngestSettings

_PT_PER_INCH = 72
_MAX_PIXELS = 6_000  # along the longer side of a picture
_MIN_CONFIDENCE = 0.4  # mean of a page's words: below it the engine is guessing
_MIN_LINE_CONFIDENCE = 0.6  # a line below it cannot be made out, or is an ornament or a map
_NONE_INSTALLED = f"to have it read, {INSTALL}"
OCR_FAILED = "OCR: "  # begins the reason of a page that may be read another time
_LOW_WORD = 0.6
_ONE_SIZE = 0.35  # lines whose height differs by less are set in one size
_ASKEW = 0.6  # of the type size: words of one level line stand no further apart

Render = Callable[[int, float], tuple[Image, float]]  # page number, scale -> picture, pixels/point


def _nothing() -> None:
    """Nobody waits for a sign of life."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OcrPlan:
    """How pages without text are read; config.toml says why."""

    engine: OcrEngine | None  # None: not at all
    why_none: str = ""  # said of each page when there is no engine
    dpi: int = 300
    page_s: int = 60  # for one page
    file_s: int = 1800  # for all pages of a file
    cache: Path | None = None
    still_at_it: Callable[[], None] = _nothing  # called before each page


def plan_ocr(settings: IngestSettings, *, cache: Path | None) -> OcrPlan:
    """How pages without text are read, by the settings and by what is installed.

    Args:
        settings: those of [ingest].
        cache: the folder where the words of pictures are kept; None: nowhere.

    Raises:
        SettingsInvalid: [ingest] ocr is not known, or names what is not installed.
    """
    engine = find_engine(settings.ocr, languages=settings.ocr_languages)
    off = '[ingest] ocr is "off" in config.toml'
    return OcrPlan(
        engine=engine,
        why_none=off if settings.ocr == "off" else _NONE_INSTALLED,
        dpi=settings.ocr_dpi,
        page_s=settings.ocr_page_s,
        file_s=settings.ocr_file_s,
        cache=cache,
    )


NO_OCR = OcrPlan(engine=None, why_none=_NONE_INSTALLED)


class Recogniser:
    """Reads the pages of one file, as long as its time lasts."""

    def __init__(self, plan: OcrPlan, render: Render) -> None:
        """Args: the plan, and what gives pictures of the file's pages."""
        self._plan = plan
        self._render = render
        self._cache = OcrCache(plan.cache)
        self._seconds = 0.0

    def recognise(self, page: GlyphPage, quality: PageQuality) -> tuple[GlyphPage, PageQuality]:
        """Read a page in need of OCR; other pages are given back as they are.

        Returns:
            The page with the engine's glyphs and the verdict OCR; or the page as it was, still in
            need of OCR, with the reason why.
        """
        engine = self._plan.engine
        if quality.verdict is not PageVerdict.NEEDS_OCR:
            return page, quality
        if engine is None:
            return page, _still_needed(quality, self._plan.why_none)
        try:
            words, pixels_per_point = self._words(engine, page.number)
        except OcrFailed as error:
            return page, _still_needed(quality, f"{OCR_FAILED}{error}")
        read = _legible(words)
        if not words or (not read and fmean(w.confidence for w in words) >= _MIN_CONFIDENCE):
            return page, _still_needed(quality, f"{engine.name} finds no writing on it")
        if fmean(word.confidence for word in words) < _MIN_CONFIDENCE or not read:
            return page, _still_needed(quality, f"{engine.name} cannot make it out")
        confidence = fmean(word.confidence for word in read)
        glyphs = tuple(_glyphs(read, pixels_per_point))
        ocr = Ocr(
            engine=engine.name,
            confidence=round(confidence, 4),
            boxes=tuple(glyph.box for glyph in glyphs),
        )
        return replace(page, glyphs=glyphs, elements=(), ocr=ocr), _read_quality(
            ocr, read, len(_lines(words)) - len(_lines(read))
        )

    def _words(self, engine: OcrEngine, number: int) -> tuple[Sequence[OcrWord], float]:
        self._plan.still_at_it()
        picture, pixels_per_point = self._render(number, self._plan.dpi / _PT_PER_INCH)
        picture = picture.convert("L")
        dpi = round(pixels_per_point * _PT_PER_INCH)
        key = cache_key(picture, dpi=dpi, engine=engine.name)
        kept = self._cache.find(key)
        if kept is not None:
            return kept, pixels_per_point
        if self._seconds >= self._plan.file_s:
            message = (
                f"the file's other pages have taken {self._plan.file_s} seconds; raise [ingest] "
                "ocr_file_s in config.toml"
            )
            raise OcrFailed(message)
        start = time.monotonic()
        words = engine.read(picture, dpi=dpi, timeout_s=self._plan.page_s)
        self._seconds += time.monotonic() - start
        self._cache.keep(key, words)
        return words, pixels_per_point


def ocr_scale(width: float, height: float, scale: float) -> float:
    """The scale at which a page is drawn for OCR: a poster is not drawn in full."""
    return min(scale, _MAX_PIXELS / max(width, height, 1.0))


def _still_needed(quality: PageQuality, why: str) -> PageQuality:
    return replace(quality, reasons=(*quality.reasons, why))


def _read_quality(ocr: Ocr, words: Sequence[OcrWord], lines_lost: int) -> PageQuality:
    reasons = [f"read by OCR ({ocr.engine}, confidence {ocr.confidence:.2f})"]
    low = sum(word.confidence < _LOW_WORD for word in words)
    if low:
        reasons.append(f"{low} of its {len(words)} words are doubtful")
    if lines_lost:
        reasons.append(f"{lines_lost} lines that cannot be made out are left out")
    return PageQuality(verdict=PageVerdict.OCR, reasons=tuple(reasons))


def _lines(words: Sequence[OcrWord]) -> list[list[OcrWord]]:
    return [list(group) for _, group in groupby(words, key=lambda word: word.line)]


def _legible(words: Sequence[OcrWord]) -> list[OcrWord]:
    """The words without the lines that an engine sees in ornaments and photographs."""
    return [
        word
        for line in _lines(words)
        if fmean(w.confidence for w in line) >= _MIN_LINE_CONFIDENCE
        and any(char.isalnum() for w in line for char in w.text)
        for word in line
    ]


def _glyphs(words: Sequence[OcrWord], pixels_per_point: float) -> Iterator[Glyph]:
    """Glyphs as pdfium gives them: a space between words, a line break after a line.

    A word's width is shared out evenly among its characters. All glyphs of a line have its top
    and bottom, and lines of about the usual height have one type size: the ink of "nouns" is
    lower than that of "Highly", and it is the same type.
    """
    lines = _lines(words)
    usual = median(_height(line) for line in lines)
    number = 0
    for line in lines:
        height = _height(line)
        size = usual if abs(height - usual) <= _ONE_SIZE * usual else height
        points = size / pixels_per_point
        end = top = bottom = 0.0
        for position, (word, middle) in enumerate(zip(line, _middles(line), strict=True)):
            x0, x1 = word.x0 / pixels_per_point, word.x1 / pixels_per_point
            top, bottom = (
                middle / pixels_per_point - points / 2,
                middle / pixels_per_point + points / 2,
            )
            if position:
                yield Glyph(number, " ", end, top, x0, bottom, points, bold=False)
                number += 1
            step = (x1 - x0) / len(word.text)
            for place, char in enumerate(word.text):
                left = x0 + place * step
                yield Glyph(number, char, left, top, left + step, bottom, points, bold=False)
                number += 1
            end = x1
        yield Glyph(number, "\n", end, top, end, bottom, points, bold=False)
        number += 1


def _middles(line: Sequence[OcrWord]) -> list[float]:
    """The height at which each word stands: one for the line unless the scan is askew."""
    if _is_askew(line):
        return [(word.top + word.bottom) / 2 for word in line]
    middle = (min(word.top for word in line) + max(word.bottom for word in line)) / 2
    return [middle] * len(line)


def _is_askew(line: Sequence[OcrWord]) -> bool:
    middles = [(word.top + word.bottom) / 2 for word in line]
    return max(middles) - min(middles) > _ASKEW * max(word.bottom - word.top for word in line)


def _height(line: Sequence[OcrWord]) -> float:
    """From the highest to the lowest ink of a line, pixels: about the type size.

    Of the tallest word where the scan is askew.
    """
    tallest = max(word.bottom - word.top for word in line)
    if _is_askew(line):
        return max(tallest, 1.0)
    return max(max(word.bottom for word in line) - min(word.top for word in line), 1.0)
