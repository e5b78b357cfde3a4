"""The vectors of every word piece, and how well a query's own find their match among them.

Late interaction (MaxSim): Khattab and Zaharia, "ColBERT" (2020), https://arxiv.org/abs/2004.12832;
here with the token vectors of the same model that gives the passage's vector, so that no second
pass is needed. Each is kept in a byte a dimension, which changes no cosine by more than 0.005.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

# For the life of the program: products as small as these gain nothing by several threads, and
# where other work holds the processor the threads wait for each other, ten times as long.
_ONE_THREAD = threadpool_limits(limits=1, user_api="blas")
_LARGEST = 127  # of a signed byte
_TOKENS, _ROWS = "tokens.npy", "rows.npy"


def to_bytes(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Directions in a byte a dimension: each row scaled so that its largest value is 127."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    scaled = np.divide(vectors, largest, out=np.zeros_like(vectors), where=largest > 0)
    rounded: NDArray[np.int8] = np.round(scaled * _LARGEST).astype(np.int8)
    return rounded


class TokenVectors:
    """Token vectors of all passages, one passage after the other."""

    def __init__(self, tokens: NDArray[np.int8], rows: NDArray[np.int64]) -> None:
        """Take what `build` or `load` made.

        Args:
            tokens: shape (n_tokens, dim).
            rows: where each passage's tokens begin, and the end; shape (n_passages + 1,).
        """
        self._tokens, self._rows = tokens, rows

    @classmethod
    def build(cls, tokens: Sequence[NDArray[np.int8]]) -> "TokenVectors":
        """Put the token vectors of all passages one after the other; each of shape (n, dim)."""
        rows = np.concatenate([[0], np.cumsum([len(some) for some in tokens])]).astype(np.int64)
        return cls(np.concatenate(tokens), rows)

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self._rows) - 1

    def match(self, query: NDArray[np.float32], passage: int) -> float:
        """For each token of a query the cosine of its nearest in a passage; their mean, -1 … 1.

        Args:
            query: unit vectors of its tokens, shape (n, dim).
            passage: its number.
        """
        first, end = self._rows[passage : passage + 2].tolist()
        if not len(query) or first == end:
            return 0.0
        own = np.asarray(self._tokens[first:end], dtype=np.float32)
        lengths = np.maximum(np.linalg.norm(own, axis=1), 1)  # a vector of zeros matches nothing
        return float(((query @ own.T) / lengths).max(axis=1).mean())

    def save(self, folder: Path) -> None:
        """Write two files into a folder that does not exist yet."""
        folder.mkdir()
        np.save(folder / _TOKENS, self._tokens)
        np.save(folder / _ROWS, self._rows)

    @classmethod
    def load(cls, folder: Path) -> "TokenVectors":
        """Open what `save` wrote; the tokens stay on disk until they are asked for.

        Raises:
            ValueError, OSError: the files are not there or of another form.
        """
        return cls(
            np.load(folder / _TOKENS, mmap_mode="r", allow_pickle=False),
            np.load(folder / _ROWS, allow_pickle=False),
        )
