"""A query -> passages with scores, best first."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.fuse import fuse
from index.query_embedder import QueryEmbedder
from index.releases import Release
from index.settings import IndexSettings
from index.terms import terms
from ingest.document import Passage


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoredPassage:
    """A passage as it answers to one query. Scores compare within one ranking only."""

    passage: Passage
    rank: int  # 1-based
    score: float  # fused, 0 … 1
    dense: float  # cosine of passage and query
    lexical: float  # BM25
    sentence_scores: tuple[float, ...]  # cosine of each of its sentences and the query


class Retriever(Protocol):
    """Anything that ranks passages for a query."""

    def retrieve(
        self, query: str, *, k: int, doc_ids: Collection[str] | None = None
    ) -> list[ScoredPassage]:
        """The k best passages of some publications, best first; fewer when there are fewer.

        Args:
            query: as searched.
            k: how many.
            doc_ids: of the publications that are searched; None: all.
        """
        ...


class HybridRetriever:
    """BM25 and three vectors of each passage, fused: itself, its nearest sentence, its context."""

    def __init__(self, release: Release, embedder: QueryEmbedder, settings: IndexSettings) -> None:
        """Rank the passages of one release; the embedder is the one it was built with."""
        self._release = release
        self._embedder = embedder
        self._settings = settings
        counts = [len(passage.sentences) for passage in release.passages]
        self._first_sentence = np.concatenate([[0], np.cumsum(counts)]).astype(int)
        self._passage_of_sentence = np.repeat(np.arange(len(counts)), counts)

    def retrieve(
        self, query: str, *, k: int, doc_ids: Collection[str] | None = None
    ) -> list[ScoredPassage]:
        """The k best passages, best first; equal scores keep the order of the publications.

        The best by terms and vectors are ranked again by how their words match the query's. What is
        not searched has no say in the scores of what is.
        """
        read = self._embedder.embed_query(query)
        lexical = self._release.lexical.scores(terms(query))
        dense = self._release.passage_vectors.cosines(read.whole)
        sentences = self._release.sentence_vectors.cosines(read.whole)
        contexts = self._release.context_vectors.cosines(read.whole)
        weights = self._settings
        searched = self._rows_of(doc_ids)
        if not len(searched):
            return []
        first = fuse(
            [
                (weights.weight_lexical, lexical[searched]),
                (weights.weight_dense, dense[searched]),
                (weights.weight_sentence, self._best_sentences(sentences)[searched]),
                (weights.weight_context, contexts[searched]),
            ]
        )
        nearest = np.argsort(-first, kind="stable")[: max(k, weights.matched_passages)]
        best = searched[nearest]
        matches = np.array(
            [self._release.token_vectors.match(read.tokens, row) for row in best.tolist()]
        )
        scores = fuse([(1.0, first[nearest]), (weights.weight_match, matches)])
        order = np.argsort(-scores, kind="stable")[:k]
        return [
            ScoredPassage(
                passage=self._release.passages[row],
                rank=rank,
                score=float(scores[place]),
                dense=float(dense[row]),
                lexical=float(lexical[row]),
                sentence_scores=tuple(
                    sentences[self._first_sentence[row] : self._first_sentence[row + 1]].tolist()
                ),
            )
            for rank, place in enumerate(order.tolist(), start=1)
            for row in [int(best[place])]
        ]

    def _rows_of(self, doc_ids: Collection[str] | None) -> NDArray[np.int_]:
        """The rows of the passages of some publications."""
        passages = self._release.passages
        if doc_ids is None:
            return np.arange(len(passages))
        return np.array(
            [row for row, passage in enumerate(passages) if passage.doc_id in doc_ids], dtype=int
        )

    def _best_sentences(self, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        best = np.full(len(self._release.passages), -1.0, dtype=np.float32)
        np.maximum.at(best, self._passage_of_sentence, cosines)
        return best
