"""A network as asking runs it scores as it did when it was taught, but for what rounding does."""

import random
from pathlib import Path

import pytest
import torch

from index.embed import model_folder
from index.onnx_network import OnnxNetwork
from index.settings import DEFAULT_MODEL
from reader.reader import MAX_TOKENS, check
from tests.conftest import ROOT
from training.contrast import read_items
from training.network import Network
from training.quantise import write_network
from training.shown import shown
from training.teach import inputs_of


def test_a_byte_a_weight_scores_as_the_exact_weights_do(tmp_path: Path) -> None:
    base = model_folder(DEFAULT_MODEL, model_download=False)
    torch.manual_seed(0)
    network = Network(base, frozen_layers=0).eval()
    items = read_items(ROOT / "training" / "pairs")[:40]
    seen, others = (shown(part, random.Random(0))[::6] for part in (items[:20], items[20:]))
    with torch.inference_mode():
        exact = [float(network(**inputs)[0]) for inputs in inputs_of(others, base)]
    write_network(network, inputs_of(seen, base), tmp_path)
    check(tmp_path)
    rounded = OnnxNetwork(tmp_path / "network.onnx", base / "tokenizer.json", max_tokens=MAX_TOKENS)
    scores = [float(rounded.run(rounded.tokens(p.question, p.answers))) for p in others]
    spread = max(exact) - min(exact)
    assert scores == pytest.approx(exact, abs=0.2 * spread)
    size = sum(file.stat().st_size for file in tmp_path.iterdir())
    assert size < 1.1 * sum(
        weight.numel() for weight in Network(base, frozen_layers=0).parameters()
    )
