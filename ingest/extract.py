"""Glyphs -> a page's text and lines, each character tied to the glyph it came from."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from ingest.document import Box, GlyphRun, Line, Page
from ingest.pdfium.glyphs import Glyph, GlyphPage

# pdfium marks a hyphen at a line end with one of these; U+00AD is the file's own soft hyphen.
_BREAK_HYPHENS = frozenset("\x02\ufffe\u00ad")
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
# Second halves of compounds so common that the hyphen before them is the writer's own.
_COMPOUND_ENDS = frozenset(
    """
    based related focused led driven informed level term income risk wide specific oriented
    centered serving making building sharing up out in profit time year old quality long
    """.split()
)
_HANGUL_VOWELS_AND_FINALS = frozenset(map(chr, range(0x1160, 0x1200)))
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(slots=True)
class _Segment:
    """Glyphs that share a baseline, while the lines of a page are put together."""

    glyphs: list[Glyph] = field(default_factory=list)

    last_inked: Glyph | None = None

    def add(self, glyph: Glyph) -> None:
        self.glyphs.append(glyph)
        if not glyph.char.isspace():
            self.last_inked = glyph

    @property
    def box(self) -> Box:
        return _union([g for g in self.glyphs if not g.char.isspace()])


def extract_pages(
    glyph_pages: Sequence[GlyphPage], *, doc_id: str, labels: Sequence[str] | None
) -> list[Page]:
    """Make text pages of glyph pages.

    Words broken at a line end are joined; whether the hyphen stays is decided by how the rest of
    the document writes the word.
    """
    lines_by_page = [_lines(page.glyphs) for page in glyph_pages]
    vocabulary = _vocabulary(lines_by_page)
    return [
        _page(glyph_page, lines, vocabulary, doc_id=doc_id, label=_label(labels, glyph_page))
        for glyph_page, lines in zip(glyph_pages, lines_by_page, strict=True)
    ]


def _label(labels: Sequence[str] | None, page: GlyphPage) -> str | None:
    if labels is None or page.number > len(labels):
        return None
    return labels[page.number - 1] or None


def _lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Cut the glyphs into printed lines; a raised footnote mark stays on the line it belongs to."""
    segments: list[_Segment] = [_Segment()]
    for glyph in glyphs:
        if glyph.char in "\r\n":
            segments.append(_Segment())
        elif _is_kept(glyph.char):
            # pdfium leaves out the line break after a hyphen at a line end.
            if segments[-1].last_inked and _falls_below(segments[-1].last_inked, glyph):
                segments.append(_Segment())
            segments[-1].add(glyph)
    merged: list[_Segment] = []
    for segment in segments:
        if not any(not g.char.isspace() for g in segment.glyphs):
            continue
        if merged and _same_line(merged[-1].box, segment.box):
            for glyph in segment.glyphs:
                merged[-1].add(glyph)
        else:
            merged.append(segment)
    return [segment.glyphs for segment in merged]


def _is_kept(char: str) -> bool:
    """Whether a character stays: all but controls, and surrogates and code points without meaning.

    Private-use and invisible formatting characters stay, because a quotation is verbatim.
    """
    if char.isprintable() or char.isspace() or char in _BREAK_HYPHENS:
        return True
    return unicodedata.category(char) in ("Co", "Cf")


def _falls_below(before: Glyph, here: Glyph) -> bool:
    """Whether `here` begins a new line: below the line of `before` and to the left of it."""
    return (
        not here.char.isspace()
        and here.top > before.bottom - 0.3 * before.size > 0
        and (here.x0 < before.x0)
    )


def _same_line(left: Box, right: Box) -> bool:
    """Whether `right` goes on where `left` ends, on the same baseline or as a raised mark."""
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    height = min(left.bottom - left.top, right.bottom - right.top)
    size = max(left.bottom - left.top, right.bottom - right.top)
    follows = -0.2 * size <= right.x0 - left.x1 <= 1.5 * size
    return height > 0 and overlap > 0.6 * height and follows


def _vocabulary(pages: Sequence[Sequence[Sequence[Glyph]]]) -> Counter[str]:
    """How often the document writes each word, words at line ends left out."""
    counts: Counter[str] = Counter()
    for lines in pages:
        for line in lines:
            text = "".join(_chars(glyph) for glyph in line)
            words = _WORD.findall(text.lower())
            counts.update(words[:-1])
    return counts


def _chars(glyph: Glyph) -> str:
    """The characters of one glyph: ligatures opened, odd spaces made plain."""
    char = glyph.char
    if char in _LIGATURES:
        return _LIGATURES[char]
    if char in _BREAK_HYPHENS:
        return "-"
    if char.isspace():
        return " "
    return char


