"""Bullets that symbol fonts hide in Unicode's private use area, and what they look like.

Page text keeps them as the file has them, because a quotation is verbatim; they are exchanged, one
character for one, where text is shown to people or read by the model.
"""

_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖"}

_TABLE = str.maketrans(_BULLETS)


def readable(text: str) -> str:
    """The text with its private bullets exchanged; every offset stays the same."""
    return text.translate(_TABLE)
