"""Make what is learned, or see how well it does on what it has not been taught with.

python -m training base               gets the network that the reader begins as: var/base
python -m training reader             teaches the reader; writes reader/network
python -m training reader --check 4   leaves a quarter of the passages out, four times, and counts
python -m training kinds              fits the kinds of questions: answer/data/kinds.npz
python -m training kinds --check      counts, each question judged by a fit without it
"""

import argparse
import random
import shutil
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.embed import load_model
from index.errors import SearchIndexError
from index.settings import IndexSettings
from reader.reader import FOLDER
from training.base import BaseUnavailable, base_folder, fetch_base
from training.contrast import ContrastPair, PairsInvalid, read_pairs
from training.kinds import SEARCHED, fit, held_out, read_labelled
from training.quantise import write_network
from training.teach import Teaching, inputs_of, teach, told_apart

_PAIRS = Path(__file__).parent / "pairs"
_QUESTIONS = Path(__file__).parent / "questions"
_BASE = Path("var", "base")
_SAMPLE = 80  # pairs by which the sizes of activations are told
_BOUNDS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (BaseUnavailable, PairsInvalid, SearchIndexError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="base | reader | kinds")
    base = commands.add_parser("base", help="what the reader begins as (420 MB)")
    base.add_argument("--base", type=Path, default=_BASE, help="folder for it")
    base.set_defaults(run=lambda options: print(f"{fetch_base(options.base)}: there"))
    reader = commands.add_parser("reader", help="the reader (an hour on 2 cores)")
    reader.add_argument("--base", type=Path, default=_BASE, help="folder of what it begins as")
    reader.add_argument("--pairs", type=Path, default=_PAIRS, help="folder of contrast pairs")
    reader.add_argument("--out", type=Path, default=FOLDER, help="folder for the network")
    reader.add_argument("--check", type=int, metavar="N", help="leave an Nth out, N times")
    reader.add_argument("--epochs", type=int, default=2)
    reader.add_argument("--seed", type=int, default=0)
    reader.set_defaults(run=_reader)
    kinds = commands.add_parser("kinds", help="the kinds of questions (a minute)")
    kinds.add_argument(
        "--questions",
        type=Path,
        nargs="+",
        default=[Path("benchmarks", "routes.jsonl"), *sorted(_QUESTIONS.glob("*.jsonl"))],
        help="labelled questions, JSON Lines",
    )
    kinds.add_argument("--pairs", type=Path, default=_PAIRS, help="folder of contrast pairs")
    kinds.add_argument("--out", type=Path, default=Path("answer", "data", "kinds.npz"))
    kinds.add_argument("--check", action="store_true", help="count; write nothing")
    kinds.set_defaults(run=_kinds)
    return parser


def _reader(options: argparse.Namespace) -> None:
    teaching = Teaching(epochs=options.epochs, seed=options.seed)
    passages = read_pairs(options.pairs)
    base = base_folder(options.base)
    if options.check:
        _check(passages, base, teaching, options.check)
        return
    pairs = [pair for passage in passages for pair in passage]
    print(f"{len(pairs)} pairs of {len(passages)} passages")
    network = teach(pairs, base, teaching, on_epoch=_tell)
    some = random.Random(teaching.seed).sample(pairs, min(_SAMPLE, len(pairs)))  # noqa: S311
    write_network(network, inputs_of(some, base), options.out)
    shutil.copy(base / "tokenizer.json", options.out)
    print(f"{options.out}: written")


def _check(
    passages: Sequence[Sequence[ContrastPair]], base: Path, teaching: Teaching, folds: int
) -> None:
    """Teach without some passages, and count how often the two texts of those are told apart."""
    shuffled = list(passages)
    random.Random(teaching.seed).shuffle(shuffled)  # noqa: S311
    shares = []
    for fold in range(folds):
        rest = [p for n, passage in enumerate(shuffled) if n % folds != fold for p in passage]
        left_out = [p for passage in shuffled[fold::folds] for p in passage]
        share = told_apart(teach(rest, base, teaching, on_epoch=_tell), left_out, base)
        print(f"fold {fold + 1}: {share:.3f} of {len(left_out)} pairs told apart", flush=True)
        shares.append(share)
    print(f"mean {statistics.fmean(shares):.3f}")


def _tell(epoch: int, loss: float) -> None:
    print(f"epoch {epoch}: loss {loss:.3f}", flush=True)


def _kinds(options: argparse.Namespace) -> None:
    pairs = [pair for passage in read_pairs(options.pairs) for pair in passage]
    labelled = read_labelled(options.questions, [pair.question for pair in pairs])
    embedder = load_model(IndexSettings())
    if not options.check:
        np.savez(options.out, allow_pickle=False, **fit(labelled, embedder))
        print(f"{options.out}: written")
        return
    judged = held_out(labelled, embedder)
    print("bound   right   another kind   of them questions to the publications")
    for bound in _BOUNDS:
        told = [
            (kind, found) for kind, found, sure in judged if sure >= bound and found != SEARCHED
        ]
        right = sum(kind == found for kind, found in told)
        false = sum(kind == SEARCHED for kind, _ in told)
        print(f"{bound:5} {right:7} {len(told) - right - false:14} {false:10}")
    print(f"of {len(judged)} questions, {labelled.kinds.count(SEARCHED)} to the publications")


if __name__ == "__main__":
    sys.exit(main())
