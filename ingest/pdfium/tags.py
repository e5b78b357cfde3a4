"""A tagged PDF's structure tree, as far as it concerns one page: which text is a heading, a cell.

Producers mark stretches of a page's content with numbers (marked-content ids) and list them under
the elements of the structure tree (ISO 32000-1, 14.7): P, H1, LI, TR, TD and so on.
"""

import ctypes
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_MAX_DEPTH = 60  # deeper nesting is a fault of the file
_MAX_ELEMENTS = 50_000  # of one page
_TYPE_BUFFER_BYTES = 128


class Element(NamedTuple):
    """A node of the structure tree."""

    tag: str  # standard structure type: "P", "H1", "LI", "TR", "TD", …
    parent: int  # index of the node above it; -1 at the top


class PageTags(NamedTuple):
    """What the structure tree says of one page."""

    elements: tuple[Element, ...]  # in reading order, each after its parent
    element_of: dict[int, int]  # marked-content id -> index of its element


NO_TAGS = PageTags((), {})


def read_tags(page: pdfium.PdfPage) -> PageTags:
    """Read the structure tree of a page; a page without one has no elements.

    The caller holds the lock.
    """
    tree = pdfium_c.FPDF_StructTree_GetForPage(page)
    if not tree:
        return NO_TAGS
    elements: list[Element] = []
    element_of: dict[int, int] = {}
    try:
        for position in range(pdfium_c.FPDF_StructTree_CountChildren(tree)):
            child = pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, position)
            _walk(child, -1, 0, elements, element_of)
    finally:
        pdfium_c.FPDF_StructTree_Close(tree)
    return PageTags(tuple(elements), element_of)


def _walk(
    node: object, parent: int, depth: int, elements: list[Element], element_of: dict[int, int]
) -> None:
    if not node or depth > _MAX_DEPTH or len(elements) >= _MAX_ELEMENTS:
        return
    here = len(elements)
    elements.append(Element(_tag(node), parent))
    for position in range(pdfium_c.FPDF_StructElement_CountChildren(node)):
        content = pdfium_c.FPDF_StructElement_GetChildMarkedContentID(node, position)
        if content >= 0:
            element_of.setdefault(content, here)
            continue
        child = pdfium_c.FPDF_StructElement_GetChildAtIndex(node, position)
        _walk(child, here, depth + 1, elements, element_of)


def _tag(node: object) -> str:
    buffer = ctypes.create_string_buffer(_TYPE_BUFFER_BYTES)
    length = pdfium_c.FPDF_StructElement_GetType(node, buffer, _TYPE_BUFFER_BYTES)
    return buffer.raw[: max(min(length, _TYPE_BUFFER_BYTES) - 2, 0)].decode("utf-16-le", "replace")
