"""Ranked passages -> quotations that are cited, and read for whether they answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from answer.choose import Candidate, choose
from answer.cite import cite
from answer.items import under_its_head
from answer.question import Query
from answer.reply import Statement
from answer.select import select
from answer.selection import Selection
from answer.settings import AnswerSettings
from index.releases import Release
from index.retriever import ScoredPassage
from reader.reader import Reader, in_context

_EVEN_ODDS = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Quoter:
    """Quotes one release."""

    release: Release
    reader: Reader | None  # None: every quotation that is near enough is shown
    settings: AnswerSettings

    def quote(self, query: Query, evidence: Sequence[ScoredPassage]) -> list[Candidate]:
        """The quotations to show for a query, best first.

        Args:
            query: what is asked.
            evidence: the passages that may be quoted, best first.
        """
        selected = select(
            query.text,
            evidence,
            siblings=lambda passage: self.release.passages_by_document[passage.doc_id],
            rarity=self.release.lexical.rarity,
            settings=self.settings,
        )
        cited = [(self.cite(pieces), pieces[0].score) for pieces in selected]
        quoted = [(statements, nearness) for statements, nearness in cited if statements]
        texts = [statements for statements, _ in quoted]
        log_odds = self._log_odds_of(query, texts)
        return choose(
            [
                Candidate(statements=tuple(statements), nearness=nearness, log_odds=odds)
                for (statements, nearness), odds in zip(quoted, log_odds, strict=True)
            ],
            self.settings,
        )

    def _log_odds_of(self, query: Query, quoted: Sequence[Sequence[Statement]]) -> list[float]:
        """As `log_odds`; of a follow-up the mean of reading it with what it leans on and without.

        With it alone, what answered the question before would seem to answer this one as well.
        """
        if query.glosses:  # single words in place of a question
            return [_EVEN_ODDS] * len(quoted)
        whole = self.log_odds(query.text, quoted)
        if not query.before:
            return whole
        own = self.log_odds(query.question, quoted)
        return [(one + other) / 2 for one, other in zip(whole, own, strict=True)]

    def log_odds(self, question: str, quoted: Sequence[Sequence[Statement]]) -> list[float]:
        """For each quotation the log-odds that it answers; of one in pieces, the best piece's."""
        if self.reader is None:
            return [_EVEN_ODDS] * len(quoted)
        texts = [self._as_read(statement) for pieces in quoted for statement in pieces]
        scores = iter(self.reader.scores(question, texts))
        return [max(next(scores) for _ in pieces) for pieces in quoted]

    def cite(self, selections: Iterable[Selection]) -> list[Statement]:
        """A statement for each selection whose words, and head, stand where the passage says."""
        statements = []
        for chosen in selections:
            statement = cite(chosen.passage, chosen.start_char, chosen.end_char, self.release.pages)
            heads = [cite(chosen.passage, *head, self.release.pages) for head in chosen.heads]
            whole = tuple(head for head in heads if head)
            if statement and len(whole) == len(heads):  # a row without its heads says nothing
                statements.append(replace(statement, heads=whole))
        return statements

    def related(self, evidence: Sequence[ScoredPassage]) -> list[Statement]:
        """The nearest sentence of each of the best passages."""
        nearest = []
        near = [scored for scored in evidence if scored.dense >= self.settings.min_related]
        for scored in near[: self.settings.max_related]:
            best = max(
                range(len(scored.sentence_scores)), key=lambda n: (scored.sentence_scores[n], -n)
            )
            sentence = scored.passage.sentences[best]
            alone = Selection(
                passage=scored.passage,
                start_char=sentence.start_char,
                end_char=sentence.end_char,
                score=scored.score,
            )
            passages = self.release.passages_by_document[scored.passage.doc_id]
            nearest.append(under_its_head(alone, passages))
        return self.cite(nearest)

    def _as_read(self, statement: Statement) -> str:
        title = self.release.documents_by_id[statement.passage.doc_id].title
        words = " ".join(part.text for part in statement.parts)
        return in_context(title, statement.passage.heading_path, words)
