"""A query -> the passages that are found for it, and the quotations that may be shown of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from answer.abstain import support
from answer.choose import Candidate
from answer.editions import Editions, editions_for
from answer.held import HeldWords
from answer.question import Query
from answer.quoting import Quoter
from answer.settings import AnswerSettings
from index.retriever import Retriever, ScoredPassage
from ingest.document import Passage


@dataclass(frozen=True, kw_only=True, slots=True)
class Finder:
    """Finds in one release."""

    held: HeldWords
    retriever: Retriever
    quoter: Quoter
    settings: AnswerSettings

    def editions(self, query: Query) -> Editions:
        """The edition that a question names, or else the last one before that it leans on."""
        documents = self.held.release.documents
        asked = editions_for(query.question, documents)
        before = (editions_for(question, documents) for question in reversed(query.before))
        return asked if asked.named else next((e for e in before if e.named), asked)

    def search(self, query: Query, editions: Editions) -> list[ScoredPassage]:
        """The passages that come nearest to a query, best first, of the editions to go by."""
        loaded = self.held.release.passages_by_document.keys()
        doc_ids = None if editions.doc_ids >= loaded else editions.doc_ids
        k = self.settings.evidence_passages
        return self.retriever.retrieve(query.text, k=k, doc_ids=doc_ids)

    def support(self, query: Query, evidence: Sequence[ScoredPassage]) -> float:
        """How well the nearest passages carry a query; 0 … 2 (see `answer.abstain.support`)."""
        return support(query, evidence, self.held.text_of, self.held.release.lexical.rarity)

    def candidates(
        self, query: Query, evidence: Sequence[ScoredPassage], editions: Editions
    ) -> tuple[list[Candidate], list[str]]:
        """The quotations to show, from pages that have the question's names and years.

        Returns:
            The quotations; and, where there are none, the names and years that are missing.
        """
        near = evidence[: self.settings.read_lists]
        lacking = [self.lacking(query, editions, scored.passage) for scored in near]
        nearest = lacking[: self.settings.read_passages]
        if nearest and all(nearest):
            return [], [name for name in nearest[0] if all(name in each for each in nearest)]
        able = [scored for scored, missing in zip(near, lacking, strict=True) if not missing]
        return self.quoter.quote(query, able), []

    def lacking(self, query: Query, editions: Editions, passage: Passage) -> list[str]:
        """What a query names that the page lacks, and what went before it that all pages lack."""
        own, before = (n.besides(editions.named) for n in (query.names, query.names_before))
        held = self.held
        return [*held.lacking(own, passage), *held.lacking_throughout(before, passage)]

    def answers(self, log_odds: float) -> bool:
        """Whether a quotation with these log-odds is an answer."""
        return log_odds >= self.settings.min_answering

    def is_sure(self, log_odds: float) -> bool:
        """Whether one with these needs no word of doubt."""
        return log_odds >= self.settings.sure_answering
