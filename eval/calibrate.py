"""Find the bounds below which a question is refused, and how far the choice carries.

    python -m eval.calibrate SET.jsonl INDEX [SET.jsonl INDEX ...] [--share 0.02 ...]
    python -m eval.calibrate SET.jsonl INDEX [SET.jsonl INDEX ...] --reader [--share 0.1 ...]

The first is the bound on support (not covered), the second the reader's (touched on, not answered).

Leave-one-publication-out: for each publication the bound is set on the questions about all others
and tried on its own. Questions in another language than the publications' are left out: they share
no terms with them.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from answer.assistant import open_assistant
from answer.errors import AnswerError
from eval.errors import EvalError
from eval.question_files import read_question_set
from eval.questions import JudgedQuestion
from index.errors import SearchIndexError
from ingest.errors import IngestError
from ingest.settings import DEFAULT_PATH

_OTHER_LANGUAGES = ("spanish",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Supported:
    """A question and the support that it has."""

    question: JudgedQuestion
    support: float


def lower_quantile(values: Sequence[float], share: float) -> float:
    """The largest value that at most `share` of the values lie below."""
    return sorted(values)[int(share * len(values))]


def left_out_refusals(
    answerable: Sequence[Supported], share: float
) -> tuple[list[float], list[float]]:
    """Leave each publication out once.

    Returns:
        The bound set without it, and for each of its questions 1 when that bound refuses it.
    """
    bounds: list[float] = []
    refused: list[float] = []
    for file in sorted({item.question.gold[0].file for item in answerable}):
        others = [i.support for i in answerable if i.question.gold[0].file != file]
        own = [i.support for i in answerable if i.question.gold[0].file == file]
        bounds.append(lower_quantile(others, share))
        refused += [float(support < bounds[-1]) for support in own]
    return bounds, refused


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 done, 1 nothing done."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate", description=__doc__)
    parser.add_argument("pairs", nargs="+", type=Path, metavar="SET INDEX")
    parser.add_argument(
        "--share", type=float, nargs="+", default=[0.01], help="answerable refused at most"
    )
    parser.add_argument("--reader", action="store_true", help="the reader's bound, not support's")
    parser.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    options = parser.parse_args(arguments)
    if len(options.pairs) % 2:
        parser.error("give an index folder after each question set")
    try:
        items = [
            item
            for questions, root in zip(options.pairs[::2], options.pairs[1::2], strict=True)
            for item in _supported(questions, root, options.config, reader=options.reader)
        ]
    except (IngestError, SearchIndexError, AnswerError, EvalError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for share in options.share:
        _print(items, share)
    return 0


def _print(items: Sequence[Supported], share: float) -> None:
    print(f"at most {share:.2f} of the answerable refused")
    answerable = [item for item in items if item.question.answerable]
    bounds, refused = left_out_refusals(answerable, share)
    bound = lower_quantile([item.support for item in answerable], share)
    print(f"bound from all {len(answerable)} answerable questions: {bound:.2f}")
    print(f"leaving one publication out: bound {min(bounds):.2f} to {max(bounds):.2f},")
    print(f"  false refusals {fmean(refused):.3f}")
    for kind in sorted({item.question.kind for item in items if not item.question.answerable}):
        below = [float(i.support < bound) for i in items if i.question.kind == kind]
        print(f"refused {kind}: {fmean(below):.3f} of {len(below)}")


def _supported(questions: Path, root: Path, config: Path, *, reader: bool) -> list[Supported]:
    assistant = open_assistant(root, config)
    if reader:  # nothing is refused by it, so that all that it reads is seen
        settings = replace(assistant.settings, min_answering=-math.inf)
        assistant = replace(assistant, settings=settings)
    found = []
    for question in read_question_set(questions):
        support = assistant.support_of(question.question, question.history)
        if question.kind in _OTHER_LANGUAGES or support is None:
            continue
        if reader:
            support = assistant.answer_question(question.question, question.history).support
        found.append(Supported(question=question, support=support))
    return found


if __name__ == "__main__":
    sys.exit(main())
