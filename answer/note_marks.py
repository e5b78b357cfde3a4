"""A publication's marks to its footnotes, which are no figures of its text."""

import re

# "[7]" or "[7, 8]" right after a word, a figure or a full stop; "¹²"; "12" right after a full stop.
_MARK = re.compile(
    r"(?<=[^\s\[(])\[\d{1,3}(?:, ?\d{1,3})*\]|[⁰¹²³⁴-⁹]+|(?<=[^\d\s][.!?”\"’)])\d{1,3}(?=\s|$)"
)


def without_note_marks(text: str) -> str:
    """A text on one line, without its marks: "Trust comes first.[7]" -> "Trust comes first."."""
    return " ".join(_MARK.sub("", text).split())
