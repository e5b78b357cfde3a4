"""How many questions take the route that a reader gave them, and which go astray.

    python -m benchmarks routes [--questions FILE] [--misses]

The questions are labelled by hand; `route` is null where the publications are asked. Those weigh
most: an official whose question is turned away learns nothing.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from answer.routes import Route, route

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
    options = parser.parse_args(arguments)
    routed = [
        _routed(json.loads(line)) for line in options.questions.read_text("utf-8").splitlines()
    ]
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


def _routed(line: dict[str, str]) -> RoutedQuestion:
    expected = Route[line["route"].upper()].value if line["route"] else _SEARCHED
    taken = route(line["question"], follows=bool(line.get("history")))
    return RoutedQuestion(
        question=line["question"], expected=expected, taken=taken.value if taken else _SEARCHED
    )
