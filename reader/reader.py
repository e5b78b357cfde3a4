"""A question and quotations -> how likely each answers it."""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from index.onnx_network import OnnxNetwork
from reader.errors import REMEDY, ReaderUnavailable

FOLDER = Path(__file__).parent / "network"
MAX_TOKENS = 256  # word pieces of question and text together; what is more of the text is not read
_SIDE_BY_SIDE = min(4, os.cpu_count() or 1)  # texts, each by one thread
_KEPT = 50_000  # scores, 10 MB
NETWORK = "network.onnx"
SUMS = "network.sha256"
_TOKENIZER = "tokenizer.json"


class Reader(Protocol):
    """Anything that tells what answers from what is only near."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """For each text the log-odds that it answers the question."""
        ...


class CrossEncoderReader:
    """The reader that `python -m training reader` has made, run by onnxruntime."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load it.

        Raises:
            ReaderUnavailable: a file of it is missing or not as it was written.
        """
        check(folder)
        # What was read already, by a hash, so that no words are kept: a release is compared with
        # the live one by the same questions, and most of their quotations are the same.
        self._known: dict[bytes, float] = {}
        self._network = OnnxNetwork(folder / NETWORK, folder / _TOKENIZER, max_tokens=MAX_TOKENS)

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """For each text the log-odds that it answers the question.

        One by one: beside other texts a text is padded, and its score differs in its last bits.

        Args:
            question: one that stands alone.
            texts: each with the title and headings that it stands under (`in_context`).
        """
        with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
            return list(pool.map(lambda text: self._score(question, text), texts))

    def forget(self) -> None:
        """Read everything anew from now on: for measuring what reading takes."""
        self._known.clear()

    def _score(self, question: str, text: str) -> float:
        key = hashlib.blake2b(f"{question}\0{text}".encode()).digest()
        score = self._known.get(key)
        if score is None:
            score = float(self._network.run(self._network.tokens(question, text)))
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = score
        return score


def check(folder: Path) -> None:
    """See that the reader's files are those that were written.

    Raises:
        ReaderUnavailable: one is missing or another.
    """
    try:
        for line in (folder / SUMS).read_text("utf-8").splitlines():
            sha256, name = line.split(maxsplit=1)
            with (folder / name).open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
                    message = f"{folder / name}: is damaged; {REMEDY}"
                    raise ReaderUnavailable(message)
    except (OSError, ValueError) as error:
        message = f"{folder}: the reader cannot be loaded ({error}); {REMEDY}"
        raise ReaderUnavailable(message) from error


def in_context(title: str, headings: Sequence[str], text: str) -> str:
    """A text as the reader reads it, at its training too: title - headings: words."""
    return f"{title} - {' > '.join(headings)}: {' '.join(text.split())}"
