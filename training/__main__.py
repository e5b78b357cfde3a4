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
from training.contrast import ContrastItem, ItemsInvalid, read_items
from training.kinds import SEARCHED, fit, held_out, read_labelled
from training.quantise import write_network
from training.rounds import lessons, taught
from training.shown import shown
from training.teach import inputs_of, told_apart

_ROUNDS = [Path(__file__).parent / "pairs", Path(__file__).parent / "harder"]
_QUESTIONS = Path(__file__).parent / "questions"
_BASE = Path("var", "base")
_KEEP = Path("var", "rounds")
_SAMPLE = 80  # questions by which the sizes of activations are told
_BOUNDS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (BaseUnavailable, ItemsInvalid, SearchIndexError, OSError) as error:
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
    reader = commands.add_parser("reader", help="the reader (75 minutes on 2 cores)")
    reader.add_argument("--base", type=Path, default=_BASE, help="folder of what it begins as")
    reader.add_argument(
        "--items",
        type=Path,
        nargs="+",
        default=_ROUNDS,
        help="folders of contrast items, one a round",
    )
    reader.add_argument("--out", type=Path, default=FOLDER, help="folder for the network")
    reader.add_argument("--check", type=_folds, metavar="N", help="leave an Nth out, N times")
    reader.add_argument(
        "--keep",
        type=Path,
        default=_KEEP,
        help="folder of what the rounds give; a check keeps nothing",
    )
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
    kinds.add_argument("--items", type=Path, default=_ROUNDS[0], help="folder of contrast items")
    kinds.add_argument("--out", type=Path, default=Path("answer", "data", "kinds.npz"))
    kinds.add_argument("--check", action="store_true", help="count; write nothing")
    kinds.set_defaults(run=_kinds)
    return parser


def _folds(text: str) -> int:
    """A number of folds: with one nothing would be left to teach with."""
    folds = int(text)
    if folds < 2:  # noqa: PLR2004  # as said
        message = "2 or more, so that something is left to teach with"
        raise argparse.ArgumentTypeError(message)
    return folds


def _reader(options: argparse.Namespace) -> None:
    rounds = [read_items(folder) for folder in options.items]
    base = base_folder(options.base)
    if options.check is not None:
        _check(rounds, base, options)
        return
    plan = lessons(rounds, options.seed)
    print(" then ".join(f"{len(lesson.seen)} questions" for lesson in plan))
    network = taught(plan, base, options.keep, on_progress=_tell)
    seen = plan[-1].seen
    some = random.Random(options.seed).sample(seen, min(_SAMPLE, len(seen)))  # noqa: S311  # no secret
    write_network(network, inputs_of(some, base), options.out)
    shutil.copy(base / "tokenizer.json", options.out)
    print(f"{options.out}: written")


def _check(
    rounds: Sequence[Sequence[ContrastItem]], base: Path, options: argparse.Namespace
) -> None:
    """Teach without some items, and count how often the answers of those are told apart."""
    shares = []
    for fold in range(options.check):
        order = random.Random(options.seed)  # noqa: S311  # shuffles, keeps no secret
        mixed = [order.sample(items, len(items)) for items in rounds]
        rest = [[i for n, i in enumerate(items) if n % options.check != fold] for items in mixed]
        left_out = [item for items in mixed for item in items[fold :: options.check]]
        network = taught(lessons(rest, options.seed), base, None, on_progress=_tell)
        shares.append(told_apart(network, shown(left_out, order), base))
        print(f"fold {fold + 1}: {shares[-1]:.3f} of the answers told apart", flush=True)
    print(f"mean {statistics.fmean(shares):.3f}")


def _tell(number: int, done: int, steps: int, loss: float) -> None:
    print(f"round {number}: {done} of {steps} batches, loss {loss:.3f}", flush=True)


def _kinds(options: argparse.Namespace) -> None:
    asked = [question.words for item in read_items(options.items) for question in item.questions]
    labelled = read_labelled(options.questions, asked)
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
