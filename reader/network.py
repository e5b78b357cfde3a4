"""The reader's network, and its weights as they are stored. The only importer of safetensors.

A cross-encoder (Nogueira & Cho, "Passage Re-ranking with BERT", 2019,
https://arxiv.org/abs/1901.04085): question and quotation are read together, so that every word of
the one meets every word of the other. It begins as the embedding model, whose word embeddings it
keeps; what training has changed is stored in a byte a weight, each row of a matrix scaled by its
largest.
"""

from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import AutoModel

from reader.errors import REMEDY, ReaderUnavailable

_KEPT = "encoder.embeddings."  # as in the embedding model, and not stored
_SCALE = ".scale"
_STEPS = 127


class Network(nn.Module):
    """Word pieces of a question and a text -> one number, the log-odds that the text answers."""

    def __init__(self, base: Path) -> None:
        """Begin as a BERT model: `base` is its folder."""
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, local_files_only=True)
        self.encoder.embeddings.requires_grad_(requires_grad=False)
        self.head = nn.Linear(self.encoder.config.hidden_size, 1)
        self.dropout = nn.Dropout(0.1)

    def forward(self, inputs: dict[str, Tensor]) -> Tensor:
        """The log-odds of each row, shape (n,): a linear reading of the mean token vector."""
        tokens = self.encoder(**inputs).last_hidden_state
        counts = inputs["attention_mask"].unsqueeze(-1).float()
        mean = (tokens * counts).sum(1) / counts.sum(1)
        result: Tensor = self.head(self.dropout(mean)).squeeze(-1)
        return result


def store(network: Network, file: Path) -> None:
    """Write what training has changed.

    Raises:
        OSError: it cannot be written.
    """
    stored: dict[str, Tensor] = {}
    for name, weight in network.state_dict().items():
        if name.startswith(_KEPT):
            continue
        if weight.dim() < 2:  # noqa: PLR2004  # biases and norms: few, and sensitive
            stored[name] = weight.half()
            continue
        scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / _STEPS
        stored[name] = (weight / scale).round().to(torch.int8)
        stored[name + _SCALE] = scale.half()
    save_file(stored, file)


def load(base: Path, file: Path) -> Network:
    """The network as it was stored.

    Args:
        base: folder of the embedding model that training began with.
        file: what `store` wrote.

    Raises:
        ReaderUnavailable: the file is missing, damaged, or was made for another model.
    """
    try:
        stored: dict[str, Any] = load_file(file)
        network = Network(base)
        weights = {
            name: weight.float() * stored[name + _SCALE].float()
            if name + _SCALE in stored
            else weight.float()
            for name, weight in stored.items()
            if not name.endswith(_SCALE)
        }
        missing, unknown = network.load_state_dict(weights, strict=False)
        lacking = [name for name in missing if not name.startswith(_KEPT)]
    except (OSError, SafetensorError, RuntimeError) as error:
        message = f"{file}: the reader cannot be loaded ({error}); {REMEDY}"
        raise ReaderUnavailable(message) from error
    if lacking or unknown:
        message = f"{file}: was made for another model; {REMEDY}"
        raise ReaderUnavailable(message)
    network.eval()
    return network
