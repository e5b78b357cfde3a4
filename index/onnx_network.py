"""A network as an ONNX file: written once from PyTorch, run by onnxruntime without it.

Importing PyTorch takes seconds and hundreds of MiB; who asks should not pay for it. The numbers are
those of PyTorch but for the last bits (tests/index/test_onnx_network.py).
"""

import hashlib
import os
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.whole_file import write_whole

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_OUTPUT = "output"
_OPSET = 17  # of 2022: every onnxruntime that is maintained runs it
_CHECKSUM = ".sha256"
Run = Callable[[Any, dict[str, Any]], Any]  # network, inputs by name -> its output, all of torch


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text, or two, as the network takes them."""

    ids: list[int]
    types: list[int]  # 0 for the first text, 1 for the second
    offsets: list[tuple[int, int]]  # of each word piece in its text; of a marker (0, 0)


class OnnxNetwork:
    """A network with its tokenizer."""

    def __init__(self, file: Path, tokenizer: Path, *, max_tokens: int) -> None:
        """Load it.

        Args:
            file: what `write_once` wrote, or another network of the same inputs and output.
            tokenizer: the model's tokenizer.json.
            max_tokens: word pieces that are read, markers included; of longer texts the beginning.
        """
        import onnxruntime  # noqa: PLC0415  # only where somebody asks
        from tokenizers import Tokenizer  # noqa: PLC0415  # likewise

        options = onnxruntime.SessionOptions()
        # One thread, so that no sum depends on their number; questions come side by side anyway.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(file), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {each.name for each in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)

    def tokens(self, text: str, pair: str | None = None) -> Tokens:
        """The word pieces of a text, or of two that are read together."""
        read = self._tokenizer.encode(text, pair)
        return Tokens(ids=read.ids, types=read.type_ids, offsets=read.offsets)

    def run(self, tokens: Tokens) -> NDArray[np.float32]:
        """What the network gives for one text or pair, without the dimension of the batch."""
        ids = np.array([tokens.ids], dtype=np.int64)
        types = np.array([tokens.types], dtype=np.int64)
        values = dict(zip(INPUTS, (ids, np.ones_like(ids), types), strict=True))
        values = {name: value for name, value in values.items() if name in self._inputs}
        (output,) = self._session.run([_OUTPUT], values)
        result: NDArray[np.float32] = output[0]
        return result


def network_file(folder: Path, kind: str, sha256: str) -> Path:
    """Where the network of some weights lies: `kind` is a word, `sha256` that of the weights."""
    return folder / f"{kind}-{sha256[:16]}.onnx"


def write_once(file: Path, load: Callable[[], Any], run: Run) -> None:
    """Write a network unless it is there whole; take away those of the same kind, other weights.

    Args:
        file: a `network_file`.
        load: gives the network, a torch.nn.Module; asked for only where it is to be written.
        run: what the network makes of its inputs by name, each of shape (1, n).

    Raises:
        OSError: it cannot be written, or another one not removed; what was there stays.
    """
    if not is_whole(file):
        _write(file, load(), run)
    kind = file.name.partition("-")[0]
    for other in file.parent.glob(f"{kind}-*"):
        if not other.name.startswith(file.name):
            other.unlink(missing_ok=True)


def _write(file: Path, network: Any, run: Run) -> None:  # noqa: ANN401  # torch ships no such type
    import torch  # noqa: PLC0415  # takes seconds

    class Positional(torch.nn.Module):
        """Takes its inputs by place, as an export does."""

        def __init__(self) -> None:
            super().__init__()
            self.network = network  # so that the export finds its weights

        def forward(self, *inputs: Any) -> Any:  # noqa: ANN401  # tensors
            return run(self.network, dict(zip(INPUTS, inputs, strict=True)))

    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "network.onnx"
        export(Positional().eval(), INPUTS, part)
        data = part.read_bytes()
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, data)
    write_whole(_checksum_of(file), hashlib.sha256(data).hexdigest().encode())


def export(network: Any, inputs: Sequence[str], file: Path) -> None:  # noqa: ANN401  # as above
    """Write a network as ONNX.

    Args:
        network: a torch.nn.Module that takes its inputs by place, each of shape (1, n).
        inputs: their names, the first of `INPUTS`.
        file: where to.
    """
    import torch  # noqa: PLC0415  # takes seconds

    example = torch.ones(1, 8, dtype=torch.long)
    examples = (example, example, torch.zeros_like(example))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the tracer, on lengths that are dynamic here
        torch.onnx.export(
            network,
            examples[: len(inputs)],
            str(file),
            input_names=list(inputs),
            output_names=[_OUTPUT],
            dynamic_axes={name: {1: "n"} for name in inputs},
            opset_version=_OPSET,
            dynamo=False,
        )


def is_whole(file: Path) -> bool:
    """Whether a file is there as `write_once` wrote it."""
    try:
        with file.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        return os.fsdecode(_checksum_of(file).read_bytes()) == sha256
    except OSError:
        return False


def _checksum_of(file: Path) -> Path:
    return file.with_name(file.name + _CHECKSUM)
