"""A taught network -> the ONNX files that asking runs: a byte a weight.

Weights and, while it runs, activations are rounded to 128 and 256 steps. A few channels of the
activations are far larger than the others and would leave these no steps, so part of their size is
first moved into the weights, which changes nothing but the rounding (SmoothQuant, Xiao et al. 2023,
https://arxiv.org/abs/2211.10438, equation 4).
"""

import hashlib
import logging
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import TensorProto
from onnx.external_data_helper import set_external_data
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from index.onnx_network import INPUTS, export
from ingest.whole_file import write_whole
from reader.reader import NETWORK, SUMS
from training.network import Network

_MOVED = 0.75  # alpha: how much of an activation's size the weights take over
_STEPS = 127
_SMALLEST = 1e-5  # of a scale, so that none is 0
_WORDS = "words.bin"
_LAYERS = "layers.bin"
_INLINE = 1024  # bytes; smaller tensors stay in the graph's file


class _Scaled(nn.Module):
    """Divides each channel by its scale."""

    def __init__(self, scale: Tensor) -> None:
        super().__init__()
        self.inverse = nn.Parameter(1 / scale, requires_grad=False)

    def forward(self, values: Tensor) -> Tensor:
        return values * self.inverse


class _RoundedEmbedding(nn.Module):
    """An embedding in a byte a weight, each row scaled by its largest."""

    def __init__(self, exact: nn.Embedding) -> None:
        super().__init__()
        scale = exact.weight.abs().amax(dim=1, keepdim=True).clamp(min=_SMALLEST) / _STEPS
        self.scale = nn.Parameter(scale.detach(), requires_grad=False)
        rounded = (exact.weight / scale).round().to(torch.int8)
        self.rounded = nn.Parameter(rounded.detach(), requires_grad=False)

    def forward(self, ids: Tensor) -> Tensor:
        return self.rounded[ids].float() * self.scale[ids]


def write_network(network: Network, inputs: Sequence[Mapping[str, Tensor]], folder: Path) -> None:
    """Write a network as asking runs it; the network itself is used up.

    Args:
        network: as it was taught.
        inputs: word pieces of some texts, to see how large activations are; not of any that the
            network is judged by.
        folder: for the graph, its weights in two files, and their SHA-256.

    Raises:
        OSError: a file cannot be written.
    """
    network.eval()
    _smooth(network, inputs)
    network.encoder.embeddings.word_embeddings = _RoundedEmbedding(
        network.encoder.embeddings.word_embeddings
    )
    files = _files(_quantised(network))
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_whole(folder / name, data)
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()]
    write_whole(folder / SUMS, "".join(lines).encode())


def _smooth(network: Network, inputs: Iterable[Mapping[str, Tensor]]) -> None:
    layers = network.encoder.encoder.layer
    linears = {name: part for name, part in layers.named_modules() if isinstance(part, nn.Linear)}
    largest = _largest_inputs(network, linears, inputs)
    for name, linear in linears.items():
        weights = linear.weight.abs().amax(dim=0).clamp(min=_SMALLEST)
        values = largest[name].clamp(min=_SMALLEST)
        scale = (values**_MOVED / weights ** (1 - _MOVED)).clamp(min=_SMALLEST)
        linear.weight.data *= scale
        parent, _, own_name = name.rpartition(".")
        setattr(layers.get_submodule(parent), own_name, nn.Sequential(_Scaled(scale), linear))


def _largest_inputs(
    network: Network, linears: Mapping[str, nn.Module], inputs: Iterable[Mapping[str, Tensor]]
) -> dict[str, Tensor]:
    """For each linear layer the largest size of each of its input channels."""
    largest: dict[str, Tensor] = {}

    def watch(name: str) -> Any:  # noqa: ANN401  # a hook as torch wants it
        def hook(_: nn.Module, values: tuple[Tensor, ...]) -> None:
            size = values[0].detach().abs().flatten(0, -2).amax(dim=0)
            largest[name] = torch.maximum(largest[name], size) if name in largest else size

        return hook

    hooks = [part.register_forward_pre_hook(watch(name)) for name, part in linears.items()]
    with torch.inference_mode():
        for each in inputs:
            network(**each)
    for hook in hooks:
        hook.remove()
    return {name: size.clone() for name, size in largest.items()}


def _quantised(network: Network) -> onnx.ModelProto:
    with tempfile.TemporaryDirectory() as folder:
        exact, rounded = Path(folder, "exact.onnx"), Path(folder, "rounded.onnx")
        export(network, INPUTS[:2], exact)  # it takes no types of its word pieces
        with _silence():
            quantize_dynamic(
                exact,
                rounded,
                op_types_to_quantize=["MatMul"],
                per_channel=True,
                # Seven bits of the eight: with all of them, 16-bit sums of older processors run
                # over and scores would differ from machine to machine.
                reduce_range=True,
                weight_type=QuantType.QInt8,
            )
        return onnx.load(rounded)


@contextmanager
def _silence() -> Iterator[None]:
    """The quantiser tells of every node, to the root of all loggers."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _files(model: onnx.ModelProto) -> dict[str, bytes]:
    """The graph, and its large tensors apart: hosts of code refuse files above 100 MB."""
    data = {_WORDS: bytearray(), _LAYERS: bytearray()}
    for tensor in model.graph.initializer:
        raw = tensor.raw_data
        if len(raw) < _INLINE:
            continue
        of_words = tensor.data_type == TensorProto.INT8 and tensor.dims[0] > tensor.dims[1] * 8
        file = _WORDS if of_words else _LAYERS
        set_external_data(tensor, location=file, offset=len(data[file]), length=len(raw))
        data[file] += raw
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
    return {NETWORK: model.SerializeToString()} | {k: bytes(v) for k, v in data.items()}
