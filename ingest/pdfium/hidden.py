"""A page -> which of its glyphs nobody can see, and which lie invisible over a scan.

Every object that a page draws is screened from its numbers alone: its colour against what lies
under it, its size, the crop box, what is drawn over it. Only for suspects follows the proof: the
page is drawn with and without them, and what makes no difference cannot be seen.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.pdfium.objects import (
    INVISIBLE_MODES,
    Drawn,
    PageBox,
    inside,
    overlap,
    read_objects,
)
from ingest.pdfium.proof import Proof, owners_of, shows_ink

if TYPE_CHECKING:
    from ingest.pdfium.glyphs import Glyph

_CLEAR_CONTRAST = 48  # a larger one is taken for visible without proof
_TINY_PT = 2.0  # type below this height is no type for reading
_OPAQUE = 250  # of 255
_MAX_PAIRS = 4_000_000  # text objects times shapes; beyond it every text object is a suspect
_MARGIN = 0.2  # of the height of a text object's box


class Look(NamedTuple):
    """What of a page's text can be seen, and what else there is to see."""

    hidden: frozenset[int] = frozenset()  # numbers of the glyphs that cannot be seen
    layer: int = 0  # how many invisible glyphs lie over the ink of a scan: they are not hidden
    unmapped: int = 0  # glyphs whose font does not say which characters they are
    image_share: float = 0.0  # of the page that pictures cover, 0 … 1
    shows_ink: bool = True  # something can be seen on it; only looked for where text is scarce
    notes: int = 0  # comments and form fields: no part of the page's text


NO_LOOK = Look()


def look_at(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, glyphs: "Sequence[Glyph]") -> Look:
    """Find the text of a page that cannot be seen. The caller holds the lock."""
    seen = read_objects(page)
    tiny = {text.address for text in seen.texts if _is_tiny(text)}
    outside = {text.address for text in seen.texts if not overlap(text.box, seen.page_box)}
    partly = {text.address for text in seen.texts if not inside(text.box, seen.page_box)}
    known = tiny | outside
    inked = [t for t in seen.texts if t.address not in known and not _is_blank(t)]
    heads = _word_heads(glyphs)
    blanks = [text for text in seen.texts if _is_blank(text)]
    suspects = [*_suspects(inked, seen.shapes), *_wordy(blanks, text_page, heads)]
    hidden: set[int] = set()
    layer = 0
    if suspects or tiny or partly:
        owners = owners_of(text_page, glyphs)
        hidden |= {g.number for g in glyphs if owners.get(g.number) in tiny}
        width, height = page.get_size()
        hidden |= {
            g.number
            for g in glyphs
            if owners.get(g.number) in partly and not _on_page(g, width, height)
        }
        if suspects:
            unseen, layer = Proof(page, glyphs, owners, seen).of(suspects)
            hidden |= unseen
    return Look(
        hidden=frozenset(_with_spaces(hidden, glyphs)),
        layer=layer,
        unmapped=_unmapped(text_page, heads, glyphs),
        image_share=seen.image_share,
        shows_ink=_has_text(glyphs, hidden) or shows_ink(page),
        notes=seen.notes,
    )


# The screen


def _is_blank(text: Drawn) -> bool:
    """Whether its glyphs have no outline: a space, mostly."""
    left, bottom, right, top = text.box
    return right <= left or top <= bottom


def _wordy(
    blanks: Sequence[Drawn], text_page: pdfium.PdfTextPage, heads: "Sequence[Glyph]"
) -> list[Drawn]:
    """The text objects without outlines that stand for words nevertheless."""
    owners = set(owners_of(text_page, heads).values()) if blanks else set()
    return [t for t in blanks if t.address in owners and not _is_substituted(t)]


def _is_substituted(text: Drawn) -> bool:
    """Whether the font is not in the file: that it cannot be drawn here says nothing elsewhere."""
    font = pdfium_c.FPDFTextObj_GetFont(text.handle)
    named = pdfium_c.FPDFFont_GetBaseFontName(font, None, 0) > 1  # Type 3 fonts have no name
    return named and not pdfium_c.FPDFFont_GetIsEmbedded(font)


def _is_tiny(text: Drawn) -> bool:
    # Type 3 fonts have a unit of their own: there only the box tells the size.
    return text.size < _TINY_PT and 0 < text.box[3] - text.box[1] < _TINY_PT


