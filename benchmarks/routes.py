"""How many questions take the route that a reader gave them, and which go astray.

    python -m benchmarks routes [--questions FILE] [--misses] [--index FOLDER]

With an index the whole assistant is asked: what no form of speech has told and the publications do
not answer is told its kind from its likeness to labelled questions, or refused without one.
`routes_unseen.jsonl` was written by somebody who had not seen the forms.

The questions are labelled by hand; `route` is null where the publications are asked. Those weigh
most: an official whose question is turned away learns nothing.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answer.assistant import open_assistant
from answer.pipeline import Assistant
from answer.reply import Answer
from answer.routes import Route, route
from ingest.settings import DEFAULT_PATH

_QUESTIONS = Path(__file__).parent / "routes.jsonl"
_SEARCHED = "searched"


@dataclass(frozen=True, kw_only=True, slots=True)
class RoutedQuestion:
    """A question, what a reader would do with it, and what is done."""

    question: str
    expected: str
    taken: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many questions of each kind take their route; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks routes", description=__doc__)
    parser.add_argument("--questions", type=Path, default=_QUESTIONS, help="JSON Lines")
    parser.add_argument("--misses", action="store_true", help="print every question gone astray")
    parser.add_argument("--index", type=Path, help="ask the assistant, over this index")
    options = parser.parse_args(arguments)
    lines = [json.loads(line) for line in options.questions.read_text("utf-8").splitlines()]
    if options.index:
        _print_asked(lines, open_assistant(options.index, DEFAULT_PATH))
        return 0
    routed = [_routed(line) for line in lines]
    kinds = [*(kind.value for kind in Route), _SEARCHED]
    print(f"{'what a reader would do':32} questions   right   searched   another route")
    for kind in kinds:
        taken = Counter(each.taken for each in routed if each.expected == kind)
        searched = taken[_SEARCHED] if kind != _SEARCHED else 0
        total = taken.total()
        print(
            f"{kind:32} {total:9} {taken[kind]:7} {searched:10} {total - taken[kind] - searched:15}"
        )
    if options.misses:
        for each in routed:
            if each.taken != each.expected:
                print(f"{each.expected} -> {each.taken}: {each.question}")
    return 0


def _print_asked(lines: Sequence[dict[str, Any]], assistant: Assistant) -> None:
    """What becomes of the questions of each kind."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        expected = Route[line["route"].upper()].value if line["route"] else _SEARCHED
        reply = assistant.answer_question(line["question"], line.get("history") or ())
        if isinstance(reply, Answer):
            became = "answered"
        elif not isinstance(reply.reason, Route):
            became = "refused"
        else:
            became = "right" if reply.reason.value == expected else "another"
        counts[expected][became] += 1
    print(f"{'what a reader would do':32} questions   its reply   another   refused   answered")
    for kind, found in counts.items():
        print(
            f"{kind:32} {found.total():9} {found['right']:11} {found['another']:9} "
            f"{found['refused']:9} {found['answered']:10}"
        )


def _routed(line: dict[str, str]) -> RoutedQuestion:
    expected = Route[line["route"].upper()].value if line["route"] else _SEARCHED
    taken = route(line["question"], follows=bool(line.get("history")))
    return RoutedQuestion(
        question=line["question"], expected=expected, taken=taken.value if taken else _SEARCHED
    )
