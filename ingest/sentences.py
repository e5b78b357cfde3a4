"""Where sentences end. Offsets only: the text itself is never changed."""

import re

from ingest.list_marks import list_marks
from ingest.note_marks import AFTER_END

_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof gov sen rep rev hon st jr sr eds
    sgt lt capt cpl cmdr maj det supt atty
    inc corp co ltd dept div univ assn bros v vs al etc e.g i.e cf approx ave blvd
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri
    u.s u.s.c u.k d.c ph.d m.d j.d a.m p.m c.f.r ibid
    """.split()  # a block of words is easier to read than a list of strings
)
# Abbreviations only before a number: "The answer is no." ends, "No. 12" does not.
_BEFORE_NUMBER = frozenset("no nos sec secs ch vol pp p fig figs art ed min max para".split())
# Abbreviations only with a capital: "Ill. App." against "The child was ill."
_CAPITALISED = frozenset(
    """
    Ill Fed Cal Stat Reg Supp Sat Sun Art Pen Welf Civ Proc Veh Bus
    Pub Exec Gen Dist Col Ft Mt
    """.split()
)
_GOES_ON = ("Code", "Stat", "Reg", "App", "Supp")  # after a capitalised abbreviation
# These end a sentence too, but only before a word that seldom goes on with a name.
_MAY_END = frozenset("u.s u.s.c d.c u.k inc corp co ltd etc a.m p.m ph.d m.d j.d al".split())
_OPENERS = frozenset(
    """
    the this that these those it its a an in on at as if when while where for from to with by
    he she they we you i his her their our there here however but and or so no not all both each
    some many most more such although because since after before under during according
    """.split()
)
# The end mark, closing quotes and brackets, and note marks such as 12 or [3, 4].
_END = re.compile(rf"[.!?…]+[\"'”’)\]]*{AFTER_END}?(?=\s+|$)")
_ENDED = re.compile(rf"[.!?:;][\"'”’)\]]*{AFTER_END}?$")
_NEXT = re.compile(r"\s+[\"'“‘(\[]*(\w+|\S)")
# A full stop between digits, mostly that of decimals ("$2.5"); that of a year has none.
_DECIMALS = re.compile(r"(?<=\d)(?<!\b(?:19|20)\d\d)\.\d+")
_LAST_WORD = re.compile(r"([^\s(\[\"'“‘]+)$")
_INITIAL = re.compile(r"^[A-Z]$")
_DOTTED_INITIALS = re.compile(r"^[A-Z](?:\.[A-Z])+$")  # "N.Y", "J.P": they may end a sentence


def is_ended(text: str) -> bool:
    """Whether a line ends where a sentence, or what leads to a list, ends: with note marks too."""
    return _ENDED.search(text.rstrip()) is not None


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Cut a paragraph into sentences.

    Args:
        text: one paragraph; its line breaks are white space.

    Returns:
        (start, end) of each sentence without the white space around it; in order, and together
        they hold every character that is not white space.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ends_sentence(text, match):
            _append(spans, text, start, match.end())
            start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    stretch = text[start:end]
    if stretch.strip():
        lead = len(stretch) - len(stretch.lstrip())
        spans.append((start + lead, start + len(stretch.rstrip())))


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    following = _NEXT.match(text, match.end())
    if following is None:
        return True
    next_word = following.group(1)
    if next_word[0].islower():
        return False
    if _DECIMALS.match(text, match.start()):
        return next_word.lower() in _OPENERS
    if not match.group().startswith("."):
        return True
    word_match = _LAST_WORD.search(text, 0, match.start())
    word = word_match.group(1) if word_match else ""
    return not _numbers(text, match.end()) and not _is_abbreviated(word, next_word)


def _numbers(text: str, end: int) -> bool:
    """Whether what stands before `end` numbers the sentence after it: "1.", "iv.", "1203."."""
    if text[: end - 1].strip().isdecimal():
        return True
    return any(mark.length == end for mark in list_marks(text))


def _is_abbreviated(word: str, next_word: str) -> bool:
    """Whether the full stop after `word` abbreviates it and the sentence goes on."""
    lowered = word.lower()
    if (_INITIAL.match(word) and word != "I") or next_word == "&":
        return True
    if word[:1].isupper() and next_word in _GOES_ON:
        return True
    if lowered in _BEFORE_NUMBER:
        return next_word[0].isdigit()
    if lowered in _MAY_END or word in _CAPITALISED or _DOTTED_INITIALS.match(word):
        return next_word.lower() not in _OPENERS
    return lowered in _ABBREVIATIONS
