"""A question that asks several things: each is searched, and gets a quotation or is named."""

import math
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Parted:
    """What is shown of a question, and which of its parts that does not, or may not, answer."""

    shown: list[Candidate]
    unanswered: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()


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
) -> Parted:
    """What is shown of a question that asks several things: a quotation for each of them.

    Args:
        finder: of the release.
        whole: the quotations for the question as a whole.
        parts: of the question.
        editions: of the publications that may be quoted.
    """
    best: list[Candidate] = []
    odds: list[float] = []  # that the best own quotation of each part answers it
    for part in parts:
        candidates, _ = finder.candidates(part.query, part.evidence, editions)
        answering = [each for each in candidates if finder.answers(each.log_odds)]
        best += answering[:1]
        odds.append(max((each.log_odds for each in answering), default=-math.inf))
    if not best:
        return Parted(shown=whole)
    rest = [each for each in whole if finder.answers(each.log_odds)]
    shown = together(best, rest, finder.settings)
    told = [
        (
            part.asked,
            own if finder.is_sure(own) else max(own, _odds_among(finder, shown, part, editions)),
        )
        for part, own in zip(parts, odds, strict=True)
    ]
    return Parted(
        shown=shown,
        unanswered=tuple(asked for asked, own in told if not finder.answers(own)),
        doubted=tuple(a for a, own in told if finder.answers(own) and not finder.is_sure(own)),
    )


def _odds_among(
    finder: Finder, shown: Sequence[Candidate], part: SearchedPart, editions: Editions
) -> float:
    """The log-odds that one of the quotations, from a page that has a part's names, answers it."""
    quoted = [
        candidate.statements
        for candidate in shown
        if not finder.lacking(part.query, editions, candidate.statements[0].passage)
    ]
    return max(finder.quoter.log_odds(part.query.text, quoted), default=-math.inf)
