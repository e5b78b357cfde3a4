"""Vectors that an earlier build has worked out are taken from the cache."""

import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import embed
from index.cache import Cache, cache_key
from index.embed import Embedder

_VERSIONS = ("numpy", "sentence-transformers", "tokenizers", "torch", "transformers")
_FLUSH = 64  # texts embedded between two writes: what a killed build keeps


class CachedEmbedder:
    """Another embedder whose vectors are kept by text, stretches and model."""

    def __init__(self, embedder: Embedder, cache: Cache) -> None:
        """Args: who embeds what the cache does not hold; and the cache."""
        self._embedder = embedder
        self._cache = cache
        # A change of the program or of what it runs on may change how vectors are made.
        code = hashlib.sha256(Path(embed.__file__).read_bytes()).hexdigest()
        versions = [f"{name} {importlib.metadata.version(name)}" for name in _VERSIONS]
        self._made_by = cache_key(embedder.sha256, code, platform.machine(), *versions)
        self.asked = 0  # texts so far
        self.found = 0  # of them, those that needed no embedding

    def embed_with_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[tuple[int, int]]],
        *,
        on_progress: Callable[[int], None] | None = None,
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """As `Embedder.embed_with_parts`; a text's vectors do not depend on the others."""
        self.asked += len(texts)
        keys = [
            cache_key("vectors", self._made_by, text, json.dumps(list(stretches)))
            for text, stretches in zip(texts, parts, strict=True)
        ]
        made = {
            number: rows
            for number, key in enumerate(keys)
            if (rows := self._find(key, 1 + len(parts[number]))) is not None
        }
        self.found += len(made)
        missing = [number for number in range(len(texts)) if number not in made]
        for start in range(0, len(missing), _FLUSH):
            numbers = missing[start : start + _FLUSH]
            whole, some = self._embedder.embed_with_parts(
                [texts[number] for number in numbers],
                [parts[number] for number in numbers],
                on_progress=_after(len(made), on_progress),
            )
            ends = np.cumsum([len(parts[number]) for number in numbers])
            for number, vector, rows in zip(numbers, whole, np.split(some, ends[:-1]), strict=True):
                made[number] = np.vstack([vector, rows])
            self._cache.keep((keys[number], made[number].tobytes()) for number in numbers)
        if not made:
            return self._embedder.embed_with_parts([], [])
        if on_progress:
            on_progress(len(made))
        rows_of = [made[number] for number in range(len(texts))]
        return np.stack([rows[0] for rows in rows_of]), np.concatenate(
            [rows[1:] for rows in rows_of]
        )

    def _find(self, key: str, count: int) -> NDArray[np.float32] | None:
        data = self._cache.find(key)
        if data is None or not data or len(data) % (4 * count):
            return None
        rows = np.frombuffer(data, dtype=np.float32).reshape(count, -1)
        return rows if np.isfinite(rows).all() else None


def _after(before: int, on_progress: Callable[[int], None] | None) -> Callable[[int], None] | None:
    """Progress counted on from the texts before."""
    return (lambda done: on_progress(before + done)) if on_progress else None
