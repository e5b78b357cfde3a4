"""A publication's own note marks, raised and named, so that nobody takes them for our sources."""

import re
from html import escape

from ingest.note_marks import BRACKETED

# A letter counts only after a mark and before a space: "[t]he" is the author's own change.
_NOTE_MARKS = re.compile(rf"{BRACKETED}|(?<=[.,:;)\]])\[[a-z]\](?!\S)")
# The style sheet says the same to screen readers, which skip titles; what is copied holds neither.
_RAISED = r'<sup class="ssa-note-mark" title="note mark of the publication">\g<0></sup>'


def raised_html(text: str) -> str:
    """A text with its note marks raised; no character is left out or added."""
    return _NOTE_MARKS.sub(_RAISED, escape(text))
