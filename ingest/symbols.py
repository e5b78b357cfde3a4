"""Bullets that symbol fonts hide in Unicode's private use area, and what they look like.

Page text keeps them as the file has them, because a quotation is verbatim; they are exchanged, one
character for one, where text is shown to people or read by the model.
"""

import re

# Stands in page text where the page leaves a gap in a line, as templates do for a name or figure:
# white space for whatever compares texts, and as wide as it is wherever it is shown.
GAP = "\N{EM SPACE}" * 3

_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖"}

_TABLE = str.maketrans(_BULLETS)


def folded_space(text: str) -> str:
    """The text with its white space, line breaks too, folded to single spaces; gaps stay."""
    return re.sub(rf"[^\S{GAP[0]}]+", " ", text).strip()


def readable(text: str) -> str:
    """The text with its private bullets exchanged; every offset stays the same."""
    return text.translate(_TABLE)
