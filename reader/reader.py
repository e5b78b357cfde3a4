"""A question and quotations -> how likely each answers it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from index.embed import model_folder
from index.settings import DEFAULT_MODEL

_WEIGHTS = Path(__file__).parent / "weights.safetensors"
_MAX_TOKENS = 256  # word pieces of question and text together; what is more of the text is not read


class Reader(Protocol):
    """Anything that tells what answers from what is only near."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """For each text the log-odds that it answers the question."""
        ...


class CrossEncoderReader:
    """The reader that `python -m training` has made."""

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
        self._network = load(base, weights)
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
                    self._network(
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


def in_context(title: str, headings: Sequence[str], text: str) -> str:
    """A text as the reader reads it, at its training too: title - headings: words."""
    return f"{title} - {' > '.join(headings)}: {' '.join(text.split())}"
