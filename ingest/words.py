"""Which words are known, in English and Spanish. The only importer of pyspellchecker."""

import re
from functools import lru_cache

from spellchecker import SpellChecker

_LANGUAGES = ["en", "es"]
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """The words of the lists, in lower case; read once a process (0.3 s, 40 MB)."""
    lists = SpellChecker(language=_LANGUAGES, distance=1)
    return frozenset(lists.word_frequency.words())


def words_of(text: str) -> list[str]:
    """The words of a text as they are written, hyphenated ones in their parts."""
    return [word.replace("’", "'") for word in _WORD.findall(text)]


def is_known(word: str) -> bool:
    """Whether a word is in the lists, also with an English possessive."""
    lower = word.lower()
    known = known_words()
    return lower in known or lower.removesuffix("'s").removesuffix("s'") in known
