"""The marks of footnotes: after the words that a note is on, and before the note itself."""

import re

# In brackets after words: "[12]", "[3, 4]"; other things stand in brackets too.
BRACKETED = r"\[\d{1,3}(?:, ?\d{1,3})*\]"
# Right after the end of a sentence, where only notes stand so: "12", "12,13", "[a]", "[3][4]".
AFTER_END = r"(?:\d{1,3}(?:,\d{1,3})*|(?:\[[\w, ]{1,40}\])+)"
# A section sign with its number ("§ 12") is that of a law, which a note names in its midst.
_SIGN = r"[*†‡]|§(?!§|\s?\d)|\[\w{1,3}\]"
_FIRST = re.compile(rf"(?:\d{{1,3}}|{_SIGN})\s?\S")
_NEXT = re.compile(rf"\d{{1,3}}\s?[^\W\d]|{_SIGN}")


def may_begin_notes(text: str) -> bool:
    """Whether a line of small print may begin the notes of a page: "1 See", "2 730 ILCS", "*Of"."""
    return _FIRST.match(text) is not None


def begins_next_note(text: str) -> bool:
    """Whether a line among notes begins one, and no figures of the note above it: "2 See"."""
    return _NEXT.match(text) is not None
