"""A question that asks several things: each is searched, and gets a quotation or is named."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.choose import Candidate, together
from answer.editions import Editions
from answer.finding import Finder
from answer.named import names_of
from answer.parts import Part, parts_of
from answer.question import Query
from answer.sides import sides_of
from index.retriever import ScoredPassage


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchedPart:
    """One of the questions that a question consists of, with what was found for it."""

    asked: str  # as people are told of it
    query: Query
    evidence: list[ScoredPassage]


def searched_parts(finder: Finder, query: Query, editions: Editions) -> list[SearchedPart]:
    """The questions that a question consists of, each searched for itself."""
    if finder.quoter.reader is None or query.brief or query.before or query.glosses:
        return []
    return [
        _searched(finder, part, query, editions)
        for part in parts_of(query.text) or sides_of(query.text)
    ]


def _searched(finder: Finder, part: Part, query: Query, editions: Editions) -> SearchedPart:
    # What the whole names holds for a part that names no place, or no year, itself.
    names = names_of(part.text).or_of(query.names)
    sought = f"{query.text} {part.text}" if part.with_whole else part.text
    return SearchedPart(
        asked=part.asked,
        query=replace(query, text=part.text, names=names),
        evidence=finder.search(replace(query, text=sought), editions),
    )


def with_parts(
    finder: Finder, whole: list[Candidate], parts: Sequence[SearchedPart], editions: Editions
) -> tuple[list[Candidate], list[str]]:
    """What is shown of a question that asks several things: a quotation for each of them.

    Args:
        finder: of the release.
        whole: the quotations for the question as a whole.
        parts: of the question.
        editions: of the publications that may be quoted.

    Returns:
        The quotations; and the parts that none of them answers.
    """
    best: list[Candidate] = []
    without: list[SearchedPart] = []
    for part in parts:
        candidates, _ = finder.candidates(part.query, part.evidence, editions)
        answering = [each for each in candidates if finder.answers(each.log_odds)]
        best += answering[:1]
        without += [] if answering else [part]
    if not best:
        return whole, []
    rest = [each for each in whole if finder.answers(each.log_odds)]
    shown = together(best, rest, finder.settings)
    return shown, [
        part.asked for part in without if not _answered_by(finder, shown, part.query, editions)
    ]


def _answered_by(
    finder: Finder, shown: Sequence[Candidate], query: Query, editions: Editions
) -> bool:
    """Whether one of the quotations, from a page that has a query's names, answers it."""
    quoted = [
        candidate.statements
        for candidate in shown
        if not finder.lacking(query, editions, candidate.statements[0].passage)
    ]
    return any(map(finder.answers, finder.quoter.log_odds(query.text, quoted)))
