"""Whether the running text of a quotation begins and ends where a sentence does.

Judged by its letters and marks alone, and not by where the program itself takes sentences to end:
a quotation that is torn because the program was mistaken there must not pass.
"""

import re
from collections.abc import Sequence

from answer.reply import Statement
from ingest.document import Sentence, SentenceKind

_PROSE = (SentenceKind.SENTENCE, SentenceKind.FOOTNOTE)
_OPENERS = "\"'“‘«([¿¡"
_BULLETS = "•◦▪‣●○■□–—-*§"  # a paragraph may begin with one
_NOTE_MARK = r"(?:\d{1,3}(?:,\s?\d{1,3})*|(?:\[[\w, ]{1,40}\])+)?"
_END = re.compile(rf"[.!?…][\"'”’»)\]]*{_NOTE_MARK}\s*$")


def prose_is_whole(statement: Statement) -> bool | None:
    """Whether what is quoted of running text begins and ends where a sentence does.

    Args:
        statement: a quotation; its list items and table rows, and what it stands under, are no
            running text.

    Returns:
        None when it quotes no running text.
    """
    prose = [s for s in statement.passage.sentences if s.kind in _PROSE and _quoted(s, statement)]
    if not prose:
        return None
    start = max(prose[0].start_char, statement.start_char)
    end = min(prose[-1].end_char, statement.end_char)
    text = statement.passage.text
    return _begins(text, start) and bool(_END.search(text[:end]))


def torn_quotations(statements: Sequence[Statement]) -> tuple[int, tuple[str, ...]]:
    """How many quotations hold running text, and the words of those that are torn."""
    judged = [(prose_is_whole(statement), statement) for statement in statements]
    return (
        sum(whole is not None for whole, _ in judged),
        tuple(statement.text for whole, statement in judged if whole is False),
    )


def _quoted(sentence: Sentence, statement: Statement) -> bool:
    return sentence.start_char < statement.end_char and statement.start_char < sentence.end_char


def _begins(text: str, start: int) -> bool:
    first = text[start:].lstrip()[:1]
    if first.isupper() or first.isdigit() or first in _OPENERS or first in _BULLETS:
        return True
    return bool(_END.search(text[:start]))
