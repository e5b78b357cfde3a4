"""PDF bytes -> the glyphs of each page, with their boxes and their type."""

import ctypes
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.document import Box, Ocr
from ingest.errors import PdfUnreadable
from ingest.pdfium.file import LOCK, open_pdf
from ingest.pdfium.hidden import NO_LOOK, Look, look_at
from ingest.pdfium.rules import read_rules
from ingest.pdfium.tags import NO_TAGS, Element, PageTags, read_tags

_BOLD_WEIGHT = 600  # CSS scale: 400 regular, 700 bold
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_NAME_BUFFER_BYTES = 256
# Height above and depth below the baseline, in font sizes, of common text faces.
ASCENT, DESCENT = 0.78, 0.22
_LETTER = (612.0, 792.0)  # points: stands for the size of a page that cannot be read
_LEVEL = 0.02  # slope of the baseline below which a word counts as level


class Glyph(NamedTuple):
    """One character as pdfium reports it; a tuple because there are millions of them.

    The box runs from left to right edge of the ink, and from ascender to descender height around
    the baseline, so that all glyphs of one line share its top and bottom.
    """

    number: int  # pdfium's number for it on its page, from 0
    char: str
    x0: float  # points from the top left corner of the page, as in Box
    top: float
    x1: float
    bottom: float
    size: float  # font size in points
    bold: bool
    element: int = -1  # index into GlyphPage.elements; -1: the file does not tag it
    hidden: bool = False  # cannot be seen on the page
    upright: bool = True  # written from left to right on a level baseline
    left: float = 0.0  # of the glyph with the white at its sides, points: where it begins
    right: float = 0.0  # … and where the next letter of its word begins
    drawn: bool = True  # False: a space or line break that pdfium infers from the positions

    @property
    def box(self) -> Box:
        """The glyph's rectangle."""
        return Box(x0=self.x0, top=self.top, x1=self.x1, bottom=self.bottom)


@dataclass(frozen=True, kw_only=True, slots=True)
class GlyphPage:
    """The glyphs of one page in the order in which the file draws them."""

    number: int  # 1-based
    width: float  # points
    height: float
    glyphs: tuple[Glyph, ...]
    elements: tuple[Element, ...] = ()  # in reading order; empty when the page is not tagged
    rules: tuple[Box, ...] = ()  # drawn lines and edges of drawn boxes, thinner than a letter
    ocr: Ocr | None = None  # None: the file's own text
    fault: str = ""  # why the page cannot be read, with the remedy; "" when it can
    look: Look = NO_LOOK  # what of it can be seen


def read_glyph_pages(
    pdf_bytes: bytes, *, file: str, password: str = "", max_glyphs: int = sys.maxsize
) -> Iterator[GlyphPage]:
    """Yield each page of a PDF with its glyphs.

    A page that is damaged or has more than `max_glyphs` has none, and says so in `fault`.

    Raises:
        PdfUnreadable: the bytes are no PDF, are damaged, or need a password.
    """
    with LOCK:
        pdf = open_pdf(pdf_bytes, file=file, password=password)
        count = len(pdf)
    try:
        for number in range(1, count + 1):
            with LOCK:
                try:
                    page = _read_page(pdf, number, file=file, max_glyphs=max_glyphs)
                except PdfUnreadable as error:
                    width, height = _LETTER
                    page = GlyphPage(
                        number=number, width=width, height=height, glyphs=(), fault=str(error)
                    )
            yield page
    finally:
        with LOCK:
            pdf.close()


def page_text(pdf_bytes: bytes, page_number: int, *, file: str) -> str:
    """The whole text of one page as pdfium itself strings it together (for checks)."""
    with LOCK:
        pdf = open_pdf(pdf_bytes, file=file, password="")
        try:
            return str(pdf[page_number - 1].get_textpage().get_text_range())
        finally:
            pdf.close()


def glyph_boxes(
    pdf_bytes: bytes, page_number: int, glyph_indices: Sequence[int], *, file: str
) -> list[Box]:
    """The boxes of some glyphs of a page, in the order asked for."""
    wanted = set(glyph_indices)
    with LOCK:
        pdf = open_pdf(pdf_bytes, file=file, password="")
        try:
            page, text_page = _open_page(pdf, page_number, file=file)
            glyphs = tuple(_glyphs(text_page, _TopLeft.of(page), NO_TAGS))
        finally:
            pdf.close()
    boxes = {glyph.number: glyph.box for glyph in glyphs if glyph.number in wanted}
    return [boxes[index] for index in glyph_indices]


def _open_page(
    pdf: pdfium.PdfDocument, number: int, *, file: str
) -> tuple[pdfium.PdfPage, pdfium.PdfTextPage]:
    try:
        page = pdf[number - 1]
        return page, page.get_textpage()
    except pdfium.PdfiumError as error:
        message = (
            f"{file} page {number}: cannot be read (pdfium: {error}); put a complete copy "
            "in its place"
        )
        raise PdfUnreadable(message) from error


def _read_page(
    pdf: pdfium.PdfDocument, number: int, *, file: str, max_glyphs: int = sys.maxsize
) -> GlyphPage:
    page, text_page = _open_page(pdf, number, file=file)
    if (count := pdfium_c.FPDFText_CountChars(text_page)) > max_glyphs:
        message = (
            f"{file} page {number}: has {count} characters, more than [ingest] max_page_chars in "
            "config.toml allows; raise it if the page matters"
        )
        raise PdfUnreadable(message)
    to_top_left = _TopLeft.of(page)
    tags = read_tags(page)
    glyphs = tuple(_glyphs(text_page, to_top_left, tags))
    rules = tuple(
        Box(x0=x0, top=top, x1=x1, bottom=bottom)
        for x0, top, x1, bottom in read_rules(page, to_top_left.corners)
    )
    look = look_at(page, text_page, glyphs)
    if look.hidden:
        glyphs = tuple(g._replace(hidden=g.number in look.hidden) for g in glyphs)
    width, height = page.get_size()
    text_page.close()
    page.close()
    return GlyphPage(
        number=number,
        width=width,
        height=height,
        glyphs=glyphs,
        elements=tags.elements,
        rules=rules,
        look=look,
    )


