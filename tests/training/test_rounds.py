"""Teaching: what was taught is told apart, and a stopped run goes on with the round it was in."""

import random
from dataclasses import replace
from pathlib import Path

import torch

from index.embed import model_folder
from index.settings import DEFAULT_MODEL
from tests.conftest import ROOT
from training.contrast import read_items
from training.rounds import Lesson, lessons, taught
from training.shown import shown
from training.teach import Teaching, told_apart

_BASE = model_folder(DEFAULT_MODEL, model_download=False)


def test_teaching_tells_apart_what_it_was_taught_with() -> None:
    seen = shown(read_items(ROOT / "training" / "pairs")[:1], random.Random(0))
    losses: list[float] = []
    plan = [Lesson(seen=seen * 20, teaching=Teaching(rate=5e-4, batch=6))]
    plan.append(replace(plan[0], teaching=Teaching(rate=2e-4, batch=6)))
    network = taught(plan, _BASE, None, on_progress=lambda *told: losses.append(told[-1]))
    assert losses[-1] < losses[0]
    assert told_apart(network, seen, _BASE) >= 0.75


def test_a_round_that_is_kept_is_not_taught_again(tmp_path: Path) -> None:
    items = read_items(ROOT / "training" / "pairs")[:1]
    told: list[int] = []

    def tell(number: int, *_: float) -> None:
        told.append(number)

    plan = lessons([items, items], seed=0)
    first = taught(plan[:1], _BASE, tmp_path, on_progress=tell)
    assert told == [1]
    again = taught(plan, _BASE, tmp_path, on_progress=tell)
    assert told == [1, 2]
    last = max(tmp_path.glob("round-2-*.pt"))
    after = torch.load(last, weights_only=True)["head.weight"]
    assert again.head.weight.allclose((first.head.weight + after) / 2)
    assert not after.equal(first.head.weight)
    kept = taught(plan, _BASE, tmp_path, on_progress=tell)
    assert told == [1, 2]
    assert kept.head.weight.equal(again.head.weight)
    taught(lessons([items, items], seed=1), _BASE, tmp_path, on_progress=tell)
    assert told == [1, 2, 1, 2]  # other draws are another round
