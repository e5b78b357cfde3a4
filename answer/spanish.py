"""A question in Spanish -> English search words, by a glossary of the field.

What comes out is searched and never shown as a quotation: word order stays Spanish, and words that
the glossary does not know pass through, since names and many terms are the same in both languages.
"""

import functools
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from index.terms import STOP_WORDS, stem_spanish

_GLOSSARY = Path(__file__).parent / "data" / "spanish.txt"
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_FUNCTION_WORDS = frozenset(
    """
    el la los las un una unos unas lo al del de que en y e o u por para con sin se su sus es son
    esta estan fue fueron ser ha han hay mi tu nos les le como cuando donde quien quienes cual
    cuales cuanto cuantos cuanta cuantas este esto estos estas ese esa eso esos esas si mas pero
    muy ya a sobre entre hasta desde tambien porque segun
    """.split()
)
# Of these, words that English has too, as words or in names such as "Los Angeles" and "La Mesa".
_SHARED = frozenset("a la los las el un son me de se no en sin mi tu y e o u al".split())
_ASKING = frozenset(
    "que cual cuales quien quienes donde cuando como cuanto cuantos cuanta cuantas".split()
)
_COGNATES = (
    ("ciones", "tions"),
    ("cion", "tion"),
    ("siones", "sions"),
    ("dades", "ties"),
    ("dad", "ty"),
    ("mente", "ly"),
    ("ivos", "ive"),
    ("ivas", "ive"),
    ("ivo", "ive"),
    ("iva", "ive"),
    ("icos", "ic"),
    ("icas", "ic"),
    ("ico", "ic"),
    ("ica", "ic"),
    ("encias", "ence"),
    ("encia", "ence"),
    ("ancias", "ance"),
    ("ancia", "ance"),
    ("oso", "ous"),
    ("osa", "ous"),
    ("ario", "ary"),
    ("aria", "ary"),
)
# A name of several words, "Del Norte" or "Casa de Esperanza para la Familia": of either language.
_NAME = re.compile(
    r"\b[A-ZÀ-Þ][\w’'-]*(?:\s+(?:(?:de|del|la|las|los|el|y|e|para|por)\s+){0,2}[A-ZÀ-Þ][\w’'-]*)+"
)
_ENGLISH_OPENING = re.compile(
    r"(?:and\s+)?(?:what|who|whom|whose|when|where|why|how|which|do|does|did|is|are|was|were|can|could|"
    r"must|should|may|might|will|would|list|name|tell)\b",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:¿¡])\s*$")
_SHORTEST_COGNATE = 6  # letters: shorter words are seldom related
_FEW_WORDS = 3
_PLURAL = re.compile(r"(?<=[dlnrsz])es$|(?<=[aeiou])s$")
_SHORTEST_PLURAL = 4  # letters; shorter words such as "mes" are singular


def is_spanish(question: str) -> bool:
    """Whether a question is in Spanish; accents may be left out, as phones do."""
    if "¿" in question or "¡" in question:
        return True
    if _ENGLISH_OPENING.match(question.strip()):
        return False
    found = [_fold(word) for word in _WORD.findall(question)]
    if any(word in STOP_WORDS and word not in _SHARED for word in found):
        found = [_fold(word) for word in _WORD.findall(_NAME.sub(" ", question))] or found
    spanish = sum(word in _FUNCTION_WORDS - _SHARED for word in found)
    shared = sum(word in _SHARED for word in found)
    english = sum(word in STOP_WORDS and word not in _SHARED for word in found)
    if not spanish or spanish + shared <= english:
        return False
    return spanish + shared > 1 or (found[0] in _ASKING and len(found) <= _FEW_WORDS)


def english_parts(question: str) -> list[str]:
    """The English of each word or phrase of a question in Spanish.

    A part may hold several words of like meaning, of which a page needs only one.
    """
    # What begins a sentence has its capital from that, and is no name.
    words = [
        match[0].lower() if _SENTENCE_START.search(question[: match.start()]) else match[0]
        for match in _WORD.finditer(question)
    ]
    stems = [_stem(word) for word in words]
    glossary, longest = _glossary()
    found: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            english = glossary.get(tuple(stems[at : at + length]))
            if english is not None:
                found.append(english)
                at += length
                break
        else:
            found += _passed_through(words[at])
            at += 1
    return found


def _passed_through(word: str) -> list[str]:
    """A word that the glossary does not know; function words are dropped."""
    plain = _fold(word)
    if plain in _FUNCTION_WORDS:
        return []
    for spanish, english in _COGNATES:
        if plain.endswith(spanish) and len(plain) >= _SHORTEST_COGNATE and word.islower():
            return [plain.removesuffix(spanish) + english]
    return [word]


@functools.cache
def _glossary() -> tuple[Mapping[tuple[str, ...], str], int]:
    """The English of each Spanish entry by its stems, and how many words the longest has."""
    entries: dict[tuple[str, ...], str] = {}
    for line in _GLOSSARY.read_text("utf-8").splitlines():
        spanish, separator, english = line.partition(" = ")
        if separator and not line.startswith("#"):
            entries.setdefault(tuple(map(_stem, spanish.split())), english)
    return entries, max(map(len, entries))


def _stem(word: str) -> str:
    """The stem of a word's singular: the stemmer alone tells "libertades" from "libertad"."""
    plain = _fold(word)
    if len(plain) > _SHORTEST_PLURAL:
        plain = _PLURAL.sub("", plain)
    return stem_spanish(plain)


def _fold(word: str) -> str:
    """A word in lower case without accents."""
    plain = unicodedata.normalize("NFKD", word.lower())
    return "".join(char for char in plain if not unicodedata.combining(char))
