"""Glyphs in drawing order -> fragments: stretches of one printed line without a wide gap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.document import Box
from ingest.list_marks import is_mark_alone
from ingest.pdfium.glyphs import DESCENT, Glyph, GlyphPage
from ingest.structure import UNTAGGED, Place, places

_WIDE_GAP = 1.0  # times the type size: a gap that may part two columns or cells
# Times the type size: white beyond the letters' own that is a space, though none is drawn. In the
# development PDFs kerning and tracking stay below .1, and undrawn spaces begin at .15.
_SPACE_GAP = 0.13
_NEAR = 0.3  # times the type size: letters so near each other stand side by side
_BACK_STEP = 0.3  # times the type size: how far accents and kerning step back
_SAME_TYPE = 1.5  # ratio of the sizes of letters of one word
_BASELINE = 0.1  # times the type size: letters of a word share their baseline
_SAME_LINE = 0.4  # of the lower height: how far two glyphs of one line overlap
_MIN_LETTERS = 4  # single letters in a row that are one letter-spaced word
_WORD_GAP = 1.7  # times the gap between letter-spaced letters: the gap between words
_MARK_GLYPHS = 7  # of the longest list mark
_MARK_GAP = 6.0  # times the type size: the widest gap between a list mark and its text


@dataclass(slots=True)
class Fragment:
    """Glyphs of one printed line, spaces included; grows while it is put together."""

    glyphs: list[Glyph]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float  # points, of its first glyph
    serial: int  # its place in the drawing order
    place: Place = UNTAGGED
    hidden: bool = False
    solo: bool = False  # stands in a column of its own: nothing beside it belongs to its line
    last: Glyph | None = field(default=None, repr=False)

    def add(self, glyph: Glyph) -> None:
        """Append a printed glyph."""
        self.glyphs.append(glyph)
        self.x0, self.x1 = min(self.x0, glyph.x0), max(self.x1, glyph.x1)
        self.top, self.bottom = min(self.top, glyph.top), max(self.bottom, glyph.bottom)
        self.last = glyph

    @property
    def height(self) -> float:
        """Points."""
        return self.bottom - self.top

    @property
    def baseline(self) -> float:
        """Points from the top of the page."""
        return self.bottom - DESCENT * self.size

    @property
    def text(self) -> str:
        """Its characters as pdfium reports them."""
        return "".join(glyph.char for glyph in self.glyphs)


def space(before: Glyph) -> Glyph:
    """A space after a glyph that the file does not draw."""
    return before._replace(number=-1, char=" ", x0=before.x1, drawn=False)


def cut_fragments(page: GlyphPage) -> list[Fragment]:
    """Cut a page's glyphs into fragments, in drawing order.

    A fragment ends at the line's end, at a wide gap, at a vertical rule and where a tagged table
    cell ends. Letters that are drawn backwards or spaced out are put together again.
    """
    where = places(page.elements)
    walls = [rule for rule in page.rules if rule.x1 - rule.x0 < rule.bottom - rule.top]
    fragments: list[Fragment] = []
    spaces: list[Glyph] = []
    broken = True
    for glyph in page.glyphs:
        if glyph.char in "\r\n":
            broken = True
        elif glyph.char.isspace():
            spaces.append(glyph)
        else:
            place = where[glyph.element] if glyph.element >= 0 else UNTAGGED
            here = fragments[-1] if fragments else None
            if here and _goes_on(here, glyph, place, walls, broken=broken):
                here.glyphs.extend(_spaces_between(here, glyph, spaces))
                here.add(glyph)
            else:
                fragments.append(_begin(glyph, place, len(fragments)))
            broken = False
            spaces = []
    for fragment in fragments:
        _turn_backward_letters(fragment)
    joined = _join_touching(fragments)
    for fragment in joined:
        _close_letter_spacing(fragment)
    return joined


def _join_touching(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Join what stands side by side like the letters of a word, in whatever order it is drawn."""
    joined: list[Fragment] = []
    open_at: dict[int, Fragment] = {}  # the last fragment at each height, in points
    for fragment in sorted(fragments, key=lambda f: (f.glyphs[0].left, f.serial)):
        height = round(fragment.baseline)
        near = (open_at.get(height + n) for n in (0, -1, 1))
        before = next((f for f in near if f and _touches(f, fragment)), None)
        if before is None:
            joined.append(fragment)
            open_at[height] = fragment
            continue
        for glyph in fragment.glyphs:
            before.add(glyph)
        before.serial = min(before.serial, fragment.serial)
    return sorted(joined, key=lambda fragment: fragment.serial)


def _touches(before: Fragment, here: Fragment) -> bool:
    last, first = before.last, here.glyphs[0]
    if last is None or not (last.upright and first.upright and last.right and first.left):
        return False
    same = (before.hidden, before.place.cell) == (here.hidden, here.place.cell)
    level = abs(before.baseline - here.baseline) <= _BASELINE * before.size
    white = first.left - last.right
    small, large = sorted((last.size, first.size))
    if large > _SAME_TYPE * small:
        return False  # a drop cap stands on the baseline of a line that it does not begin
    return same and level and -_BACK_STEP < white / max(before.size, 0.1) < _SPACE_GAP


