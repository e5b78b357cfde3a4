from pathlib import Path

import numpy as np
import pytest

from index.token_vectors import TokenVectors, to_bytes

_TOKENS = [
    np.array([[127, 0], [0, 127]], dtype=np.int8),
    np.zeros((0, 2), dtype=np.int8),
    np.array([[0, 0], [127, 127]], dtype=np.int8),
]
_QUERY = np.array([[1, 0], [0.6, 0.8]], dtype=np.float32)


def test_each_word_of_a_query_is_matched_with_its_nearest_and_the_mean_taken() -> None:
    vectors = TokenVectors.build(_TOKENS)
    assert len(vectors) == 3
    assert vectors.match(_QUERY, 0) == pytest.approx((1 + 0.8) / 2)
    # (1, 0) with the diagonal is √½, (.6, .8) is 1.4 · √½; a vector of zeros matches nothing.
    assert vectors.match(_QUERY, 2) == pytest.approx((1 + 1.4) * np.sqrt(0.5) / 2)


def test_where_there_is_nothing_to_match_there_is_no_match() -> None:
    vectors = TokenVectors.build(_TOKENS)
    assert vectors.match(_QUERY, 1) == 0
    assert vectors.match(np.zeros((0, 2), dtype=np.float32), 0) == 0


def test_a_byte_a_dimension_keeps_directions() -> None:
    generator = np.random.default_rng(0)
    rows = generator.normal(size=(200, 384)).astype(np.float32)
    kept = to_bytes(rows).astype(np.float32)
    cosines = (
        (rows * kept).sum(axis=1) / np.linalg.norm(rows, axis=1) / np.linalg.norm(kept, axis=1)
    )
    assert cosines.min() > 0.999
    assert to_bytes(np.zeros((1, 4), dtype=np.float32)).tolist() == [[0, 0, 0, 0]]


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    TokenVectors.build(_TOKENS).save(tmp_path / "tokens")
    loaded = TokenVectors.load(tmp_path / "tokens")
    assert len(loaded) == 3
    assert loaded.match(_QUERY, 0) == pytest.approx(0.9)


def test_what_is_no_such_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        TokenVectors.load(tmp_path)
    (tmp_path / "tokens.npy").write_bytes(b"no array")
    with pytest.raises(ValueError, match="pickle"):
        TokenVectors.load(tmp_path)
