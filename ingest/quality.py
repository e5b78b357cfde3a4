"""A page's glyphs and text -> how far its text can be trusted, with the reasons.

The thresholds come from the distribution of the measures over the pages of some forty public
reports and guidelines (`python -m benchmarks opinions` prints it): they lie outside of what pages
that read well show, tables of names and numbers included.
"""

import itertools
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.document import Line, Page, PageQuality, PageVerdict, Role
from ingest.pdfium.glyphs import Glyph, GlyphPage
from ingest.second_opinion import agreement
from ingest.words import is_known, words_of

SecondOpinion = Callable[[int], str | None]  # page number -> another reader's text of it

_REPLACEMENT = "\ufffd"
_MADE_BY_PDFIUM = frozenset("\x02\ufffe\r\n\t\x00")  # marks of line ends and broken words
_GARBLED_SOME = 0.02  # share of a page's glyphs that are no characters
_GARBLED_MOST = 0.3
_MIN_GARBLED = 5  # glyphs; fewer are a symbol or a bullet
_MIN_WORDS = 30  # fewer say nothing about a page's language
_KNOWN_LOW = 0.6  # share of known words: below it something is odd
_KNOWN_NONE = 0.2  # below it, with few vowels, the text is no language
_VOWELS = frozenset("aeiouyáéíóúüàèìòùâêîôûäöåæø")
_VOWEL_SHARE = (0.28, 0.6)  # of the letters, in languages of Latin script
_SPACED_SHARE = 0.5  # of the words that are single letters
_AGREE = 0.8  # agreement of two readers below which one of them is wrong
_MIN_LINES = 12
_JUMPS_SHARE = 0.25  # of the lines that stand above the line before, in the same column
_FEW_CHARS = 200  # visible characters of a page that is mostly a picture
_PICTURE_SHARE = 0.6
_LAYER_SHARE = 0.5  # of the glyphs that lie invisible over a scan
_QUOTED_CHARS = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class WordCount:
    """How the words of a page look."""

    words: int  # of two letters and more, in Latin script
    known: int
    unknown: int  # written in lower case, or too many for names
    single: int  # letters that stand alone
    reversed_known: int  # of the unknown ones: known when read backwards
    vowel_share: float

    @property
    def known_share(self) -> float:
        """Of the words that are not names; 1 where there are none."""
        judged = self.known + self.unknown
        return self.known / judged if judged else 1.0


def count_words(text: str) -> WordCount:
    """Look the words of a text up.

    A capitalised word that is not known is taken for a name, unless such words outnumber the
    known ones: then they are garble.
    """
    words = [w for w in words_of(text) if w.isascii() or "LATIN" in unicodedata.name(w[0], "")]
    single = sum(len(word) == 1 for word in words)
    longer = [word for word in words if len(word) > 1]
    unknown = [word for word in longer if not is_known(word)]
    names = sum(not word.islower() for word in unknown)
    known = len(longer) - len(unknown)
    letters = "".join(longer).lower()
    return WordCount(
        words=len(longer),
        known=known,
        unknown=len(unknown) - min(names, known),
        single=single,
        reversed_known=sum(len(w) > 3 and is_known(w[::-1]) for w in unknown),  # noqa: PLR2004  # "saw"
        vowel_share=sum(char in _VOWELS for char in letters) / max(len(letters), 1),
    )


def assess(page: GlyphPage, second_opinion: SecondOpinion) -> PageQuality:
    """Judge the glyphs of a page before they are put in order.

    Args:
        page: as pdfium reads it.
        second_opinion: asked only where the page looks odd.
    """
    seen = [g for g in page.glyphs if not g.hidden and not g.char.isspace()]
    if not seen:
        return _without_text(page)
    garbled = _garbled(page, seen)
    text = visible_text(page)
    counts = count_words(text)
    if garbled >= max(_MIN_GARBLED, _GARBLED_MOST * len(seen)):
        reason = f"{garbled} of its {len(seen)} characters are garbled"
        return PageQuality(verdict=PageVerdict.NEEDS_OCR, reasons=(reason,))
    if _is_no_language(counts):
        reason = (
            f"its text is no language: {counts.known} of {counts.words} words are known and the "
            "letters are not those of words"
        )
        return PageQuality(verdict=PageVerdict.NEEDS_OCR, reasons=(reason,))
    reasons = [
        *_glyph_doubts(garbled, len(seen)),
        *_word_doubts(counts),
        *_picture_doubts(page, len(seen)),
        *_hidden_doubts(page),
    ]
    if _is_odd(counts) or garbled >= _MIN_GARBLED:
        reasons += _reader_doubts(text, second_opinion(page.number))
    verdict = PageVerdict.DOUBTS if reasons else PageVerdict.READ
    return PageQuality(verdict=verdict, reasons=tuple(reasons))