def _glyphs(
    text_page: pdfium.PdfTextPage, to_top_left: "_TopLeft", tags: PageTags
) -> Iterator[Glyph]:
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    loose = pdfium_c.FS_RECTF()
    style: _Style | None = None
    for index in range(pdfium_c.FPDFText_CountChars(text_page)):
        char = chr(pdfium_c.FPDFText_GetUnicode(text_page, index))
        if char.isspace() or style is None:
            style = None  # asked for again where the next word begins: the question is costly
        if style is None and not char.isspace():
            style = _style(text_page, index, tags)
        pdfium_c.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        pdfium_c.FPDFText_GetCharOrigin(text_page, index, x, y)
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        size = style.size if style else 0.0
        if style and style.angle == 0:
            y0, y1 = y.value - DESCENT * size, y.value + ASCENT * size
        elif style and style.angle == 90:  # noqa: PLR2004  # degrees: it runs up the page
            x0, x1 = x.value - ASCENT * size, x.value + DESCENT * size
        elif style and style.angle == 180:  # noqa: PLR2004
            y0, y1 = y.value - ASCENT * size, y.value + DESCENT * size
        elif style and style.angle == 270:  # noqa: PLR2004
            x0, x1 = x.value - DESCENT * size, x.value + ASCENT * size
        box = to_top_left.corners(x0, y0, x1, y1)
        if style is None:
            drawn = not pdfium_c.FPDFText_IsGenerated(text_page, index)
            yield Glyph(index, char, *box, y1 - y0, bold=False, drawn=drawn)
            continue
        pdfium_c.FPDFText_GetLooseCharBox(text_page, index, loose)
        begin, _, end, _ = to_top_left.corners(loose.left, loose.bottom, loose.right, loose.top)
        yield Glyph(
            index,
            char,
            *box,
            size or y1 - y0,
            style.bold,
            style.element,
            upright=style.angle == to_top_left.rotation,
            left=begin,
            right=end,
        )


@dataclass(frozen=True, slots=True)
class _TopLeft:
    """From PDF user space (origin bottom left of the crop box) to the top left of the page."""

    left: float
    top: float
    width: float
    height: float
    rotation: int  # degrees clockwise: 0, 90, 180 or 270

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> "_TopLeft":
        left, bottom, right, top = page.get_cropbox(fallback_ok=True)
        return cls(left, top, right - left, top - bottom, page.get_rotation())

    def corners(
        self, x0: float, y0: float, x1: float, y1: float
    ) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom of the rectangle with the corners (x0, y0) and (x1, y1)."""
        (ax, ay), (bx, by) = self._point(x0, y0), self._point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        across, down = x - self.left, self.top - y
        if self.rotation == 90:  # noqa: PLR2004  # degrees
            return self.height - down, across
        if self.rotation == 180:  # noqa: PLR2004
            return self.width - across, self.height - down
        if self.rotation == 270:  # noqa: PLR2004
            return down, self.width - across
        return across, down


@dataclass(frozen=True, slots=True)
class _Style:
    """How a word is set."""

    size: float  # points
    bold: bool
    angle: int | None  # degrees counter-clockwise: 0, 90, 180, 270; None: none of these
    element: int  # of the structure tree; -1: not tagged


def _style(text_page: pdfium.PdfTextPage, index: int, tags: PageTags) -> _Style:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix))
    scale = math.hypot(matrix.c, matrix.d)
    return _Style(
        size=pdfium_c.FPDFText_GetFontSize(text_page, index) * (scale or 1.0),
        bold=_font_is_bold(text_page, index),
        angle=_angle(matrix),
        element=_element(text_page, index, tags),
    )


def _angle(matrix: pdfium_c.FS_MATRIX) -> int | None:
    """In which direction the text runs; mirrored text runs in none."""
    if matrix.a * matrix.d - matrix.b * matrix.c <= 0:
        return None
    along, across = max(abs(matrix.a), abs(matrix.b)), min(abs(matrix.a), abs(matrix.b))
    if across >= _LEVEL * along:
        return None
    if abs(matrix.a) > abs(matrix.b):
        return 0 if matrix.a > 0 else 180
    return 90 if matrix.b > 0 else 270


def _element(text_page: pdfium.PdfTextPage, index: int, tags: PageTags) -> int:
    if not tags.elements:
        return -1
    item = pdfium_c.FPDFText_GetTextObject(text_page, index)
    content = pdfium_c.FPDFPageObj_GetMarkedContentID(item) if item else -1
    return tags.element_of.get(content, -1)


def _font_is_bold(text_page: pdfium.PdfTextPage, index: int) -> bool:
    buffer = ctypes.create_string_buffer(_NAME_BUFFER_BYTES)
    flags = ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(text_page, index, buffer, _NAME_BUFFER_BYTES, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", "replace").lower()
    if any(word in name for word in _BOLD_NAMES):
        return True
    return int(pdfium_c.FPDFText_GetFontWeight(text_page, index)) >= _BOLD_WEIGHT
