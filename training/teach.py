"""Contrast pairs -> a network that tells what answers from what tempts."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, softplus
from transformers import AutoTokenizer

from reader.reader import MAX_TOKENS
from training.contrast import ContrastPair
from training.network import Network, trained_parameters

_WARM_UP = 0.06  # share of the steps in which the rate rises
_HEAD_FASTER = 10  # the head begins at nothing
_POOL = 12  # batches that are filled by length together
_MARGIN_SHARE = 0.5  # weight of judging each text by itself, beside telling the two apart


@dataclass(frozen=True, kw_only=True, slots=True)
class Teaching:
    """How the network is taught."""

    epochs: int = 2
    rate: float = 3e-5
    batch: int = 8  # pairs
    frozen_layers: int = 4  # the lowest; they know words, and save a fifth of the time
    seed: int = 0


def teach(
    pairs: Sequence[ContrastPair],
    base: Path,
    teaching: Teaching,
    *,
    on_epoch: Callable[[int, float], None],
) -> Network:
    """Teach a network.

    Args:
        pairs: what it is taught with.
        base: folder of the model of sentences that it begins as.
        teaching: how.
        on_epoch: told after each epoch its number and the mean loss.
    """
    torch.manual_seed(teaching.seed)
    order = random.Random(teaching.seed)  # noqa: S311  # shuffles, keeps no secret
    network = Network(base, frozen_layers=teaching.frozen_layers)
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    optimizer = torch.optim.AdamW(
        [
            {"params": trained_parameters(network), "lr": teaching.rate},
            {"params": network.head.parameters(), "lr": teaching.rate * _HEAD_FASTER},
        ],
        weight_decay=0.01,
        fused=True,
    )
    steps = teaching.epochs * len(batches_of(pairs, teaching.batch, order))
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (steps * _WARM_UP + 1), (steps - step) / steps)
    )
    for epoch in range(teaching.epochs):
        network.train()
        losses = []
        for batch in batches_of(pairs, teaching.batch, order):
            loss = _loss(network, tokenizer, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            scheduler.step()
            losses.append(loss.item())
        on_epoch(epoch + 1, sum(losses) / len(losses))
    network.eval()
    return network


def batches_of(
    pairs: Sequence[ContrastPair], size: int, order: random.Random
) -> list[list[ContrastPair]]:
    """The pairs in batches of like length, so that little of a batch is padding; shuffled.

    Args:
        pairs: in any order.
        size: of a batch.
        order: what shuffles.
    """
    shuffled = order.sample(pairs, len(pairs))
    pools = (shuffled[first : first + _POOL * size] for first in range(0, len(pairs), _POOL * size))
    batches = [
        alike[first : first + size]
        for alike in (sorted(pool, key=_chars) for pool in pools)
        for first in range(0, len(alike), size)
    ]
    order.shuffle(batches)
    return batches


def _chars(pair: ContrastPair) -> int:
    return max(len(pair.answers), len(pair.tempts))


def told_apart(network: Network, pairs: Sequence[ContrastPair], base: Path) -> float:
    """The share of pairs in which the text that answers has the higher score."""
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    with torch.inference_mode():
        right = 0
        for pair in pairs:
            answers, tempts = _scores(network, tokenizer, [pair])
            right += bool(answers > tempts)
    return right / len(pairs)


def _loss(network: Network, tokenizer: Any, batch: Sequence[ContrastPair]) -> Tensor:  # noqa: ANN401
    """Telling the two apart (a logistic loss on their difference), and judging each by itself."""
    with torch.autocast("cpu", torch.bfloat16):
        scores = _scores(network, tokenizer, batch)
    scores = scores.float()
    answers, tempts = scores[: len(batch)], scores[len(batch) :]
    by_itself = binary_cross_entropy_with_logits(
        scores, torch.cat([torch.ones_like(answers), torch.zeros_like(tempts)])
    )
    return softplus(tempts - answers).mean() + _MARGIN_SHARE * by_itself


def _scores(network: Network, tokenizer: Any, batch: Sequence[ContrastPair]) -> Tensor:  # noqa: ANN401
    """Scores of the texts that answer, then of those that tempt; shape (2 * len(batch),)."""
    questions = [pair.question for pair in batch] * 2
    texts = [pair.answers for pair in batch] + [pair.tempts for pair in batch]
    result: Tensor = network(**word_pieces(tokenizer, questions, texts))
    return result


def inputs_of(pairs: Sequence[ContrastPair], base: Path) -> list[dict[str, Tensor]]:
    """What the network takes of each pair: its question with the text that answers."""
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    return [word_pieces(tokenizer, [pair.question], [pair.answers]) for pair in pairs]


def word_pieces(
    tokenizer: Any,  # noqa: ANN401  # transformers ships no such type
    questions: Sequence[str],
    texts: Sequence[str],
) -> dict[str, Tensor]:
    """Questions and texts as the network takes them, padded to the longest; by input's name."""
    pieces = tokenizer(
        list(questions),
        list(texts),
        truncation=True,
        max_length=MAX_TOKENS,
        padding=True,
        return_tensors="pt",
    )
    return {name: pieces[name] for name in ("input_ids", "attention_mask")}
