"""A publication's marks to its footnotes, after a word or a full stop: no figures of its text."""

import re

_MARK = re.compile(r"(?<=[^\W\d]|[.,;:!?)”\"’'])\[\d{1,3}(?:, ?\d{1,3})*\]")


def without_note_marks(text: str) -> str:
    """A text on one line, without its marks: "Trust comes first.[7]" -> "Trust comes first."."""
    return " ".join(_MARK.sub("", text).split())
