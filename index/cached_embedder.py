"""Vectors that an earlier build has worked out are taken from the cache."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import embed
from index.cache import Cache, cache_key
from index.embed import Embedder

_FLUSH = 64  # texts embedded between two writes: what a killed build keeps


class CachedEmbedder:
    """Another embedder whose vectors are kept by text, stretches and model."""

    def __init__(self, embedder: Embedder, cache: Cache) -> None:
        """Args: who embeds what the cache does not hold; and the cache."""
        self._embedder = embedder
        self._cache = cache
        # A change of the program may change how vectors are made.
        code = Path(embed.__file__).read_bytes()
        self._made_by = hashlib.sha256(code + embedder.sha256.encode()).hexdigest()
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
        made: list[NDArray[np.float32]] = []
        fresh: list[tuple[str, bytes]] = []
        for text, stretches in zip(texts, parts, strict=True):
            key = cache_key("vectors", self._made_by, text, json.dumps(list(stretches)))
            rows = self._find(key, 1 + len(stretches))
            if rows is None:
                whole, some = self._embedder.embed_with_parts([text], [stretches])
                rows = np.concatenate([whole, some])
                fresh.append((key, rows.tobytes()))
            else:
                self.found += 1
            made.append(rows)
            if len(fresh) >= _FLUSH:
                self._cache.keep(fresh)
                fresh = []
            if on_progress:
                on_progress(len(made))
        self._cache.keep(fresh)
        if not made:
            return self._embedder.embed_with_parts([], [])
        return np.stack([rows[0] for rows in made]), np.concatenate([rows[1:] for rows in made])

    def _find(self, key: str, count: int) -> NDArray[np.float32] | None:
        data = self._cache.find(key)
        if data is None or not data or len(data) % (4 * count):
            return None
        rows = np.frombuffer(data, dtype=np.float32).reshape(count, -1)
        return rows if np.isfinite(rows).all() else None