class _TextBuilder:
    """Collects characters and, for each, the glyph that it came from (-1 for made-up ones)."""

    def __init__(self) -> None:
        self.chars: list[str] = []
        self.sources: list[int] = []

    def add(self, text: str, source: int) -> None:
        for char in unicodedata.normalize("NFC", text):
            if self.chars and (unicodedata.combining(char) or char in _HANGUL_VOWELS_AND_FINALS):
                composed = unicodedata.normalize("NFC", self.chars[-1] + char)
                if len(composed) == 1:
                    self.chars[-1] = composed
                    continue
            self.chars.append(char)
            self.sources.append(source)

    def drop(self, count: int) -> None:
        """Take the last characters back."""
        del self.chars[-count:]
        del self.sources[-count:]

    def runs(self) -> tuple[GlyphRun, ...]:
        runs: list[GlyphRun] = []
        start = 0
        while start < len(self.sources):
            end = start + 1
            source = self.sources[start]
            if source >= 0:
                while end < len(self.sources) and self.sources[end] == source + end - start:
                    end += 1
                runs.append(GlyphRun(text_start=start, glyph_start=source, length=end - start))
            start = end
        return tuple(runs)


def _page(
    glyph_page: GlyphPage,
    glyph_lines: Sequence[Sequence[Glyph]],
    vocabulary: Counter[str],
    *,
    doc_id: str,
    label: str | None,
) -> Page:
    builder = _TextBuilder()
    lines: list[Line] = []
    carried: list[Glyph] = []  # the end of a broken word, moved up to the line where it begins
    for position, glyphs in enumerate(glyph_lines):
        rest = list(glyphs)[len(carried) :]
        following = glyph_lines[position + 1] if position + 1 < len(glyph_lines) else []
        if not rest and lines:  # the whole line was moved up: its word may go on after it
            builder.drop(1)
            last = lines[-1]
            carried = _join_broken_word(builder, last.start_char, following, vocabulary)
            lines[-1] = replace(last, end_char=len(builder.chars))
            builder.add("\n", -1)
            continue
        start = len(builder.chars)
        _add_line(builder, rest)
        carried = _join_broken_word(builder, start, following, vocabulary)
        if len(builder.chars) > start:
            lines.append(_line(start, len(builder.chars), rest or list(glyphs)))
            builder.add("\n", -1)
    if builder.chars:
        builder.drop(1)  # the last line break
    return Page(
        doc_id=doc_id,
        number=glyph_page.number,
        label=label,
        width=glyph_page.width,
        height=glyph_page.height,
        text="".join(builder.chars),
        lines=tuple(lines),
        runs=builder.runs(),
    )


def _add_line(builder: _TextBuilder, glyphs: Sequence[Glyph]) -> None:
    start = len(builder.chars)
    for glyph in glyphs:
        for char in _chars(glyph):
            at_start = len(builder.chars) == start
            if char == " " and (at_start or builder.chars[-1] == " "):
                continue
            builder.add(char, glyph.number)
    while len(builder.chars) > start and builder.chars[-1] == " ":
        builder.drop(1)


def _join_broken_word(
    builder: _TextBuilder, start: int, following: Sequence[Glyph], vocabulary: Counter[str]
) -> list[Glyph]:
    """Move the rest of a word that is broken at the line end up to it.

    Returns:
        The glyphs taken from the following line (with the space after them), which that line
        then begins without.
    """
    if len(builder.chars) - start < 2 or builder.chars[-1] != "-":  # noqa: PLR2004  # letter, hyphen
        return []
    rest = _first_word(following)
    tail = "".join(_chars(g) for g in rest)
    match = re.search(r"([^\W\d_]+)-$", "".join(builder.chars[start:]))
    letters = _WORD.match(tail)
    if match is None or letters is None or not letters.group()[0].islower():
        return []
    head, end = match.group(1).lower(), letters.group().lower()
    if not _keeps_hyphen(head, end, vocabulary):
        builder.drop(1)
    for glyph in rest:
        builder.add(_chars(glyph), glyph.number)
    taken = len(rest)
    while taken < len(following) and following[taken].char.isspace():
        taken += 1
    return list(following[:taken])


def _first_word(glyphs: Sequence[Glyph]) -> list[Glyph]:
    word: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char.isspace():
            break
        word.append(glyph)
    return word


def _keeps_hyphen(head: str, tail: str, vocabulary: Counter[str]) -> bool:
    """Whether `head-tail` is a hyphenated compound rather than one word broken in two."""
    joined, compound = vocabulary[head + tail], vocabulary[f"{head}-{tail}"]
    if joined or compound:
        return compound > joined
    return tail in _COMPOUND_ENDS or bool(vocabulary[head] and vocabulary[tail])


def _line(start: int, end: int, glyphs: Sequence[Glyph]) -> Line:
    inked = [g for g in glyphs if not g.char.isspace()]
    size = median(g.size for g in inked)
    letters = [g for g in inked if g.char.isalnum()] or inked
    return Line(
        start_char=start,
        end_char=end,
        box=_union(inked),
        size=round(size, 1),
        bold=2 * sum(g.bold for g in letters) > len(letters),
        column_gaps=_column_gaps(inked, size),
    )


def _column_gaps(inked: Sequence[Glyph], size: float) -> int:
    return sum(right.x0 - left.x1 > size for left, right in pairwise(inked))


def _union(boxes: Sequence[Glyph]) -> Box:
    return Box(
        x0=min(b.x0 for b in boxes),
        top=min(b.top for b in boxes),
        x1=max(b.x1 for b in boxes),
        bottom=max(b.bottom for b in boxes),
    )
