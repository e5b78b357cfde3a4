"""Lexical ranking by BM25. The only importer of bm25s.

Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); the variant
is Lucene's, whose inverse document frequency is never negative.
"""

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

_K1 = 1.2  # Lucene's defaults; not tuned here
_B = 0.75


class LexicalIndex:
    """BM25 over the terms of passages, and how rare each term is."""

    def __init__(self, engine: bm25s.BM25, size: int, frequencies: dict[str, int]) -> None:
        """Use `build` or `load` instead."""
        self._engine = engine
        self._size = size
        self._frequencies = frequencies

    @classmethod
    def build(cls, passages: Sequence[Sequence[str]]) -> "LexicalIndex":
        """Index the terms of each passage; there must be at least one term in all."""
        engine = bm25s.BM25(method="lucene", k1=_K1, b=_B)
        # Numbered here in one order: bm25s would number them as a set gives them, and so anew in
        # every process.
        terms = sorted({term for passage in passages for term in passage})
        numbers = {term: number for number, term in enumerate(terms)}
        numbered = [[numbers[term] for term in passage] for passage in passages]
        engine.index((numbered, numbers), show_progress=False)
        frequencies = Counter(term for passage in passages for term in set(passage))
        return cls(engine, len(passages), dict(frequencies))

    def scores(self, query_terms: Sequence[str]) -> NDArray[np.float32]:
        """The BM25 score of every passage, shape (n_passages,); 0 where no term is shared."""
        known = [term for term in query_terms if term in self._frequencies]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._engine.get_scores(known), dtype=np.float32)

    def rarity(self, term: str) -> float:
        """Lucene's inverse document frequency, ln(1 + (N - n + .5) / (n + .5)), never negative."""
        n = self._frequencies.get(term, 0)
        return math.log(1 + (self._size - n + 0.5) / (n + 0.5))

    def knows(self, term: str) -> bool:
        """Whether the term stands in any passage."""
        return term in self._frequencies

    def save(self, folder: Path) -> None:
        """Write the index into a folder that does not exist yet."""
        self._engine.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, passages: Sequence[Sequence[str]]) -> "LexicalIndex":
        """Read what `save` wrote; `passages` are the same terms that it was built from."""
        engine = bm25s.BM25.load(str(folder), show_progress=False)
        frequencies = Counter(term for passage in passages for term in set(passage))
        return cls(engine, len(passages), dict(frequencies))
