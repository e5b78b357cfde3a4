"""Which sentence of a quotation a machine has repeated: word for word and sign for sign.

A language model rewords freely, and nearly every rewording can change what a publication says: a
"not", a "five percent of" or an "it is false that" left out, "informed" made "informal", "5%" made
"$5". So its sentence must be one whole sentence of the quotation. Only white space, the shape of
quotation marks, the case of the first letter and the full stop may differ.
"""

import re
from collections.abc import Iterable

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SHAPES = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")


def repeated(sentence: str, quoted: Iterable[str]) -> str | None:
    """The quoted sentence that a written one repeats; None where it repeats none.

    Args:
        sentence: what was written.
        quoted: the sentences of the quotation that can stand by themselves.
    """
    written = _tokens(sentence)
    return next((source for source in quoted if written and _tokens(source) == written), None)


def _tokens(text: str) -> list[str]:
    tokens = _TOKEN.findall(text.translate(_SHAPES))
    if tokens and tokens[-1] == ".":
        tokens.pop()
    return [tokens[0][0].lower() + tokens[0][1:], *tokens[1:]] if tokens else []
