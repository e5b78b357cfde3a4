from pathlib import Path

import numpy as np
import pytest

from index.vectors import VectorIndex

_VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)


def test_cosines_come_in_the_order_of_the_vectors() -> None:
    index = VectorIndex.build(_VECTORS)
    assert len(index) == 3
    query = np.array([0.8, 0.6], dtype=np.float32)
    # 0.6 · 0.8 + 0.8 · 0.6 = 0.96
    assert index.cosines(query).tolist() == pytest.approx([0.8, 0.6, 0.96])


def test_what_is_loaded_equals_what_was_saved(tmp_path: Path) -> None:
    VectorIndex.build(_VECTORS).save(tmp_path / "v.faiss")
    query = np.array([1, 0], dtype=np.float32)
    assert VectorIndex.load(tmp_path / "v.faiss").cosines(query).tolist() == pytest.approx(
        [1, 0, 0.6]
    )


@pytest.mark.parametrize("content", [b"", b"no index at all"])
def test_a_file_that_is_no_index_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "v.faiss").write_bytes(content)
    with pytest.raises(ValueError, match=r"^v\.faiss is not a FAISS index$"):
        VectorIndex.load(tmp_path / "v.faiss")
