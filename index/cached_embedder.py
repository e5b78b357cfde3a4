"""Vectors that an earlier build has worked out are taken from the cache."""

import hashlib
import io
import json
import platform
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index import embed
from index.cache import Cache, cache_key
from index.embed import Embedder, TextVectors
from index.libraries import EMBEDDING, versions

_FLUSH = 64  # texts embedded between two writes: what a killed build keeps


class CachedEmbedder:
    """Another embedder whose vectors are kept by text, stretches and model."""

    def __init__(self, embedder: Embedder, cache: Cache) -> None:
        """Args: who embeds what the cache does not hold; and the cache."""
        self._embedder = embedder
        self._cache = cache
        # A change of the program or of what it runs on may change how vectors are made.
        code = hashlib.sha256(Path(embed.__file__).read_bytes()).hexdigest()
        made_by = (embedder.sha256, code, platform.machine(), *versions(EMBEDDING))
        self._made_by = cache_key(*made_by)
        self.asked = 0  # texts so far
        self.found = 0  # of them, those that needed no embedding

    def embed_with_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[tuple[int, int]]],
        *,
        on_progress: Callable[[int], None] | None = None,
    ) -> list[TextVectors]:
        """As `Embedder.embed_with_parts`; a text's vectors do not depend on the others."""
        self.asked += len(texts)
        keys = [
            cache_key("vectors", self._made_by, text, json.dumps(list(stretches)))
            for text, stretches in zip(texts, parts, strict=True)
        ]
        made = {
            number: found
            for number, key in enumerate(keys)
            if (found := self._find(key, len(parts[number]))) is not None
        }
        self.found += len(made)
        missing = [number for number in range(len(texts)) if number not in made]
        for start in range(0, len(missing), _FLUSH):
            numbers = missing[start : start + _FLUSH]
            embedded = self._embedder.embed_with_parts(
                [texts[number] for number in numbers],
                [parts[number] for number in numbers],
                on_progress=_after(len(made), on_progress),
            )
            made |= dict(zip(numbers, embedded, strict=True))
            self._cache.keep((keys[number], vectors_bytes(made[number])) for number in numbers)
        if on_progress and texts:
            on_progress(len(made))
        return [made[number] for number in range(len(texts))]

    def _find(self, key: str, parts: int) -> TextVectors | None:
        data = self._cache.find(key)
        found = vectors_from(data) if data else None
        return found if found is not None and len(found.parts) == parts else None


def vectors_bytes(vectors: TextVectors) -> bytes:
    """The vectors of one text as an uncompressed NumPy archive."""
    stream = io.BytesIO()
    np.savez(
        stream,
        whole=vectors.whole,
        parts=vectors.parts,
        tokens=vectors.tokens,
    )
    return stream.getvalue()


def vectors_from(data: bytes) -> TextVectors | None:
    """The vectors of some bytes; None when they are none."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            found = TextVectors(
                whole=archive["whole"],
                parts=archive["parts"],
                tokens=archive["tokens"],
            )
    except (ValueError, OSError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    finite = np.isfinite(found.whole).all() and np.isfinite(found.parts).all()
    return found if finite else None


def _after(before: int, on_progress: Callable[[int], None] | None) -> Callable[[int], None] | None:
    """Progress counted on from the texts before."""
    return (lambda done: on_progress(before + done)) if on_progress else None
