"""The straight lines that a page draws: what tables and boxes are ruled with."""

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

Corners = Callable[[float, float, float, float], tuple[float, float, float, float]]

_THIN_PT = 2.5  # a filled shape thinner than this is a line
_SHORT_PT = 8.0  # shorter lines rule nothing
_STRAIGHT_PT = 0.5  # how far a line may lean
_MAX_OBJECTS = 4_000  # a page with more is a drawing
_MAX_SEGMENTS = 400  # a path with more is one, too


def read_rules(page: pdfium.PdfPage, to_top_left: Corners) -> list[tuple[float, ...]]:
    """The horizontal and vertical lines of a page: (x0, top, x1, bottom) each, points.

    Thin filled shapes and the edges of boxes count as lines. The caller holds the lock.
    """
    count = pdfium_c.FPDFPage_CountObjects(page)
    if count > _MAX_OBJECTS:
        return []
    rules: list[tuple[float, ...]] = []
    for index in range(count):
        item = pdfium_c.FPDFPage_GetObject(page, index)
        if pdfium_c.FPDFPageObj_GetType(item) != pdfium_c.FPDF_PAGEOBJ_PATH:
            continue
        for line in _lines(item):
            x0, top, x1, bottom = to_top_left(*line)
            if max(x1 - x0, bottom - top) >= _SHORT_PT:
                rules.append((x0, top, x1, bottom))
    return rules


def _lines(path: object) -> Iterator[tuple[float, float, float, float]]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return
    x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
    if min(x1 - x0, y1 - y0) <= _THIN_PT:
        yield x0, y0, x1, y1
        return
    count = pdfium_c.FPDFPath_CountSegments(path)
    if not 0 < count <= _MAX_SEGMENTS:
        return
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(path, matrix)
    first = before = (0.0, 0.0)
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        here = _point(segment, matrix)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            yield from _straight(before, here)
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield from _straight(here, first)
        before = here


def _straight(
    one: tuple[float, float], other: tuple[float, float]
) -> Iterator[tuple[float, float, float, float]]:
    (ax, ay), (bx, by) = one, other
    if min(abs(ax - bx), abs(ay - by)) <= _STRAIGHT_PT:
        yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _point(segment: object, matrix: pdfium_c.FS_MATRIX) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
    return (
        matrix.a * x.value + matrix.c * y.value + matrix.e,
        matrix.b * x.value + matrix.d * y.value + matrix.f,
    )
