"""Some text of a page -> how much of it can be seen: the page is drawn with and without it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.pdfium.objects import (
    INVISIBLE_MODES,
    Drawn,
    PageBox,
    PageObjects,
    address_of,
    overlap,
)

if TYPE_CHECKING:
    from ingest.pdfium.glyphs import Glyph

_CONTRAST = 24  # of 255: a smaller step from the background is not seen as a letter
_TWIN_PT = 2.5  # how far the edges of words drawn twice may be apart: an outline widens them
_GLANCE_SCALE = 0.7  # pixels to a point: enough to see whether there is anything
_PROOF_SCALE = 2.0  # pixels to a point
_MAX_PIXELS = 2_000  # along the longer side
_INK_SHARE = 0.02  # of a word's box that must change when the word is taken away
_SCAN_SHARE = 0.5  # of a page that pictures cover when it is a scan
_SCAN_CONTRAST = 60  # of 255, between the ink of a scanned word and its paper
_SCAN_INK = (0.01, 0.8)  # share of ink in the box of a scanned word

Pixels = npt.NDArray[np.int16]


def owners_of(text_page: pdfium.PdfTextPage, glyphs: "Sequence[Glyph]") -> dict[int, int]:
    """Glyph number -> the address of the text object that draws it."""
    found = {}
    for glyph in glyphs:
        item = pdfium_c.FPDFText_GetTextObject(text_page, glyph.number)
        if item:
            found[glyph.number] = address_of(item)
    return found


def shows_ink(page: pdfium.PdfPage) -> bool:
    """Whether anything can be seen on a page, its annotations included."""
    longest = max(*page.get_size(), 1.0)
    image = page.render(scale=min(_GLANCE_SCALE, _MAX_PIXELS / longest))
    pixels: Pixels = image.to_numpy()[:, :, :3].astype(np.int16)
    image.close()
    return bool((pixels.max(axis=(0, 1)) - pixels.min(axis=(0, 1))).max() >= _CONTRAST)


class Proof:
    """Draws one page with and without some of its text."""

    def __init__(
        self,
        page: pdfium.PdfPage,
        glyphs: "Sequence[Glyph]",
        owners: dict[int, int],
        seen: PageObjects,
    ) -> None:
        self._page = page
        self._glyphs = glyphs
        self._owners = owners
        self._seen = seen

    def of(self, suspects: Sequence[Drawn]) -> tuple[set[int], int]:
        """The suspects' glyphs that make no difference, and how many more lie over a scan's ink."""
        hidden, layer = self._differences([*suspects, *self._twins(suspects)])
        hidden_owners = {self._owners[number] for number in hidden}
        known = {text.address for text in suspects}
        forms = {t.form for t in suspects if t.form != -1 and t.address in hidden_owners}
        others = [t for t in self._seen.texts if t.form in forms and t.address not in known]
        if others:
            more, over = self._differences(others)
            return hidden | more, layer + over
        return hidden, layer

    def _twins(self, suspects: Sequence[Drawn]) -> list[Drawn]:
        """The same words drawn again at the same place, as a halo or a shadow is.

        pdfium gives their glyphs once, to the first that is drawn; another may be what is seen.
        """
        owners = set(self._owners.values())
        mute = [text for text in self._seen.texts if text.address not in owners]
        return [text for text in mute if any(_at_one_place(text.box, s.box) for s in suspects)]

    def _differences(self, suspects: Sequence[Drawn]) -> tuple[set[int], int]:
        words = list(_words(self._glyphs, self._owners, {text.address for text in suspects}))
        if not words:
            return set(), 0
        window = _Window.around(words, self._page)
        with_them = window.draw(self._page)
        without = self._without(suspects, window)
        steps = np.abs(with_them - without) >= _CONTRAST
        changed = _sums(steps[:, :, 0] | steps[:, :, 1] | steps[:, :, 2])
        green = without[:, :, 1]
        scanned = self._over_pictures(suspects)
        hidden: set[int] = set()
        layer = 0
        for word in words:
            box = window.pixels(word, green.shape)
            if box is None or _count(changed, box) >= _INK_SHARE * _area(box):
                continue
            if self._owners[word[0].number] in scanned and _shows_ink(green, box):
                layer += len(word)
            else:
                hidden |= {glyph.number for glyph in word}
        return hidden, layer

    def _without(self, suspects: Sequence[Drawn], window: "_Window") -> Pixels:
        for text in suspects:
            pdfium_c.FPDFPageObj_SetIsActive(text.handle, False)  # noqa: FBT003  # C takes no names
        try:
            return window.draw(self._page)
        finally:
            for text in suspects:
                pdfium_c.FPDFPageObj_SetIsActive(text.handle, True)  # noqa: FBT003

    def _over_pictures(self, suspects: Sequence[Drawn]) -> set[int]:
        """The suspects that may be the text layer of a scan: invisible, or under the picture."""
        if self._seen.image_share < _SCAN_SHARE:
            return set()
        pictures = [shape for shape in self._seen.shapes if shape.colour == ()]
        return {
            text.address
            for text in suspects
            if text.mode in INVISIBLE_MODES
            or any(p.order > text.order and overlap(p.box, text.box) for p in pictures)
        }


def _at_one_place(one: PageBox, other: PageBox) -> bool:
    return all(abs(a - b) <= _TWIN_PT for a, b in zip(one, other, strict=True))


def _words(
    glyphs: "Sequence[Glyph]", owners: dict[int, int], addresses: set[int]
) -> "Iterator[list[Glyph]]":
    """The suspects' glyphs that stand together."""

    def owner(glyph: "Glyph") -> int:
        address = -1 if glyph.char.isspace() else owners.get(glyph.number, -1)
        return address if address in addresses else -1

    for address, run in groupby(glyphs, key=owner):
        if address != -1:
            yield list(run)


