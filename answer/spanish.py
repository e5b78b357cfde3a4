"""A question in Spanish -> English search words, by a glossary of the field.

What comes out is searched and never shown as a quotation: word order stays Spanish. A word that the
glossary does not know is searched as it is where the publications have it, since names and many
terms are the same in both languages; the others are told to who asked.
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from answer.spanish_forms import feminines, plurals, verb_forms
from index.terms import STOP_WORDS, stem_spanish, terms
from ingest.words import is_known

_GLOSSARY = Path(__file__).parent / "data" / "spanish.txt"
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_FUNCTION_WORDS = frozenset(
    """
    el la los las un una unos unas lo al del de que en y e o u por para con sin se su sus es son
    esta estan fue fueron ser ha han hay mi tu nos les le como cuando donde quien quienes cual
    cuales cuanto cuantos cuanta cuantas este esto estos estas ese esa eso esos esas si mas pero
    muy ya a sobre entre hasta desde tambien porque segun me te mis tus yo usted ustedes ellos
    ellas nosotros nuestro nuestra nuestros nuestras no ni he has hemos era eran estar estaba
    estaban estoy estamos estuve soy eres somos sea sean seria serian sido siendo algo alguien
    nada nadie asi aqui ahi alli aun todavia tan tanto tal pues q k ke pa tb tmb kien cuyo
    cuya cuyos cuyas aunque mientras luego entonces cualquier aquel aquella aquellos aquellas
    dicha dichos dichas nomas tras ante bajo hacia contra durante
    """.split()
)
# Of these, words that English has too, as words or in names such as "Los Angeles" and "La Mesa".
_SHARED = frozenset(
    """
    a la los las el un son me de se no en sin mi tu y e o u al he has te si yo era q k pa ha ante
    sea ser tan tal bajo mis tus soy ni asi
    """.split()
)
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
    r"must|should|may|might|will|would|list|name|tell|show|give|explain)\b",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:¿¡])\s*$")
_SHORTEST_COGNATE = 6  # letters: shorter words are seldom related
_FEW_WORDS = 3
_MANY_SHARED = 3  # small words, each of which might be English
_ENGLISH_TOO = frozenset("an he has me no a ha era sea tan son si".split())  # everyday words of it
_PLURAL = re.compile(r"(?<=[dlnrsz])es$|(?<=[aeiou])s$")
_SHORTEST_PLURAL = 4  # letters; shorter words such as "mes" are singular
_FEW_NAMED = 2  # words that are no English, from which a text of names alone is Spanish
_NOTHING = "-"  # in the glossary: what is searched for a word of mere politeness
_ALSO_ENGLISH = "also English:"
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b")
Knows = Callable[[str], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Translation:
    """What is searched for a question in Spanish."""

    # The English of each word or phrase, in their order; each may hold several words of like
    # meaning, of which a page needs only one.
    glosses: tuple[str, ...]
    # The words, as typed, that neither the glossary nor the publications have.
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Glossary:
    """What is searched for Spanish words; keys without accents, except those of `as_written`."""

    as_written: Mapping[tuple[str, ...], str]
    plain: Mapping[tuple[str, ...], str]
    by_stems: Mapping[tuple[str, ...], str]  # phrases only
    forms: Mapping[str, str]  # single words, inflected
    also_english: frozenset[str]  # words of the glossary, and forms of them, that English has too
    longest: int  # words of a phrase


def is_spanish(question: str, *, after_spanish: bool = False) -> bool:
    """Whether a question is in Spanish; accents may be left out, as phones do.

    Args:
        question: as typed.
        after_spanish: whether what was asked before was: "y en Stockton?" then goes on with it.
    """
    if "¿" in question or "¡" in question:
        return True
    if _ENGLISH_OPENING.match(question.strip()):
        return False
    return (
        _has_spanish_grammar(question)
        or _has_spanish_words(question)
        or (after_spanish and _has_no_english(question))
    )


def are_spanish(questions: Sequence[str]) -> list[bool]:
    """Of the questions of a conversation, oldest first, whether each is in Spanish."""
    found: list[bool] = []
    for question in questions:
        found.append(is_spanish(question, after_spanish=bool(found) and found[-1]))
    return found


def translated(question: str, *, knows: Knows = lambda _: True) -> Translation:
    """What is searched for a question in Spanish.

    Args:
        question: in Spanish, as typed.
        knows: whether the publications have a term.
    """
    words = list(_words_and_names(question, knows))
    glosses: list[str] = []
    unknown: list[str] = []
    at = 0
    while at < len(words):
        english, length = _longest_entry(words, at)
        if english is not None:
            glosses += [english] if english != _NOTHING else []
        elif (passed := _passed_through(words[at], knows)) is not None:
            glosses += [passed] if passed else []
        else:
            unknown.append(words[at])
        at += length
    return Translation(glosses=tuple(glosses), unknown=tuple(dict.fromkeys(unknown)))


def without_ordinals(glosses: Iterable[str], later: Iterable[str]) -> list[str]:
    """What was asked before, for a question after it that asks for the third and not the second.

    Args:
        glosses: what is searched for the question before.
        later: what is searched for the one after it; where it has no ordinal, nothing is left out.
    """
    if not any(map(_ORDINAL.match, later)):
        return list(glosses)
    left = (_ORDINAL.sub("", gloss).strip() for gloss in glosses)
    return [gloss for gloss in left if gloss]


def _has_spanish_grammar(question: str) -> bool:
    """Whether the words between the names of things are Spanish."""
    found = [_fold(word) for word in _WORD.findall(question)]
    if any(map(_is_english_only, found)):
        found = [_fold(word) for word in _WORD.findall(_NAME.sub(" ", question))] or found
    spanish = sum(word in _FUNCTION_WORDS - _SHARED for word in found)
    shared = sum(word in _SHARED for word in found)
    english = sum(map(_is_english_only, found))
    if not spanish or spanish + shared <= english:
        return False
    return spanish + shared > 1 or (found[0] in _ASKING and len(found) <= _FEW_WORDS)


def _has_spanish_words(question: str) -> bool:
    """Whether more words of a text are of the glossary, and no English, than are English."""
    found, all_named = _unnamed(question)
    if any(map(_is_english_only, found)):
        return False
    shared = [word for word in found if word in _SHARED]
    both = sum(word in STOP_WORDS or word in _ENGLISH_TOO for word in shared)
    if not all_named and len(shared) >= max(_MANY_SHARED, len(found) / 2, both + 2):
        return True
    spanish = sum(map(_is_spanish_only, found))
    if spanish < (_FEW_NAMED if all_named else 1):
        return False
    grammar = sum(word in _FUNCTION_WORDS - _SHARED or word == "en" for word in found)
    return spanish + grammar > sum(map(_may_be_english, found))


def _has_no_english(question: str) -> bool:
    """Whether a text has no more English than Spanish, as names have none."""
    found = [_fold(word) for word in _WORD.findall(question) if word.islower()]
    if any(map(_is_english_only, found)):
        return False
    spanish = sum(word in _FUNCTION_WORDS or _is_spanish_only(word) for word in found)
    return spanish >= sum(map(_may_be_english, found))


def _unnamed(question: str) -> tuple[list[str], bool]:
    """The folded words of a question without its names; all, and True, where it has no others."""
    everything = [_fold(word) for word in _WORD.findall(question)]
    if question.isupper():
        return everything, False
    rest = _NAME.sub(" ", question)
    found = [
        _fold(match[0])
        for match in _WORD.finditer(rest)
        if match[0][0].islower()
        or (not match[0][1:].isupper() and _SENTENCE_START.search(rest[: match.start()]))
    ]
    return (found, False) if found else (everything, True)


def _is_english_only(word: str) -> bool:
    return word in STOP_WORDS and word not in _SHARED


def _is_spanish_only(word: str) -> bool:
    glossary = _glossary()
    known = (word,) in glossary.plain or word in glossary.forms
    return known and word not in glossary.also_english and word not in _FUNCTION_WORDS


def _may_be_english(word: str) -> bool:
    """Whether a word is in the lists of words, which are of both languages, and looks English."""
    glossary = _glossary()
    spanish = word in _FUNCTION_WORDS or (word,) in glossary.plain or word in glossary.forms
    return not spanish and word.isalpha() and word[-1] not in "ao" and is_known(word)


def _words_and_names(question: str, knows: Knows) -> Iterator[str]:
    """The words of a question; what begins a sentence has its capital from that, and is no name.

    A name of several words that the publications have stays one: "Barrios Unidos".
    """
    loud = question.isupper()
    at = 0
    for name in [*(() if loud else _NAME.finditer(question)), None]:
        until = name.start() if name else len(question)
        for match in _WORD.finditer(question, at, until):
            starts = _SENTENCE_START.search(question[: match.start()])
            yield match[0].lower() if loud or (starts and not match[0].isupper()) else match[0]
        if name is None:
            return
        at = name.end()
        parts = _WORD.findall(name[0])
        starts = _SENTENCE_START.search(question[:until])
        content = [part for part in parts if _fold(part) not in _FUNCTION_WORDS]
        if content and all(any(map(knows, terms(part))) for part in content):
            yield name[0]
        else:
            yield from [parts[0].lower() if starts else parts[0], *parts[1:]]


def _longest_entry(words: Sequence[str], at: int) -> tuple[str | None, int]:
    """What the glossary has for the longest phrase from a word on; None, 1 where it has nothing."""
    glossary = _glossary()
    for length in range(min(glossary.longest, len(words) - at), 0, -1):
        phrase = words[at : at + length]
        plain = tuple(map(_fold, phrase))
        english = glossary.as_written.get(tuple(word.lower() for word in phrase))
        english = english or glossary.plain.get(plain)
        if length > 1:
            english = english or glossary.by_stems.get(tuple(map(_stem, phrase)))
        elif phrase[0].islower() and plain[0] not in _FUNCTION_WORDS:
            english = english or glossary.forms.get(plain[0])
        if english:
            return english, length
    return None, 1


def _passed_through(word: str, knows: Knows) -> str | None:
    """What is searched for a word that is not in the glossary; None where nothing is known of it.

    "" for a function word. What has a capital or a digit is a name.
    """
    plain = _fold(word)
    if plain in _FUNCTION_WORDS:
        return ""
    if not word.islower() or plain in STOP_WORDS:
        return word
    for spanish, english in _COGNATES:
        if plain.endswith(spanish) and len(plain) >= _SHORTEST_COGNATE:
            cognate = plain.removesuffix(spanish) + english
            if any(map(knows, terms(cognate))):
                return cognate
    return word if any(map(knows, terms(plain))) else None


@functools.cache
def _glossary() -> _Glossary:
    as_written: dict[tuple[str, ...], str] = {}
    plain: dict[tuple[str, ...], str] = {}
    by_stems: dict[tuple[str, ...], str] = {}
    also_english: set[str] = set()
    for line in _GLOSSARY.read_text("utf-8").splitlines():
        spanish, separator, english = line.partition(" = ")
        if line.startswith(_ALSO_ENGLISH):
            also_english.update(line.removeprefix(_ALSO_ENGLISH).split())
        elif separator and not line.startswith("#"):
            phrase = spanish.lower().split()
            as_written.setdefault(tuple(phrase), english)
            plain.setdefault(tuple(map(_fold, phrase)), english)
            if len(phrase) > 1:
                by_stems.setdefault(tuple(map(_stem, phrase)), english)
    return _Glossary(
        as_written=as_written,
        plain=plain,
        by_stems=by_stems,
        forms=_forms({key[0]: english for key, english in plain.items() if len(key) == 1}),
        also_english=frozenset(also_english),
        longest=max(map(len, plain)),
    )


def _forms(entries: Mapping[str, str]) -> dict[str, str]:
    """What is searched for each form of the single words; a plural comes before a verb's form."""
    found: dict[str, str] = {}
    for forms_of in (plurals, verb_forms, feminines):
        for word, english in entries.items():
            for form in forms_of(word):
                found.setdefault(form, english)
    return found


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
