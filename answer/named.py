"""What a question names: people, places, bodies, programmes and years.

Each must stand on the page that is quoted, in its headings or in the publication's title. A page on
another county or another year is no answer about this one, however near it is.
"""

import difflib
import re
from collections.abc import Iterable, Sequence

from index.terms import STOP_WORDS, stem, words

# A capitalised word that does not begin a sentence.
_NAME = re.compile(r"(?<![.!?:\"“(])(?<=\s)([A-Z][a-zà-ÿ]+(?:['’][a-z]+)?)(?![\w@])")
_CAPITALISED_ANYWAY = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december spanish english american federal state county
    city national
    """.split()
)
# Two capitals and more: "VOCA", "AB109", "CoC".
_ABBREVIATION = re.compile(r"(?<![\w@.])(?=\w*[A-Z]\w*[A-Z])[A-Za-z]{2,}\d*(?![\w@])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SAME_SPELLING = 0.84  # similarity ratio above which two words are one, misspelt


def names_in(question: str) -> list[str]:
    """The proper names of a question, as single words in lower case, in order."""
    found: dict[str, None] = {}  # a set that keeps its order
    for match in _NAME.finditer(question):
        for word in words(match.group(1)):
            if word not in STOP_WORDS and word not in _CAPITALISED_ANYWAY:
                found[word] = None
    return list(found)


def abbreviations_in(question: str) -> list[str]:
    """The abbreviations of a question, such as "VOCA", in lower case and in order."""
    found = [word for match in _ABBREVIATION.finditer(question) for word in words(match.group())]
    return list(dict.fromkeys(word for word in found if word.isalpha()))


def years_in(question: str) -> list[str]:
    """The years that a question names, in order."""
    return list(dict.fromkeys(_YEAR.findall(question)))


def unmet(wanted: Sequence[str], wanted_years: Sequence[str], texts: Iterable[str]) -> list[str]:
    """The names and years that none of some texts holds.

    Names may be misspelt; a year must stand as it is, alone or in a range such as 2017-18.
    """
    if not wanted and not wanted_years:
        return []
    held = {word for text in texts for word in words(text)}
    held_stems = {stem(word) for word in held}
    missing = [
        name
        for name in wanted
        if stem(name) not in held_stems
        and not any(word.startswith(name) for word in held)  # "Prop" for "Proposition"
        and not difflib.get_close_matches(name, held, n=1, cutoff=_SAME_SPELLING)
    ]
    return missing + [year for year in wanted_years if year not in held]
