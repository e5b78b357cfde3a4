"""A page -> the text objects and shapes that it draws, from the bottom to the top.

Objects inside form XObjects are found too; their boxes are given on the page.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

PageBox = tuple[float, float, float, float]  # left, bottom, right, top in PDF user space, points

INVISIBLE_MODES = (3, 7)  # text render modes that draw nothing (ISO 32000-1, table 106)

_MAX_DEPTH = 12  # form XObjects inside one another
_THIN_PT = 2.5  # thinner shapes are lines: they hide no text and are no background
_SMALL_PT = 4.0  # higher text is not small
_RECTANGLE_SEGMENTS = (4, 5)
_OPTIONAL_CONTENT = "OC"
_NAME_BUFFER_BYTES = 64
_PICTURE: tuple[int, ...] = ()
# Annotations that are drawn over the page and can cover it (ISO 32000-1, 12.5.6.1); highlights
# and underlines are drawn so that the text shines through.
_COVERING_NOTES = (
    pdfium_c.FPDF_ANNOT_SQUARE,
    pdfium_c.FPDF_ANNOT_CIRCLE,
    pdfium_c.FPDF_ANNOT_POLYGON,
    pdfium_c.FPDF_ANNOT_STAMP,
    pdfium_c.FPDF_ANNOT_INK,
    pdfium_c.FPDF_ANNOT_FREETEXT,
    pdfium_c.FPDF_ANNOT_REDACT,
)
# Annotations that hold words of their own.
_WRITTEN_NOTES = (
    pdfium_c.FPDF_ANNOT_TEXT,
    pdfium_c.FPDF_ANNOT_FREETEXT,
    pdfium_c.FPDF_ANNOT_WIDGET,
)


class Drawn(NamedTuple):
    """A text object or a shape, as far as it decides what can be seen."""

    handle: Any  # pdfium's
    address: int  # of the handle: tells two of them apart
    order: int  # the higher lies on top
    box: PageBox
    colour: tuple[int, ...]  # red, green, blue, 0 … 255; empty for a picture
    alpha: int  # 255: opaque
    doubtful: bool = False  # drawn in a way whose outcome only drawing tells
    mode: int = 0  # text render mode
    size: float = 0.0  # of its type, points; only asked for where the box is low
    clip: PageBox | None = None  # what is outside of it is not drawn
    is_rectangle: bool = False
    form: int = -1  # the form XObject on the page that it is part of; -1: none


@dataclass(kw_only=True, slots=True)
class PageObjects:
    """What a page draws."""

    page_box: PageBox
    texts: list[Drawn] = field(default_factory=list)
    shapes: list[Drawn] = field(default_factory=list)  # that can hide text, or lie under it
    image_share: float = 0.0  # of the page that pictures cover, 0 … 1
    others: int = 0  # thin lines and strokes
    notes: int = 0  # comments and form fields


def read_objects(page: pdfium.PdfPage) -> PageObjects:
    """Read what a page draws. The caller holds the lock."""
    page_box = tuple(page.get_cropbox(fallback_ok=True))
    found = PageObjects(page_box=page_box)
    reader = _Reader(found)
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        reader.read(pdfium_c.FPDFPage_GetObject(page, index), _IDENTITY, 0)
    reader.read_annotations(page)
    found.image_share = _image_share(found.shapes, page_box)
    return found


class _Matrix(NamedTuple):
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def times(self, other: "_Matrix") -> "_Matrix":
        """First this one, then the other."""
        return _Matrix(
            self.a * other.a + self.b * other.c,
            self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c,
            self.c * other.b + self.d * other.d,
            self.e * other.a + self.f * other.c + other.e,
            self.e * other.b + self.f * other.d + other.f,
        )

    def box(self, box: PageBox) -> PageBox:
        corners = [
            (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
            for x in (box[0], box[2])
            for y in (box[1], box[3])
        ]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


_IDENTITY = _Matrix(1, 0, 0, 1, 0, 0)


class _Reader:
    """Walks the objects of one page; keeps the buffers that pdfium writes to."""

    def __init__(self, found: PageObjects) -> None:
        self._found = found
        self._order = 0
        self._form = -1
        self._form_is_new = False
        self._doubtful_form = False
        self._mark_hides: dict[int, bool] = {}
        self._matrix = pdfium_c.FS_MATRIX()
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._size = ctypes.c_float()

    def read(self, item: Any, to_page: _Matrix, depth: int) -> None:  # noqa: ANN401  # pdfium has no types
        self._order += 1
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            self._text(item, to_page)
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            self._path(item, to_page)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            self._read_form(item, to_page, depth)
        else:
            alpha = 255 if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE else 254
            self._shape(item, to_page, _PICTURE, alpha=alpha)

    def read_annotations(self, page: pdfium.PdfPage) -> None:
        rectangle = pdfium_c.FS_RECTF()
        for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
            note = pdfium_c.FPDFPage_GetAnnot(page, index)
            if not note:
                continue
            kind = pdfium_c.FPDFAnnot_GetSubtype(note)
            self._found.notes += kind in _WRITTEN_NOTES
            if kind in _COVERING_NOTES and pdfium_c.FPDFAnnot_GetRect(note, rectangle):
                self._order += 1
                xs = sorted((rectangle.left, rectangle.right))
                ys = sorted((rectangle.bottom, rectangle.top))
                box = (xs[0], ys[0], xs[1], ys[1])
                self._found.shapes.append(Drawn(None, -self._order, self._order, box, (), 254))
            pdfium_c.FPDFPage_CloseAnnot(note)

    def _read_form(self, item: Any, to_page: _Matrix, depth: int) -> None:  # noqa: ANN401
        if depth >= _MAX_DEPTH:
            return
        inner = self._matrix_of(item).times(to_page)
        if depth == 0:
            self._form = self._order
            self._form_is_new = True
        outer = self._doubtful_form
        self._doubtful_form |= self._is_doubtful(item)
        for index in range(pdfium_c.FPDFFormObj_CountObjects(item)):
            self.read(pdfium_c.FPDFFormObj_GetObject(item, index), inner, depth + 1)
        self._doubtful_form = outer
        if depth == 0:
            self._form = -1
            self._form_is_new = False

    def _text(self, item: Any, to_page: _Matrix) -> None:  # noqa: ANN401
        box = self._box(item, to_page)
        if box is None:
            return
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(item)
        stroked = mode == pdfium_c.FPDF_TEXTRENDERMODE_STROKE
        colour, alpha = self._colour_of(item, stroked=stroked)
        # The first text object of a form XObject stands for the others: optional content that is
        # off hides the whole of it.
        doubtful = self._is_doubtful(item) or self._doubtful_form or self._form_is_new
        self._form_is_new = False
        clip, odd_clip = self._clip(item)
        self._found.texts.append(
            Drawn(
                item,
                address_of(item),
                self._order,
                box,
                colour,
                alpha,
                doubtful=doubtful or odd_clip,
                mode=mode,
                size=self._type_size(item, to_page) if box[3] - box[1] < _SMALL_PT else _SMALL_PT,
                clip=clip,
                form=self._form,
            )
        )

    def _type_size(self, item: Any, to_page: _Matrix) -> float:  # noqa: ANN401
        pdfium_c.FPDFTextObj_GetFontSize(item, self._size)
        matrix = self._matrix_of(item).times(to_page)
        return abs(self._size.value) * math.hypot(matrix.c, matrix.d)

    def _path(self, item: Any, to_page: _Matrix) -> None:  # noqa: ANN401
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not pdfium_c.FPDFPath_GetDrawMode(item, fill, stroke) or not fill.value:
            self._found.others += 1
            return
        colour, alpha = self._colour_of(item, stroked=False)
        self._shape(item, to_page, colour, alpha=alpha)

    def _shape(
        self,
        item: Any,  # noqa: ANN401
        to_page: _Matrix,
        colour: tuple[int, ...],
        *,
        alpha: int,
    ) -> None:
        box = self._box(item, to_page)
        if box is None or min(box[2] - box[0], box[3] - box[1]) < _THIN_PT:
            self._found.others += 1
            return
        is_rectangle = (
            colour != _PICTURE
            and pdfium_c.FPDFPath_CountSegments(item) in _RECTANGLE_SEGMENTS
            and not pdfium_c.FPDFPageObj_HasTransparency(item)
        )
        self._found.shapes.append(
            Drawn(
                item,
                address_of(item),
                self._order,
                box,
                colour,
                alpha,
                is_rectangle=is_rectangle,
            )
        )

    def _box(self, item: Any, to_page: _Matrix) -> PageBox | None:  # noqa: ANN401
        left, bottom, right, top = self._edges
        if not pdfium_c.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return None
        box = (left.value, bottom.value, right.value, top.value)
        return box if to_page is _IDENTITY else to_page.box(box)

    def _colour_of(self, item: Any, *, stroked: bool) -> tuple[tuple[int, ...], int]:  # noqa: ANN401
        red, green, blue, alpha = self._colour
        ask = pdfium_c.FPDFPageObj_GetStrokeColor if stroked else pdfium_c.FPDFPageObj_GetFillColor
        if not ask(item, red, green, blue, alpha):
            return (255, 255, 255), 0  # not known: nothing may be concluded from it
        return (red.value, green.value, blue.value), alpha.value

    def _matrix_of(self, item: Any) -> _Matrix:  # noqa: ANN401
        matrix = self._matrix
        pdfium_c.FPDFPageObj_GetMatrix(item, matrix)
        return _Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _is_doubtful(self, item: Any) -> bool:  # noqa: ANN401
        """Blended, masked, or marked as content that can be switched off."""
        if pdfium_c.FPDFPageObj_HasTransparency(item):
            return True
        for index in range(pdfium_c.FPDFPageObj_CountMarks(item)):
            if self._hides(pdfium_c.FPDFPageObj_GetMark(item, index)):
                return True
        return False

    def _hides(self, mark: Any) -> bool:  # noqa: ANN401
        address = address_of(mark) if mark else 0
        if address not in self._mark_hides:
            name = ctypes.create_string_buffer(_NAME_BUFFER_BYTES)
            length = ctypes.c_ulong()
            pdfium_c.FPDFPageObjMark_GetName(
                mark,
                ctypes.cast(name, ctypes.POINTER(pdfium_c.FPDF_WCHAR)),
                _NAME_BUFFER_BYTES,
                length,
            )
            text = name.raw[: max(min(length.value, _NAME_BUFFER_BYTES) - 2, 0)]
            self._mark_hides[address] = text.decode("utf-16-le", "replace") == _OPTIONAL_CONTENT
        return self._mark_hides[address]

    def _clip(self, item: Any) -> tuple[PageBox | None, bool]:  # noqa: ANN401
        """The box that its clipping paths leave, and whether their shape is any other."""
        path = pdfium_c.FPDFPageObj_GetClipPath(item)
        count = pdfium_c.FPDFClipPath_CountPaths(path) if path else 0
        if count <= 0:
            return None, False
        if self._form != -1:  # its clipping paths are not in the page's coordinates
            return None, True
        left, bottom, right, top = self._found.page_box
        for index in range(count):
            segments = pdfium_c.FPDFClipPath_CountPathSegments(path, index)
            if segments not in _RECTANGLE_SEGMENTS:
                return None, True
            xs, ys = zip(*_points(path, index, segments), strict=True)
            left, right = max(left, min(xs)), min(right, max(xs))
            bottom, top = max(bottom, min(ys)), min(top, max(ys))
        return (left, bottom, right, top), False


def inside(box: PageBox, other: PageBox) -> bool:
    """Whether a box lies within another."""
    return box[0] >= other[0] and box[1] >= other[1] and box[2] <= other[2] and box[3] <= other[3]


def overlap(one: PageBox, other: PageBox) -> bool:
    """Whether two boxes share some area."""
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def address_of(handle: Any) -> int:  # noqa: ANN401
    """Where pdfium keeps an object: the same object has the same address."""
    return ctypes.addressof(handle.contents)


def _points(path: Any, index: int, segments: int) -> Iterator[tuple[float, float]]:  # noqa: ANN401
    x, y = ctypes.c_float(), ctypes.c_float()
    for position in range(segments):
        segment = pdfium_c.FPDFClipPath_GetPathSegment(path, index, position)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        yield x.value, y.value


def _image_share(shapes: list[Drawn], page_box: PageBox) -> float:
    """The share of the page under pictures; where they overlap it counts twice, up to 1."""
    left, bottom, right, top = page_box
    area = max((right - left) * (top - bottom), 1.0)
    covered = sum(
        max(min(shape.box[2], right) - max(shape.box[0], left), 0.0)
        * max(min(shape.box[3], top) - max(shape.box[1], bottom), 0.0)
        for shape in shapes
        if shape.colour == _PICTURE and shape.handle is not None
    )
    return min(covered / area, 1.0)
