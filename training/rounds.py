"""The rounds in which the reader is taught, each from where the one before ended; then their mean.

The mean of the weights after each round tells better than any of them (Wortsman et al., "Model
soups", 2022, https://arxiv.org/abs/2203.05482) and takes no more time. What a round has given is
kept under a name made of what it was shown and the rate, so that a stopped run goes on with the
round that it was in; after a change of the base or of this code, empty that folder.
"""

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from training.contrast import ContrastItem
from training.network import Network
from training.shown import Shown, shown
from training.teach import Teaching, teach

FROZEN_LAYERS = 4  # the lowest; they know words, and save a fifth of the time
Progress = Callable[[int, int, int, float], None]  # round, batches done, of how many, mean loss


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """What one round shows, and how."""

    seen: list[Shown]
    teaching: Teaching


def lessons(rounds: Sequence[Sequence[ContrastItem]], seed: int) -> list[Lesson]:
    """One lesson for each round.

    Args:
        rounds: the items of each.
        seed: of all that is drawn.
    """
    return [
        Lesson(
            seen=shown(items, random.Random(seed + number)),  # noqa: S311  # shuffles, no secret
            teaching=Teaching(seed=seed + number),
        )
        for number, items in enumerate(rounds)
    ]


def taught(
    plan: Sequence[Lesson], base: Path, keep: Path | None, *, on_progress: Progress
) -> Network:
    """A network taught with some lessons, one after the other: the mean of what each gives.

    Args:
        plan: the lessons.
        base: folder of the model of sentences that it begins as.
        keep: folder for what each round gives; None keeps nothing.
        on_progress: told how far it is.

    Raises:
        OSError: the folder cannot be written.
    """
    torch.manual_seed(plan[0].teaching.seed)
    network = Network(base, frozen_layers=FROZEN_LAYERS)
    name, after = "", list[dict[str, Tensor]]()
    for number, lesson in enumerate(plan, start=1):
        name = hashlib.sha256(f"{name}{lesson}".encode()).hexdigest()[:16]
        file = keep / f"round-{number}-{name}.pt" if keep else None
        if file and file.exists():
            network.load_state_dict(torch.load(file, weights_only=True))
        else:
            teach(
                network,
                lesson.seen,
                base,
                lesson.teaching,
                on_progress=partial(on_progress, number),
            )
            if file:
                file.parent.mkdir(parents=True, exist_ok=True)
                torch.save(network.state_dict(), file.with_suffix(".part"))
                file.with_suffix(".part").rename(file)
        after.append({key: weights.clone() for key, weights in network.state_dict().items()})
    network.load_state_dict(_mean(after))
    network.eval()
    return network


def _mean(states: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each weight; what is none, such as the numbers of places, is alike in all."""
    return {
        key: torch.stack([state[key] for state in states]).mean(0)
        if first.is_floating_point()
        else first
        for key, first in states[0].items()
    }
