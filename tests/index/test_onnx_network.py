"""What onnxruntime gives is what PyTorch gives; a file that is not whole is not used."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.embed import SentenceTransformerEmbedder
from index.onnx_network import is_whole
from index.query_embedder import (
    OnnxQueryEmbedder,
    encoder_file,
    load_query_embedder,
    write_encoder,
)
from index.settings import IndexSettings

_LAST_BITS = 2e-6  # largest difference of a number of a unit vector


@pytest.fixture(scope="module")
def encoders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encoders")
    write_encoder(folder, IndexSettings())
    return folder


@pytest.mark.parametrize(
    "text",
    [
        "Who should be involved in defining well-being?",
        "¿Quién recibe ayuda? — a “quoted” word, 3.5%",
        "x",
        "the county shall provide support " * 60,
    ],
)
def test_both_give_the_same_vectors(
    encoders: Path, embedder: SentenceTransformerEmbedder, text: str
) -> None:
    by_onnx = load_query_embedder(IndexSettings(), encoders, sha256=embedder.sha256)
    assert isinstance(by_onnx, OnnxQueryEmbedder)
    assert by_onnx.sha256 == embedder.sha256
    here, there = by_onnx.embed_query(text), embedder.embed_query(text)
    assert here.tokens.shape == there.tokens.shape
    assert np.abs(here.whole - there.whole).max() < _LAST_BITS
    assert np.abs(here.tokens - there.tokens).max() < _LAST_BITS


def test_a_file_that_is_not_whole_is_not_used_and_is_written_again(
    encoders: Path, embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    file = encoder_file(tmp_path, embedder.sha256)
    assert not is_whole(file)
    file.write_bytes(encoder_file(encoders, embedder.sha256).read_bytes())
    assert not is_whole(file), "nothing says that it is whole"
    old = [tmp_path / "encoder-0.onnx", tmp_path / "encoder-0.onnx.sha256"]
    others = [tmp_path / "reader-0.onnx", tmp_path / "notes.txt"]
    for path in (*old, *others):
        path.write_text("x")
    write_encoder(tmp_path, IndexSettings())
    assert is_whole(file)
    assert not any(path.exists() for path in old), "of other weights"
    assert all(path.exists() for path in others)
    with file.open("r+b") as stream:
        stream.seek(1000)
        stream.write(b"damaged")
    assert not is_whole(file)
    loaded = load_query_embedder(IndexSettings(), tmp_path, sha256=embedder.sha256)
    assert isinstance(loaded, SentenceTransformerEmbedder)


def test_another_model_is_run_as_it_is(encoders: Path, tmp_path: Path) -> None:
    other = replace(IndexSettings(), model=str(tmp_path))
    write_encoder(encoders, other)
    assert len(list(encoders.glob("*.onnx"))) == 1