class _PixelBox(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int


class _Window(NamedTuple):
    """The part of the page that is drawn, points from the top left, and pixels to a point."""

    left: float
    top: float
    right: float
    bottom: float
    scale: float

    @classmethod
    def around(cls, words: "Sequence[Sequence[Glyph]]", page: pdfium.PdfPage) -> "_Window":
        width, height = page.get_size()
        glyphs = [glyph for word in words for glyph in word]
        left = min(max(min(g.x0 for g in glyphs) - 1, 0), width)
        top = min(max(min(g.top for g in glyphs) - 1, 0), height)
        right = max(min(max(g.x1 for g in glyphs) + 1, width), left + 1)
        bottom = max(min(max(g.bottom for g in glyphs) + 1, height), top + 1)
        longest = max(right - left, bottom - top)
        return cls(left, top, right, bottom, min(_PROOF_SCALE, _MAX_PIXELS / longest))

    def draw(self, page: pdfium.PdfPage) -> Pixels:
        """Rows of (blue, green, red)."""
        width, height = page.get_size()
        cut = (self.left, height - self.bottom, width - self.right, self.top)
        image = page.render(scale=self.scale, crop=cut, may_draw_forms=False)
        pixels: Pixels = image.to_numpy()[:, :, :3].astype(np.int16)
        image.close()
        return pixels

    def pixels(self, word: "Sequence[Glyph]", shape: tuple[int, ...]) -> _PixelBox | None:
        """The word's box in whole pixels; None when it lies outside the window."""
        left = max(int((min(g.x0 for g in word) - self.left) * self.scale), 0)
        top = max(int((min(g.top for g in word) - self.top) * self.scale), 0)
        right = min(int((max(g.x1 for g in word) - self.left) * self.scale) + 1, shape[1])
        bottom = min(int((max(g.bottom for g in word) - self.top) * self.scale) + 1, shape[0])
        return _PixelBox(left, top, right, bottom) if left < right and top < bottom else None


def _area(box: _PixelBox) -> int:
    return (box.right - box.left) * (box.bottom - box.top)


def _sums(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """How many pixels are set above and to the left of each."""
    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=np.int64)
    sums[1:, 1:] = mask.cumsum(axis=0).cumsum(axis=1)
    return sums


def _count(sums: npt.NDArray[np.int64], box: _PixelBox) -> int:
    left, top, right, bottom = box
    return int(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])


def _shows_ink(plane: Pixels, box: _PixelBox) -> bool:
    """Whether the picture shows writing where the word stands."""
    area = plane[box.top : box.bottom, box.left : box.right]
    low, high = float(area.min()), float(area.max())
    if high - low < _SCAN_CONTRAST:
        return False
    share = float((area < (low + high) / 2).mean())
    return _SCAN_INK[0] <= share <= _SCAN_INK[1]
