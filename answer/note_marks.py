"""A publication's marks to its footnotes, after a word or a full stop: no figures of its text."""

import re

from ingest.note_marks import BRACKETED

_MARK = re.compile(rf"(?<=[^\W\d]|[.,;:!?)”\"’']){BRACKETED}")


def without_note_marks(text: str) -> str:
    """A text on one line, without its marks: "Trust comes first.[7]" -> "Trust comes first."."""
    return " ".join(_MARK.sub("", text).split())
