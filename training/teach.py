"""What is shown -> a network that tells what answers from what tempts."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid, softplus
from transformers import AutoTokenizer

from reader.reader import MAX_TOKENS
from training.network import Network, trained_parameters
from training.shown import Shown

Tokenizer: TypeAlias = Any  # of transformers, which ships no such type
_WARM_UP = 0.06  # share of the steps in which the rate rises
_HEAD_FASTER = 10  # the head begins at nothing
_POOL = 12  # batches that are filled by length together
_SHARE_BY_ITSELF = 0.5  # weight of judging each text by itself, beside telling them apart
_TOLD_EVERY = 100  # batches


@dataclass(frozen=True, kw_only=True, slots=True)
class Teaching:
    """How the network is taught."""

    rate: float = 3e-5
    batch: int = 8  # questions, each with three texts
    seed: int = 0


def teach(
    network: Network,
    seen: Sequence[Shown],
    base: Path,
    teaching: Teaching,
    *,
    on_progress: Callable[[int, int, float], None],
) -> None:
    """Teach a network, in place, with each question once.

    Args:
        network: changed by it.
        seen: what it is taught with.
        base: folder of the model of sentences that it begins as, for its tokenizer.
        teaching: how.
        on_progress: told after every hundred batches, and at the end, how many are done, of how
            many, and the mean loss since it was told before.
    """
    torch.manual_seed(teaching.seed)
    batches = batches_of(seen, teaching.batch, random.Random(teaching.seed))  # noqa: S311  # no secret
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    optimizer = torch.optim.AdamW(
        [
            {"params": trained_parameters(network), "lr": teaching.rate},
            {"params": network.head.parameters(), "lr": teaching.rate * _HEAD_FASTER},
        ],
        weight_decay=0.01,
        fused=True,
    )
    steps = len(batches)
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (steps * _WARM_UP + 1), (steps - step) / steps)
    )
    network.train()
    losses: list[float] = []
    for done, batch in enumerate(batches, start=1):
        loss = _loss(network, tokenizer, batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it so
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        scheduler.step()
        losses.append(loss.item())
        if done % _TOLD_EVERY == 0 or done == steps:
            on_progress(done, steps, sum(losses) / len(losses))
            losses.clear()
    network.eval()


def batches_of(seen: Sequence[Shown], size: int, order: random.Random) -> list[list[Shown]]:
    """The questions in batches of like length, so that little of a batch is padding; shuffled.

    Args:
        seen: in any order.
        size: of a batch.
        order: what shuffles.
    """
    shuffled = order.sample(seen, len(seen))
    pools = (shuffled[first : first + _POOL * size] for first in range(0, len(seen), _POOL * size))
    batches = [
        alike[first : first + size]
        for alike in (sorted(pool, key=_chars) for pool in pools)
        for first in range(0, len(alike), size)
    ]
    order.shuffle(batches)
    return batches


def _chars(each: Shown) -> int:
    return len(each.question) + max(map(len, (each.answers, *each.tempts)))


def told_apart(network: Network, seen: Sequence[Shown], base: Path) -> float:
    """The share of questions whose answer has a higher score than both texts that tempt."""
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    with torch.inference_mode():
        right = 0
        for each in seen:
            answers, *tempts = _scores(network, tokenizer, [each]).flatten().tolist()
            right += answers > max(tempts)
    return right / len(seen)


def _loss(network: Network, tokenizer: Tokenizer, batch: Sequence[Shown]) -> Tensor:
    """Telling them apart (a logistic loss on their difference), and judging each by itself."""
    with torch.autocast("cpu", torch.bfloat16):
        scores = _scores(network, tokenizer, batch)
    scores = scores.float()
    answers, tempts = scores[:1], scores[1:]
    by_itself = -(logsigmoid(answers).mean() + logsigmoid(-tempts).mean()) / 2
    return softplus(tempts - answers).mean() + _SHARE_BY_ITSELF * by_itself


def _scores(network: Network, tokenizer: Tokenizer, batch: Sequence[Shown]) -> Tensor:
    """Scores of the texts that answer, and of both that tempt; shape (3, len(batch))."""
    texts = [each.answers for each in batch]
    for number in (0, 1):
        texts += [each.tempts[number] for each in batch]
    questions = [each.question for each in batch] * 3
    result: Tensor = network(**word_pieces(tokenizer, questions, texts))
    return result.reshape(3, len(batch))


def inputs_of(seen: Sequence[Shown], base: Path) -> list[dict[str, Tensor]]:
    """What the network takes of each: its question with the text that answers."""
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    return [word_pieces(tokenizer, [each.question], [each.answers]) for each in seen]


def word_pieces(
    tokenizer: Tokenizer,
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
