"""A question -> its vectors: by onnxruntime where the encoder has been written, else by PyTorch."""

from pathlib import Path
from typing import Protocol

import numpy as np

from index.embed import (
    QueryVectors,
    load_model,
    model_folder,
    model_sha256,
    query_vectors,
)
from index.onnx_network import OnnxNetwork, is_whole, network_file, write_once
from index.settings import DEFAULT_MODEL, IndexSettings

_MAX_TOKENS = 256  # of the default model, markers included


class QueryEmbedder(Protocol):
    """What asking needs of an embedding model."""

    sha256: str  # of its weights

    def embed_query(self, text: str) -> QueryVectors:
        """The vectors of a question."""
        ...


class OnnxQueryEmbedder:
    """The default model, run by onnxruntime."""

    def __init__(self, file: Path, *, sha256: str) -> None:
        """Load what `write_encoder` wrote of the model with that SHA-256."""
        self.sha256 = sha256
        tokenizer = model_folder(DEFAULT_MODEL, model_download=False) / "tokenizer.json"
        self._network = OnnxNetwork(file, tokenizer, max_tokens=_MAX_TOKENS)

    def embed_query(self, text: str) -> QueryVectors:
        """The vectors of a question; of one that is longer than the window, of its beginning."""
        read = self._network.tokens(text)
        vectors = self._network.run(read)
        return query_vectors(text, vectors, np.mean(vectors, axis=0), read.offsets)


def encoder_file(folder: Path, sha256: str) -> Path:
    """Where the encoder of a model lies."""
    return network_file(folder, "encoder", sha256)


def write_encoder(folder: Path, settings: IndexSettings) -> None:
    """Write the default model's encoder where it is not there yet; other models have none.

    Raises:
        ModelUnavailable: the model cannot be loaded.
        OSError: the file cannot be written.
    """
    if settings.model != DEFAULT_MODEL:
        return
    sha256 = model_sha256(settings.model, model_download=settings.model_download)
    write_once(
        encoder_file(folder, sha256),
        lambda: load_model(settings).transformer,
        lambda network, inputs: network(**inputs).last_hidden_state,
    )


def load_query_embedder(settings: IndexSettings, folder: Path, *, sha256: str) -> QueryEmbedder:
    """The model for questions.

    Args:
        settings: with the model.
        folder: of the encoders.
        sha256: of the model's weights.

    Raises:
        ModelUnavailable: the model is not there, or its weights are not the official ones.
    """
    file = encoder_file(folder, sha256)
    if settings.model == DEFAULT_MODEL and is_whole(file):
        return OnnxQueryEmbedder(file, sha256=sha256)
    return load_model(settings)
