"""Misspelt words of a question -> the words of the publications that they are nearest to.

Only a word in small letters is mended, and only when neither the publications nor the word lists
know it: a name must never become another name. And only where less than half of the question would
be understood without: the model copes with single slips, and mending these found no more pages
(docs/tried.md).
"""

import difflib
import re
from collections.abc import Callable, Collection

from index.terms import stem, terms, words
from ingest.words import is_known

_WORD = re.compile(r"(?<![\w'’@.-])[a-z]{4,}(?![\w'’@])")
_NEAR = 0.75  # similarity ratio of two spellings of one word


def mended(
    question: str, *, knows: Callable[[str], bool], vocabulary: Callable[[], Collection[str]]
) -> str:
    """The question with its misspelt words mended.

    Args:
        question: as typed.
        knows: whether the publications have a term.
        vocabulary: gives the words of the publications, in lower case; asked only where something
            is to be mended, since it has to read all of them.
    """
    asked = terms(question)
    if 2 * sum(map(knows, asked)) >= len(asked):
        return question

    def mend(match: re.Match[str]) -> str:
        word = match.group()
        if any(knows(stem(part)) for part in words(word)) or is_known(word):
            return word
        near = difflib.get_close_matches(word, vocabulary(), n=1, cutoff=_NEAR)
        return near[0] if near else word

    return _WORD.sub(mend, question)
