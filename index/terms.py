"""Text -> the terms that lexical search compares: folded, stemmed, without function words."""

import re
import unicodedata

import Stemmer

_STEMMER = Stemmer.Stemmer("english")
_SPANISH_STEMMER = Stemmer.Stemmer("spanish")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
# Words that carry no subject. Negations and modal verbs are among them for ranking only; whether
# an answer may be torn from its "not" is decided elsewhere.
STOP_WORDS = frozenset(
    """
    a about all also am an and any are as at be because been before being between both but by can
    could did do does doing down during each few for from further get gets give given had has have
    having he her here hers him his how i if in into is it its itself just let me more most much
    must my no nor not now of off on once only or other our out over own per please same say says
    shall she should so some such tell than that the their them then there these they this those
    through to too under until up upon us very was we were what when where whether which while who
    whom whose why will with would you your
    """.split()
)


def words(text: str) -> list[str]:
    """The words of a text in lower case, accents folded, numbers written one way.

    "1,200" and "1200" are the same word, and a possessive is its noun.
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    found = []
    for token in _TOKEN.findall(plain):
        if token[0].isdigit():
            found.append(token.replace(",", ""))
        else:
            found.append(re.split(r"['’]", token)[0])
    return found


def terms(text: str) -> list[str]:
    """The stems of the words that carry a subject, in order, repeats kept."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


def stem(word: str) -> str:
    """The Snowball English stem of one word (Porter, https://snowballstem.org)."""
    return str(_STEMMER.stemWord(word))


def stem_spanish(word: str) -> str:
    """The Snowball Spanish stem of one word."""
    return str(_SPANISH_STEMMER.stemWord(word))
