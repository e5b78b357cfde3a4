"""A question and quotations -> how likely each answers it."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from index.embed import model_folder
from index.onnx_network import OnnxNetwork, is_whole, network_file, write_once
from index.settings import DEFAULT_MODEL
from reader.errors import REMEDY, ReaderUnavailable

_WEIGHTS = Path(__file__).parent / "weights.safetensors"
_MAX_TOKENS = 256  # word pieces of question and text together; what is more of the text is not read


class Reader(Protocol):
    """Anything that tells what answers from what is only near."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """For each text the log-odds that it answers the question."""
        ...


class OnnxReader:
    """The reader that `python -m training` has made, run by onnxruntime."""

    def __init__(self, file: Path) -> None:
        """Load what `write_reader` wrote."""
        tokenizer = model_folder(DEFAULT_MODEL, model_download=False) / "tokenizer.json"
        self._network = OnnxNetwork(file, tokenizer, max_tokens=_MAX_TOKENS)

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """For each text the log-odds that it answers the question."""
        return [float(self._network.run(self._network.tokens(question, text))) for text in texts]


class CrossEncoderReader:
    """The same, run by PyTorch: where its network has not been written for onnxruntime yet."""

    def __init__(self, weights: Path = _WEIGHTS) -> None:
        """Load it.

        Raises:
            ReaderUnavailable: its weights cannot be used.
            ModelUnavailable: the embedding model that it began as is not installed.
        """
        # Imported here because it takes seconds, which --help need not wait for.
        import torch  # noqa: PLC0415
        from transformers import AutoTokenizer  # noqa: PLC0415

        from reader.network import load  # noqa: PLC0415

        base = model_folder(DEFAULT_MODEL, model_download=False)
        self._torch = torch
        self.network = load(base, weights)
        self._tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """For each text the log-odds that it answers the question.

        One by one: beside other texts a text is padded, and its score differs in its last bits.

        Args:
            question: one that stands alone.
            texts: each with the title and headings that it stands under (`in_context`).
        """
        with self._torch.inference_mode():
            return [
                float(
                    self.network(
                        dict(
                            self._tokenizer(
                                question,
                                text,
                                truncation=True,
                                max_length=_MAX_TOKENS,
                                return_tensors="pt",
                            )
                        )
                    )[0]
                )
                for text in texts
            ]


def reader_file(folder: Path, weights: Path = _WEIGHTS) -> Path:
    """Where the network of the reader lies; another one for other weights.

    Raises:
        ReaderUnavailable: the weights are missing.
    """
    try:
        sha256 = hashlib.sha256(weights.read_bytes()).hexdigest()
    except OSError as error:
        message = f"{weights}: the reader cannot be loaded ({error}); {REMEDY}"
        raise ReaderUnavailable(message) from error
    return network_file(folder, "reader", sha256)


def write_reader(folder: Path) -> None:
    """Write the reader's network where it is not there yet.

    Raises:
        ReaderUnavailable: its weights cannot be used.
        ModelUnavailable: the embedding model that it began as is not installed.
        OSError: the file cannot be written.
    """
    write_once(
        reader_file(folder),
        lambda: CrossEncoderReader().network,
        lambda network, inputs: network(inputs),
    )


def load_reader(folder: Path) -> Reader:
    """The reader.

    Args:
        folder: of the encoders.

    Raises:
        ReaderUnavailable: its weights cannot be used.
        ModelUnavailable: the embedding model that it began as is not installed.
    """
    file = reader_file(folder)
    return OnnxReader(file) if is_whole(file) else CrossEncoderReader()


def in_context(title: str, headings: Sequence[str], text: str) -> str:
    """A text as the reader reads it, at its training too: title - headings: words."""
    return f"{title} - {' > '.join(headings)}: {' '.join(text.split())}"