def _begin(glyph: Glyph, place: Place, serial: int) -> Fragment:
    fragment = Fragment(
        glyphs=[],
        x0=glyph.x0,
        top=glyph.top,
        x1=glyph.x1,
        bottom=glyph.bottom,
        size=glyph.size,
        serial=serial,
        place=place,
        hidden=glyph.hidden,
    )
    fragment.add(glyph)
    return fragment


def _goes_on(
    fragment: Fragment, glyph: Glyph, place: Place, walls: Sequence[Box], *, broken: bool
) -> bool:
    before = fragment.last
    if before is None or fragment.hidden != glyph.hidden or fragment.place.cell != place.cell:
        return False
    if not glyph.upright:
        return not broken
    if not before.upright:
        return False
    overlap = min(before.bottom, glyph.bottom) - max(before.top, glyph.top)
    lower = min(before.bottom - before.top, glyph.bottom - glyph.top)
    if overlap <= _SAME_LINE * lower:
        return False
    size = max(before.size, glyph.size)
    gap = glyph.x0 - before.x1
    if glyph.x0 < before.x0 - _BACK_STEP * size:
        return not broken and _steps_back(fragment, glyph, size)
    is_mark = len(fragment.glyphs) <= _MARK_GLYPHS and is_mark_alone(fragment.text)
    reach = _MARK_GAP if is_mark else _WIDE_GAP
    return gap <= reach * size and not (gap > _NEAR * size / 2 and _is_walled(before, glyph, walls))


def _steps_back(fragment: Fragment, glyph: Glyph, size: float) -> bool:
    """Whether a letter stands right before the one drawn before it: the word is drawn backwards."""
    before = fragment.last
    return before is not None and abs(before.x0 - glyph.x1) < _NEAR * size


def _is_walled(before: Glyph, here: Glyph, walls: Sequence[Box]) -> bool:
    middle = (here.top + here.bottom) / 2
    return any(
        before.x1 - 1 <= wall.x0 <= here.x0 + 1 and wall.top <= middle <= wall.bottom
        for wall in walls
    )


def _spaces_between(fragment: Fragment, glyph: Glyph, spaces: Sequence[Glyph]) -> list[Glyph]:
    before = fragment.last
    if spaces or before is None:
        return list(spaces[:1])
    white = glyph.left - before.right
    is_gap = glyph.upright and white > _SPACE_GAP * max(before.size, glyph.size)
    return [space(before)] if is_gap else []


def _turn_backward_letters(fragment: Fragment) -> None:
    """Put letters that the file draws from right to left in the order in which they are read."""
    inked = [g for g in fragment.glyphs if not g.char.isspace() and g.upright]
    steps = [here.x0 < before.x0 for before, here in pairwise(inked)]
    is_latin = all(ord(g.char[0]) < 0x250 or not g.char.isalpha() for g in inked)  # noqa: PLR2004  # end of the Latin blocks
    if is_latin and 2 * sum(steps) > len(steps) > 1:
        fragment.glyphs.sort(key=lambda glyph: glyph.x0)


def _close_letter_spacing(fragment: Fragment) -> None:
    """Take the spaces out of "P O L I C Y"; wider gaps between its words stay."""
    glyphs = fragment.glyphs
    drop: set[int] = set()
    for start, end in _single_letter_runs(glyphs):
        gaps = {
            n: glyphs[n + 1].x0 - glyphs[n - 1].x1
            for n in range(start + 1, end)
            if glyphs[n].char.isspace()
        }
        usual = median(gaps.values())
        drop.update(n for n, gap in gaps.items() if gap <= _WORD_GAP * max(usual, 0.1))
    if drop:
        fragment.glyphs = [glyph for n, glyph in enumerate(glyphs) if n not in drop]


def _single_letter_runs(glyphs: Sequence[Glyph]) -> Iterator[tuple[int, int]]:
    """Half-open runs "X X X X" of single letters with one space between.

    Where the file draws most spaces only letters count: figures beside each other are figures.
    """
    start = 0
    while start < len(glyphs):
        end = start
        while (
            end < len(glyphs)
            and not glyphs[end].char.isspace()
            and (end + 1 == len(glyphs) or glyphs[end + 1].char.isspace())
        ):
            end += 2
        last = max(min(end, len(glyphs) + 1) - 1, start)
        if (last - start + 1) // 2 >= _MIN_LETTERS and _is_spaced_out(glyphs[start:last]):
            yield start, last
        start = max(end, start + 1)


def _is_spaced_out(glyphs: Sequence[Glyph]) -> bool:
    """Whether single characters with a space between are one word and not words or figures."""
    between = [glyph for glyph in glyphs if glyph.char.isspace()]
    if 2 * sum(glyph.drawn for glyph in between) < len(between):
        return True
    return all(glyph.char.isalpha() or glyph.char.isspace() for glyph in glyphs)
