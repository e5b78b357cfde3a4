"""The forms of a Spanish word: plural, feminine, and the regular forms of a verb.

They are made from the words of the glossary and looked up whole. A stemmer that is asked whether
two words belong together takes "deportación" for "deporte" and "criminalidad" for "criminal".

All words here are in lower case and without accents.
"""

import re
from collections.abc import Iterator

_INFINITIVE = re.compile(r"(?P<stem>.*[^aeiou].+|[aeiou].+|d|v)(?P<ending>[aei]r)(?:se)?")
_LAST_VOWEL = re.compile(r"(?:[aeio]|(?<![gq])u)(?=(?:[^aeiou]|(?<=[gq])u)*$)")
# Endings that the stress does not fall on, so that the stem may change: "contar", "cuenta".
_STRONG = {"ar": "o as a an e es en", "er": "o es e en a as an", "ir": "o es e en a as an"}
_PARTICIPLE = {"ar": "ado ada ados adas", "er": "ido ida idos idas", "ir": "ido ida idos idas"}
_WEAK = {
    "ar": "amos emos aste o aron aba abas abamos aban ara aras aran aramos are aremos "
    "aria arias ariamos arian ase asen ando",
    "er": "emos amos i iste io imos ieron ia ias iamos ian iera ieran ere era eras eremos eran "
    "eria erian iendo",
    "ir": "imos amos i iste io ieron ia ias iamos ian iera ieran ire ira iras iremos iran "
    "iria irian iendo",
}
_PETITION = "o es e en a as an io ieron iera ieran iendo"  # of "pedir": "pide", "pidieron"
_CLITICS = "me te se nos lo la los las le les"
_DIPHTHONG = {"e": "ie", "o": "ue"}
_SPELT_BEFORE_E = (("c", "qu"), ("gu", "gu"), ("g", "gu"), ("z", "c"))
_SPELT_BEFORE_A = (("qu", "c"), ("gu", "g"), ("g", "j"), ("c", "zc"))
_SHORTEST_PLURAL = 5  # letters; shorter words such as "mes" are singular


def plurals(word: str) -> Iterator[str]:
    """The plural of a noun or adjective, and the singular of one that is a plural."""
    if word.endswith("z"):
        yield word[:-1] + "ces"
    yield word + ("s" if word[-1:] in "aeiou" else "es")
    if word.endswith("s") and len(word) >= _SHORTEST_PLURAL:
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]


def feminines(word: str) -> Iterator[str]:
    """The feminine of a word in the masculine, singular and plural."""
    if word.endswith("o"):
        yield from (word[:-1] + "a", word[:-1] + "as")
    elif word.endswith("os"):
        yield word[:-2] + "as"
    elif word.endswith("or"):
        yield from (word + "a", word + "as")


def verb_forms(word: str) -> Iterator[str]:
    """The regular forms of an infinitive, and those in which its stem changes; of others none."""
    match = _INFINITIVE.fullmatch(word)
    if match is None:
        return
    stem, kind = match["stem"], match["ending"]
    for ending in f"{_STRONG[kind]} {_WEAK[kind]} {_PARTICIPLE[kind]}".split():
        yield _spelt(stem, ending, kind)
    ordering = ("a", "en") if kind == "ar" else ("e", "an")
    for ending in (kind, *ordering):  # "ayudarme", "ayúdame", "ayúdenme"
        yield from (_spelt(stem, ending + clitic, kind) for clitic in _CLITICS.split())
    vowel = _LAST_VOWEL.search(stem)
    if vowel is None or vowel[0] not in _DIPHTHONG:
        return
    before, after = stem[: vowel.start()], stem[vowel.end() :]
    for ending in _STRONG[kind].split():
        yield _spelt(f"{before}{_DIPHTHONG[vowel[0]]}{after}", ending, kind)
    for clitic in _CLITICS.split():  # "cuéntame"
        yield f"{before}{_DIPHTHONG[vowel[0]]}{after}{'a' if kind == 'ar' else 'e'}{clitic}"
    if kind == "ir" and vowel[0] == "e":
        for ending in _PETITION.split():
            yield _spelt(f"{before}i{after}", ending, kind)


def _spelt(stem: str, ending: str, kind: str) -> str:
    """Stem and ending, with the last sound of the stem spelt as before that ending."""
    changes: tuple[tuple[str, str], ...] = ()
    if kind == "ar" and ending[0] == "e":
        changes = _SPELT_BEFORE_E
    elif kind != "ar" and ending[0] in "ao":
        changes = _SPELT_BEFORE_A
    for written, instead in changes:
        if stem.endswith(written):
            return stem.removesuffix(written) + instead + ending
    return stem + ending