def _suspects(texts: Sequence[Drawn], shapes: Sequence[Drawn]) -> list[Drawn]:
    """The text objects that cannot be called visible from their numbers alone."""
    if len(texts) * len(shapes) > _MAX_PAIRS:
        return list(texts)
    meets = _meeting(texts, shapes)
    return [
        text for text, met in zip(texts, meets, strict=True) if not _is_clear(text, shapes, met)
    ]


def _meeting(texts: Sequence[Drawn], shapes: Sequence[Drawn]) -> list[list[int]]:
    """For each text object the shapes whose boxes overlap it, in the order in which they lie."""
    if not texts or not shapes:
        return [[] for _ in texts]
    one = np.array([_core(text) for text in texts], dtype=np.float64)[:, None, :]
    other = np.array([shape.box for shape in shapes], dtype=np.float64)[None, :, :]
    meets = (
        (one[..., 0] < other[..., 2])
        & (one[..., 2] > other[..., 0])
        & (one[..., 1] < other[..., 3])
        & (one[..., 3] > other[..., 1])
    )
    found: list[list[int]] = [[] for _ in texts]
    for text, shape in zip(*np.nonzero(meets), strict=True):
        found[text].append(int(shape))
    return found


def _core(text: Drawn) -> PageBox:
    """The box without its margin: boxes of neighbours touch, and glyphs overhang."""
    left, bottom, right, top = text.box
    margin = _MARGIN * (top - bottom)
    across = min(margin, 0.4 * (right - left))
    return left + across, bottom + margin, right - across, top - margin


def _is_clear(text: Drawn, shapes: Sequence[Drawn], met: Sequence[int]) -> bool:
    """Whether a text object is surely visible."""
    if text.mode in INVISIBLE_MODES or text.doubtful or text.alpha < _OPAQUE:
        return False
    # Not seen where a clipping path leaves nothing of it; whether it does, the proof tells.
    if text.clip is not None and not inside(_core(text), text.clip):
        return False
    for position in reversed(met):
        shape = shapes[position]
        if shape.order > text.order:
            if shape.alpha >= _OPAQUE:
                return False
        elif not _contrasts(text, shape):
            return False
        elif shape.is_rectangle and shape.alpha >= _OPAQUE and inside(_core(text), shape.box):
            return True  # what lies under this one does not matter
    return 255 - min(text.colour) >= _CLEAR_CONTRAST  # against the paper


def _contrasts(text: Drawn, shape: Drawn) -> bool:
    if shape.colour == ():  # a picture
        return False
    return max(abs(a - b) for a, b in zip(text.colour, shape.colour, strict=True)) >= (
        _CLEAR_CONTRAST
    )


# Glyphs


def _on_page(glyph: "Glyph", width: float, height: float) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return 0 <= x <= width and 0 <= y <= height


def _has_text(glyphs: "Iterable[Glyph]", hidden: set[int]) -> bool:
    return any(not g.char.isspace() and g.number not in hidden for g in glyphs)


def _with_spaces(hidden: set[int], glyphs: "Iterable[Glyph]") -> set[int]:
    """The hidden glyphs and the spaces that follow them."""
    if not hidden:
        return hidden
    found = set(hidden)
    before = False
    for glyph in glyphs:
        if not glyph.char.isspace():
            before = glyph.number in hidden
        elif before:
            found.add(glyph.number)
    return found


def _word_heads(glyphs: "Sequence[Glyph]") -> "list[Glyph]":
    """The first glyph of every word: it stands for the others where asking all is too slow."""
    heads = []
    in_word = False
    for glyph in glyphs:
        if glyph.char.isspace():
            in_word = False
        elif not in_word:
            heads.append(glyph)
            in_word = True
    return heads


def _unmapped(
    text_page: pdfium.PdfTextPage, heads: "Sequence[Glyph]", glyphs: "Sequence[Glyph]"
) -> int:
    """How many glyphs have no character; all are asked only where a word begins with one."""
    ask = pdfium_c.FPDFText_HasUnicodeMapError
    if not any(ask(text_page, glyph.number) == 1 for glyph in heads):
        return 0
    return sum(ask(text_page, glyph.number) == 1 for glyph in glyphs)
