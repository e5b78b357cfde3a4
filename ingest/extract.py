"""Glyphs -> a page's text and lines, each character tied to the glyph it came from."""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.document import Box, GlyphRun, Line, Page, Role
from ingest.layout import LaidLine, lay_out
from ingest.list_marks import is_mark_alone
from ingest.pdfium.glyphs import Glyph, GlyphPage
from ingest.symbols import GAP

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
_SAME_TYPE = 1.25  # ratio of the sizes of two lines of one paragraph
_HANGUL_VOWELS_AND_FINALS = frozenset(map(chr, range(0x1160, 0x1200)))
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_GAP = 2.0  # times the type size: a space is a quarter, and of justified lines at most one
_GAPS = 3.0  # times the usual white between the words of the line


def extract_pages(
    glyph_pages: Sequence[GlyphPage], *, doc_id: str, labels: Sequence[str] | None
) -> list[Page]:
    """Make text pages of glyph pages.

    Words broken at a line end are joined; whether the hyphen stays is decided by how the rest of
    the document writes the word.
    """
    lines_by_page = [_printed_lines(page) for page in glyph_pages]
    vocabulary = _vocabulary(lines_by_page)
    return [
        _page(glyph_page, lines, vocabulary, doc_id=doc_id, label=_label(labels, glyph_page))
        for glyph_page, lines in zip(glyph_pages, lines_by_page, strict=True)
    ]


def _printed_lines(page: GlyphPage) -> list[LaidLine]:
    kept = tuple(glyph for glyph in page.glyphs if _is_kept(glyph.char))
    return lay_out(replace(page, glyphs=kept))


def _label(labels: Sequence[str] | None, page: GlyphPage) -> str | None:
    if labels is None or page.number > len(labels):
        return None
    return labels[page.number - 1] or None


def _is_kept(char: str) -> bool:
    """Whether a character stays: all but controls, and surrogates and code points without meaning.

    Private-use and invisible formatting characters stay, because a quotation is verbatim.
    """
    if char.isprintable() or char.isspace() or char in _BREAK_HYPHENS:
        return True
    return unicodedata.category(char) in ("Co", "Cf")


def _vocabulary(pages: Sequence[Sequence[LaidLine]]) -> Counter[str]:
    """How often the document writes each word, words at line ends left out."""
    counts: Counter[str] = Counter()
    for lines in pages:
        for line in lines:
            text = "".join(_chars(glyph) for glyph in line.glyphs)
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
    laid_lines: Sequence[LaidLine],
    vocabulary: Counter[str],
    *,
    doc_id: str,
    label: str | None,
) -> Page:
    builder = _TextBuilder()
    lines: list[Line] = []
    carried: list[Glyph] = []  # the end of a broken word, moved up to the line where it begins
    for position, laid in enumerate(laid_lines):
        rest = laid.glyphs[len(carried) :]
        following = _following(laid_lines, position)
        if not rest and lines:  # the whole line was moved up: its word may go on after it
            builder.drop(1)
            last = lines[-1]
            carried = _join_broken_word(builder, last.start_char, following, vocabulary)
            lines[-1] = replace(last, end_char=len(builder.chars))
            builder.add("\n", -1)
            continue
        start = len(builder.chars)
        _add_line(builder, rest, gaps=_gaps(rest) if laid.row < 0 else ())
        carried = _join_broken_word(builder, start, following, vocabulary)
        if len(builder.chars) > start:
            lines.append(_line(start, len(builder.chars), laid, rest or laid.glyphs))
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
        ocr=glyph_page.ocr,
    )


def _following(lines: Sequence[LaidLine], position: int) -> Sequence[Glyph]:
    """The line in which a word broken at a line's end can go on: not in another cell or type."""
    if position + 1 == len(lines):
        return ()
    here, following = lines[position], lines[position + 1]
    same = (here.row, here.column, here.hidden) == (
        following.row,
        following.column,
        following.hidden,
    )
    small, large = sorted((here.glyphs[0].size, following.glyphs[0].size))
    return following.glyphs if same and large <= _SAME_TYPE * small else ()


def _gaps(glyphs: Sequence[Glyph]) -> list[int]:
    """The positions in a line before which the page leaves room, as for a word to be filled in.

    The white there is wider than two letters and than that between other words by far: justified
    lines are not set so, but the number or bullet of an item is, and leaves none.
    """
    inked = [n for n, glyph in enumerate(glyphs) if not glyph.char.isspace()]
    white = {b: glyphs[b].x0 - glyphs[a].x1 for a, b in pairwise(inked) if b > a + 1}
    usual = median(white.values()) if white else 0.0
    wide = [n for n, gap in white.items() if gap > max(_GAP * glyphs[n].size, _GAPS * usual)]
    return [n for n in wide if not is_mark_alone("".join(map(_chars, glyphs[:n])).strip())]


def _add_line(builder: _TextBuilder, glyphs: Sequence[Glyph], *, gaps: Container[int]) -> None:
    start = len(builder.chars)
    for position, glyph in enumerate(glyphs):
        if position in gaps:
            if builder.chars[-1] == " ":
                builder.drop(1)
            builder.add(GAP, -1)
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
    address = "".join(builder.chars[start:]).rpartition(" ")[2]
    if "/" not in address and not _keeps_hyphen(head, end, vocabulary):
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


def _line(start: int, end: int, laid: LaidLine, glyphs: Sequence[Glyph]) -> Line:
    inked = [g for g in glyphs if not g.char.isspace()]
    size = median(g.size for g in inked)
    letters = [g for g in inked if g.char.isalnum()] or inked
    return Line(
        start_char=start,
        end_char=end,
        box=_union(inked),
        size=round(size, 1),
        bold=2 * sum(g.bold for g in letters) > len(letters),
        role=_role(laid),
        tag=laid.place.tag,
        block=laid.place.block,
        row=laid.row,
        column=laid.column,
    )


def _role(laid: LaidLine) -> Role:
    if laid.hidden:
        return Role.HIDDEN
    if laid.row < 0:
        return Role.BODY
    if laid.is_section:
        return Role.TABLE_SECTION
    return Role.TABLE_HEAD if laid.is_head else Role.TABLE_ROW


def _union(boxes: Sequence[Glyph]) -> Box:
    return Box(
        x0=min(b.x0 for b in boxes),
        top=min(b.top for b in boxes),
        x1=max(b.x1 for b in boxes),
        bottom=max(b.bottom for b in boxes),
    )
