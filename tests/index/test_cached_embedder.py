"""The cache decides what is embedded, never what an embedding is."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.cache import Cache
from index.cached_embedder import CachedEmbedder

_DIM = 4


class _Counting:
    """Gives a text of n letters the vector (n, n, …), a stretch of n letters likewise."""

    name, sha256, window_tokens = "counting", "0" * 64, 254

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def embed(self, text: str) -> NDArray[np.float32]:
        return np.full(_DIM, len(text), dtype=np.float32)

    def embed_with_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[tuple[int, int]]],
        *,
        on_progress: Callable[[int], None] | None = None,
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        self.embedded += texts
        if on_progress:
            on_progress(len(texts))
        lengths = [end - start for stretches in parts for start, end in stretches]
        return _rows([len(text) for text in texts]), _rows(lengths)


def _rows(values: Sequence[int]) -> NDArray[np.float32]:
    return np.repeat(np.array(values, dtype=np.float32)[:, None], _DIM, axis=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache.sqlite"


def test_only_new_texts_are_embedded_and_each_vector_stands_in_its_place(path: Path) -> None:
    embedder = _Counting()
    with Cache(path) as cache:
        CachedEmbedder(embedder, cache).embed_with_parts(["aa", "cccc"], [[(0, 1)], []])
    assert embedder.embedded == ["aa", "cccc"]
    done: list[int] = []
    with Cache(path) as cache:
        cached = CachedEmbedder(embedder, cache)
        whole, some = cached.embed_with_parts(
            ["bbb", "aa", "d", "cccc"],
            [[(0, 3), (1, 3)], [(0, 1)], [], []],
            on_progress=done.append,
        )
    assert embedder.embedded == ["aa", "cccc", "bbb", "d"]
    assert whole[:, 0].tolist() == [3, 2, 1, 4]
    assert some[:, 0].tolist() == [3, 2, 1]
    assert (cached.asked, cached.found) == (4, 2)
    assert done[-1] == 4


def test_a_text_with_other_stretches_is_embedded_again(path: Path) -> None:
    embedder = _Counting()
    with Cache(path) as cache:
        cached = CachedEmbedder(embedder, cache)
        cached.embed_with_parts(["aa"], [[(0, 1)]])
        _, some = cached.embed_with_parts(["aa"], [[(0, 2)]])
    assert embedder.embedded == ["aa", "aa"]
    assert some[:, 0].tolist() == [2]


def test_another_model_finds_nothing(path: Path) -> None:
    embedder = _Counting()
    with Cache(path) as cache:
        CachedEmbedder(embedder, cache).embed_with_parts(["aa"], [[]])
        embedder.sha256 = "1" * 64
        CachedEmbedder(embedder, cache).embed_with_parts(["aa"], [[]])
    assert embedder.embedded == ["aa", "aa"]


def test_vectors_that_are_not_finite_are_not_taken(path: Path) -> None:
    embedder = _Counting()
    with Cache(path) as cache:
        cached = CachedEmbedder(embedder, cache)
        cached.embed_with_parts(["aa"], [[]])
        (key,) = cache._used
        cache.keep([(key, np.full((1, _DIM), np.nan, dtype=np.float32).tobytes())])
        whole, _ = cached.embed_with_parts(["aa"], [[]])
    assert embedder.embedded == ["aa", "aa"]
    assert whole[:, 0].tolist() == [2]


def test_no_texts_give_no_vectors(path: Path) -> None:
    with Cache(path) as cache:
        whole, some = CachedEmbedder(_Counting(), cache).embed_with_parts([], [])
    assert (len(whole), len(some)) == (0, 0)
