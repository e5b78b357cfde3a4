"""When the evidence does not carry an answer, and what is said then.

Two tests come before any answer. *Support*: the nearest passage must be near, and hold enough of
what the question speaks of; the bound is calibrated on development questions (docs/answers.md).
*Names and years*: a person, place, body, programme or year that the question names must stand on
the page that is quoted, in its headings or in the publication's title. A page on another county or
another year is no answer about this one, however near it is.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Sequence

from answer import messages_es
from answer.question import Query
from answer.reply import Reason
from answer.select import Rarity, coverage
from index.retriever import ScoredPassage
from index.terms import STOP_WORDS, stem, terms, words
from ingest.document import Passage

_READ = 5  # passages that the support of a question is sought in
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

MESSAGES = {
    Reason.EMPTY: "Type a question, for example: What are the five principles?",
    Reason.TOO_LONG: (
        "That is longer than I can search for. Please ask one question in a sentence or two."
    ),
    Reason.NO_WORDS: (
        "I could not find words in that. Please type a question in English, for example: "
        "Who should be involved in defining well-being?"
    ),
    Reason.NOTHING_BEFORE: (
        "That refers to an earlier answer, and there is none in this conversation. Please type the "
        "question itself."
    ),
    Reason.UNKNOWN_WORDS: (
        "None of the words you typed stands in the loaded publications. Please check the "
        "spelling, or ask in other words and in English."
    ),
    Reason.NOT_COVERED: (
        "I found nothing in the loaded publications that answers this, so I give no answer. It may "
        "help to name the subject in the publications' own words; or ask the publisher."
    ),
    Reason.NOT_ANSWERED: (
        "The loaded publications touch on this subject, but I found no page that answers the "
        "question, so I give no answer. The publisher may be able to help."
    ),
}


def message(reason: Reason, missing: Sequence[str] = (), *, spanish: bool = False) -> str:
    """What is said to a person; `missing` are the names and years that no near page holds."""
    text = messages_es.MESSAGES[reason] if spanish else MESSAGES[reason]
    if not missing:
        return text
    lacking = (
        "En las páginas más cercanas no figura" if spanish else "None of the nearest pages has"
    )
    return f"{text} {lacking}: {', '.join(word.capitalize() for word in missing)}."


def support(
    query: Query,
    evidence: Sequence[ScoredPassage],
    text_of: Callable[[Passage], str],
    rarity: Rarity,
) -> float:
    """How well the nearest passages carry a question: best cosine plus best coverage; 0 … 2.

    Args:
        query: as searched.
        evidence: best first.
        text_of: the text of a passage with its title and headings.
        rarity: inverse document frequency of a term.
    """
    nearest = max(scored.dense for scored in evidence)
    covered = max(
        _covered(query, text_of(scored.passage), rarity=rarity) for scored in evidence[:_READ]
    )
    return nearest + covered


def _covered(query: Query, text: str, *, rarity: Rarity) -> float:
    """The share of a query that a text holds; of words of like meaning one is enough."""
    if not query.glosses:
        return coverage(query.text, text, rarity=rarity)
    present = set(terms(text))
    weights = held = 0.0
    for gloss in query.glosses:
        rarities = {term: rarity(term) for term in terms(gloss)}
        weight = max(rarities.values(), default=0.0)
        weights += weight
        held += weight * any(term in present for term in rarities)
    return held / weights if weights else 0.0


def names(question: str) -> list[str]:
    """The proper names of a question, as single words in lower case, in order."""
    found: dict[str, None] = {}  # a set that keeps its order
    for match in _NAME.finditer(question):
        for word in words(match.group(1)):
            if word not in STOP_WORDS and word not in _CAPITALISED_ANYWAY:
                found[word] = None
    return list(found)


def abbreviations(question: str) -> list[str]:
    """The abbreviations of a question, such as "VOCA", in lower case and in order."""
    found = [word for match in _ABBREVIATION.finditer(question) for word in words(match.group())]
    return list(dict.fromkeys(word for word in found if word.isalpha()))


def file_words(file: str) -> str:
    """The words of a file's name in lower case: of "GrantNOFO_2017.pdf", grant nofo 2017."""
    return " ".join(re.findall(r"[A-Z]*[a-z]+|[A-Z]+|\d+", file.rpartition(".")[0])).lower()


def years(question: str) -> list[str]:
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
