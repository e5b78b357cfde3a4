"""A typed question -> the query that is searched, or the reason why it cannot be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.reply import Reason
from index.terms import terms, words

_OPENS_FOLLOW_UP = re.compile(
    r"^(and|but|or|so|also|what about|how about|same for|why not|y|pero|o)\b", re.IGNORECASE
)
_REFERS_BACK = frozenset(
    """
    it its they them their theirs this that these those there he him his she her one ones former
    latter same both either such else eso esa esos esas ellos ellas
    """.split()
)
_FEW_TERMS = 2  # a question with no more subject words than this leans on what was said before
_MIN_LETTER_SHARE = 0.4
_LONGEST_WORD = 40  # letters; longer runs are no words


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A question as asked and as searched."""

    question: str
    text: str


def read_question(question: str, history: Sequence[str], *, max_chars: int) -> Query | Reason:
    """Tidy a question and complete a follow-up from the questions before it.

    Args:
        question: as typed.
        history: the earlier questions of the conversation, oldest first.
        max_chars: longer questions are not searched.
    """
    tidy = " ".join(question.split())
    if not tidy:
        return Reason.EMPTY
    if len(tidy) > max_chars:
        return Reason.TOO_LONG
    if not _has_words(tidy):
        return Reason.NO_WORDS
    earlier = [" ".join(asked.split()) for asked in history if asked.strip()]
    if earlier and leans_on_history(tidy):
        return Query(question=tidy, text=f"{earlier[-1][:max_chars]} {tidy}")
    return Query(question=tidy, text=tidy)


def leans_on_history(question: str) -> bool:
    """Whether a question is understood only with the one before it."""
    if _OPENS_FOLLOW_UP.match(question):
        return True
    return bool(_REFERS_BACK & set(words(question))) or len(set(terms(question))) <= _FEW_TERMS


def _has_words(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    inked = sum(not char.isspace() for char in text)
    if letters < 2 or letters < _MIN_LETTER_SHARE * inked:  # noqa: PLR2004  # no word is shorter
        return False
    found = words(text)
    readable = [w for w in found if len(w) <= _LONGEST_WORD and _has_vowel(w)]
    return 2 * len(readable) >= len(found) > 0


def _has_vowel(word: str) -> bool:
    return len(word) <= 4 or re.search(r"[aeiouy\d]", word) is not None  # noqa: PLR2004  # acronyms