def with_order(page: Page, quality: PageQuality) -> PageQuality:
    """The verdict with what the order of the page's lines says about it."""
    if quality.verdict not in (PageVerdict.READ, PageVerdict.DOUBTS):
        return quality
    lines = [
        line for line in page.lines if line.role not in (Role.HIDDEN, Role.RUNNING) and line.row < 0
    ]
    jumps = sum(_jumps_up(a, b) for a, b in itertools.pairwise(lines))
    if len(lines) < _MIN_LINES or jumps < _JUMPS_SHARE * len(lines):
        return quality
    reason = f"the order of its lines is doubtful: {jumps} of {len(lines)} stand above the last"
    return PageQuality(verdict=PageVerdict.DOUBTS, reasons=(*quality.reasons, reason))


def visible_text(page: GlyphPage) -> str:
    """The characters of a page that can be seen, as pdfium strings them together."""
    chars = (" " if g.char in "\x00\r\n" else g.char for g in page.glyphs if not g.hidden)
    # A word broken at a line end is one word.
    return "".join(chars).replace("\x02", "").replace("\ufffe", "")


def _without_text(page: GlyphPage) -> PageQuality:
    hidden = tuple(_hidden_doubts(page))
    if page.look.shows_ink:
        reason = "it shows a picture or a drawing and has no text"
        return PageQuality(verdict=PageVerdict.NEEDS_OCR, reasons=(reason, *hidden))
    return PageQuality(verdict=PageVerdict.EMPTY, reasons=("nothing is printed on it", *hidden))


def _garbled(page: GlyphPage, seen: Sequence[Glyph]) -> int:
    """How many glyphs stand for no character that people read."""
    odd = 0
    before_private = False
    for glyph in seen:
        category = unicodedata.category(glyph.char)
        private = category == "Co"
        # One private character alone is a bullet or a symbol; several in a row are a text.
        if private and before_private:
            odd += 1
        before_private = private
        if glyph.char == _REPLACEMENT or category in ("Cn", "Cs", "Cc"):
            odd += glyph.char not in _MADE_BY_PDFIUM
    return max(odd, page.look.unmapped)


def _glyph_doubts(garbled: int, total: int) -> list[str]:
    if garbled >= max(_MIN_GARBLED, _GARBLED_SOME * total):
        return [f"{garbled} of its {total} characters are garbled"]
    return []


def _is_odd(counts: WordCount) -> bool:
    return counts.words >= _MIN_WORDS and counts.known_share < _KNOWN_LOW


def _is_no_language(counts: WordCount) -> bool:
    low, high = _VOWEL_SHARE
    return (
        counts.words >= _MIN_WORDS
        and counts.known_share < _KNOWN_NONE
        and not low <= counts.vowel_share <= high
    )


def _word_doubts(counts: WordCount) -> list[str]:
    if counts.single >= _MIN_WORDS and counts.single > _SPACED_SHARE * (
        counts.single + counts.words
    ):
        return [f"{counts.single} letters stand apart: words may be spaced out letter by letter"]
    if not _is_odd(counts):
        return []
    if counts.reversed_known > counts.known:
        return [f"{counts.reversed_known} words are written backwards"]
    judged = counts.known + counts.unknown
    return [f"only {counts.known} of {judged} words are English or Spanish"]


def _picture_doubts(page: GlyphPage, total: int) -> list[str]:
    look = page.look
    if look.layer > _LAYER_SHARE * total:
        return ["the text layer of a scan"]
    if look.image_share >= _PICTURE_SHARE and total < _FEW_CHARS:
        share = round(100 * look.image_share)
        return [f"a picture covers {share}% of it and may show more words than the {total} read"]
    return []


def _hidden_doubts(page: GlyphPage) -> list[str]:
    hidden = "".join(g.char for g in page.glyphs if g.hidden and g.char not in "\x02\ufffe")
    count = sum(not char.isspace() for char in hidden)
    if not count:
        return []
    quoted = " ".join(hidden.split())[:_QUOTED_CHARS]
    return [f"{count} characters cannot be seen and are left out: “{quoted}”"]


def _reader_doubts(text: str, other: str | None) -> list[str]:
    if other is None:
        return []
    share = agreement(text, other)
    if share >= _AGREE:
        return []
    return [f"pdfium and pypdf agree on {round(100 * share)}% of its words only"]


def _jumps_up(before: Line, here: Line) -> bool:
    across = min(before.box.x1, here.box.x1) - max(before.box.x0, here.box.x0)
    return across > 0 and here.box.bottom < before.box.top
