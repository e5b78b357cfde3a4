"""The cache decides what is embedded, never what an embedding is."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.cache import Cache
from index.cached_embedder import CachedEmbedder, vectors_bytes
from index.embed import QueryVectors, TextVectors

_DIM = 4


class _Counting:
    """Gives a text of n letters the vector (n, n, …), a stretch of n letters likewise."""

    name, sha256, window_tokens = "counting", "0" * 64, 254

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def embed_query(self, text: str) -> QueryVectors:
        raise NotImplementedError

    def embed_with_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[tuple[int, int]]],
        *,
        on_progress: Callable[[int], None] | None = None,
    ) -> list[TextVectors]:
        self.embedded += texts
        if on_progress:
            on_progress(len(texts))
        return [
            TextVectors(
                whole=_rows([len(text)])[0],
                parts=_rows([end - start for start, end in stretches]),
                tokens=np.ones((len(text), _DIM), dtype=np.int8),
            )
            for text, stretches in zip(texts, parts, strict=True)
        ]


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
        made = cached.embed_with_parts(
            ["bbb", "aa", "d", "cccc"],
            [[(0, 3), (1, 3)], [(0, 1)], [], []],
            on_progress=done.append,
        )
    assert embedder.embedded == ["aa", "cccc", "bbb", "d"]
    assert [vectors.whole[0] for vectors in made] == [3, 2, 1, 4]
    assert [vectors.parts[:, 0].tolist() for vectors in made] == [[3, 2], [1], [], []]
    assert [len(vectors.tokens) for vectors in made] == [3, 2, 1, 4]
    assert (cached.asked, cached.found) == (4, 2)
    assert done[-1] == 4


def test_a_text_with_other_stretches_is_embedded_again(path: Path) -> None:
    embedder = _Counting()
    with Cache(path) as cache:
        cached = CachedEmbedder(embedder, cache)
        cached.embed_with_parts(["aa"], [[(0, 1)]])
        (made,) = cached.embed_with_parts(["aa"], [[(0, 2)]])
    assert embedder.embedded == ["aa", "aa"]
    assert made.parts[:, 0].tolist() == [2]


def test_another_model_finds_nothing(path: Path) -> None:
    embedder = _Counting()
    with Cache(path) as cache:
        CachedEmbedder(embedder, cache).embed_with_parts(["aa"], [[]])
        embedder.sha256 = "1" * 64
        CachedEmbedder(embedder, cache).embed_with_parts(["aa"], [[]])
    assert embedder.embedded == ["aa", "aa"]


def _not_finite() -> bytes:
    rows = np.full((1, _DIM), np.nan, dtype=np.float32)
    return vectors_bytes(TextVectors(whole=rows[0], parts=rows[:0], tokens=rows.astype(np.int8)))


@pytest.mark.filterwarnings("ignore:invalid value encountered in cast")
@pytest.mark.parametrize("spoilt", [lambda: b"no archive", lambda: b"PK", _not_finite])
def test_what_is_damaged_or_not_finite_is_not_taken(
    path: Path, spoilt: Callable[[], bytes]
) -> None:
    embedder = _Counting()
    with Cache(path) as cache:
        cached = CachedEmbedder(embedder, cache)
        cached.embed_with_parts(["aa"], [[]])
        (key,) = cache._used
        cache.keep([(key, spoilt())])
        (made,) = cached.embed_with_parts(["aa"], [[]])
    assert embedder.embedded == ["aa", "aa"]
    assert made.whole[0] == 2


def test_no_texts_give_no_vectors(path: Path) -> None:
    with Cache(path) as cache:
        assert CachedEmbedder(_Counting(), cache).embed_with_parts([], []) == []
