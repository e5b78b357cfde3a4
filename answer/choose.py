"""Which of the quotations that come near are shown: nearness and what the reader finds of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answer.reply import Statement
from answer.settings import AnswerSettings
from answer.stretches import holds, overlap
from ingest.document import SentenceKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A quotation that may be shown."""

    statements: tuple[Statement, ...]  # more than one: the pieces of a list or table, in order
    nearness: float  # of `answer.select`; comparable within one question only
    log_odds: float  # that it answers, by the reader; 0 where nothing is read

    @property
    def is_note(self) -> bool:
        """Whether it stands in a footnote."""
        passage = self.statements[0].passage
        return all(s.kind is SentenceKind.FOOTNOTE for s in passage.sentences)


def choose(candidates: Sequence[Candidate], settings: AnswerSettings) -> list[Candidate]:
    """The best candidates, best first: as many as an answer shows, and none far below the best.

    None, however near, that the reader finds far less likely to answer than another one.

    Args:
        candidates: in any order; of equals the first comes first.
        settings: how many, how far below, and what the reader's word weighs.
    """

    def value(candidate: Candidate) -> float:
        return candidate.nearness + settings.weight_reader * candidate.log_odds

    surest = max((each.log_odds for each in candidates), default=0.0)
    able = [each for each in candidates if each.log_odds >= surest - settings.odds_margin]
    ranked = sorted(able, key=value, reverse=True)  # keeps the order of equals
    chosen: list[Candidate] = []
    for candidate in ranked:
        if value(candidate) < value(ranked[0]) - settings.statement_margin:
            break
        if chosen and candidate.is_note:
            continue  # after what the body says, a note adds a source, or speaks of something else
        if any(_overlap(candidate, other) for other in chosen):
            continue  # one of them goes on where the other ends
        chosen.append(candidate)
        if sum(len(each.statements) for each in chosen) >= settings.max_statements:
            break
    return chosen


def together(
    parts: Iterable[Candidate], whole: Iterable[Candidate], settings: AnswerSettings
) -> list[Candidate]:
    """What is shown of a question in parts: what answers each, then what answers it as a whole.

    Args:
        parts: for each part that is answered the best candidate, in their order; all are shown.
        whole: chosen for the question as a whole, best first; as far as there is room.
        settings: how many are shown.
    """
    shown: list[Candidate] = []
    for candidate in parts:
        if not any(_holds(other, candidate) for other in shown):
            shown = [other for other in shown if not _holds(candidate, other)] + [candidate]
    for candidate in whole:
        size = sum(len(each.statements) for each in (*shown, candidate))
        if size <= settings.max_statements and not any(_overlap(candidate, o) for o in shown):
            shown.append(candidate)
    return shown


def _holds(one: Candidate, other: Candidate) -> bool:
    """Whether all that a candidate quotes stands in what another one quotes."""
    return all(holds(one.statements, theirs) for theirs in other.statements)


def _overlap(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates share words of a passage."""
    return any(overlap(mine, theirs) for mine in one.statements for theirs in other.statements)
