"""Nearest vectors by inner product, exactly. The only importer of FAISS."""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray


class VectorIndex:
    """Row-normalised float32 vectors; the inner product of two of them is their cosine.

    The search is exhaustive: for the thousands of passages of a guideline collection it takes
    about a millisecond, and the same question always gets the same neighbours.
    """

    def __init__(self, index: faiss.IndexFlatIP) -> None:
        """Use `build` or `load` instead."""
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> "VectorIndex":
        """Index vectors of shape (n, dim), each of length 1."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    def __len__(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    def cosines(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine of every vector with one query vector of shape (dim,), shape (n,)."""
        found, rows = self._index.search(query.reshape(1, -1), len(self))
        cosines = np.empty(len(self), dtype=np.float32)
        cosines[rows[0]] = found[0]
        return cosines

    def save(self, file: Path) -> None:
        """Write the vectors to a file."""
        faiss.write_index(self._index, str(file))

    @classmethod
    def load(cls, file: Path) -> "VectorIndex":
        """Read what `save` wrote.

        Raises:
            ValueError: the file is not such an index.
        """
        try:
            index: Any = faiss.read_index(str(file))  # typed as the base class of all indexes
        except RuntimeError as error:
            message = f"{file.name} is not a FAISS index"
            raise ValueError(message) from error
        return cls(index)
