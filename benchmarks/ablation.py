"""What each part of the way of a question is worth: asked again with that part taken away.

    python -m benchmarks ablation SET.jsonl INDEX [SET.jsonl INDEX ...]

Each line is the difference to the whole assistant on the same questions, with a 95% bootstrap
interval of the paired differences. A part that pays for nothing should leave the code.
"""

import argparse
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from answer.assistant import open_assistant, query_embedder
from answer.pipeline import Assistant
from eval.measures import bootstrap_interval
from eval.question_files import read_question_set
from eval.questions import JudgedQuestion
from eval.run import measured
from index.query_embedder import QueryEmbedder
from index.retriever import HybridRetriever
from index.settings import IndexSettings
from ingest.progress import Bars
from ingest.settings import DEFAULT_PATH, read_settings

_MEASURES = (
    "Recall@1",
    "Recall@5",
    "answered",
    "page hit",
    "complete",
    "citation precision",
    "refused near_topic",
)
Values = dict[tuple[str, str], float]  # by question and measure


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One part, and the settings without it."""

    name: str
    index: dict[str, float]
    answer: dict[str, float | bool]


def _ranking(name: str, setting: str) -> Part:
    return Part(name=name, index={setting: 0.0}, answer={})


def _choice(name: str, **settings: float) -> Part:
    return Part(name=name, index={}, answer=dict(settings))


PARTS = (
    _ranking("terms (BM25)", "weight_lexical"),
    _ranking("vector of the passage", "weight_dense"),
    _ranking("vector of the nearest sentence", "weight_sentence"),
    _ranking("vector of title and headings", "weight_context"),
    _ranking("late interaction", "weight_match"),
    _choice("passage's score, in choosing a sentence", weight_passage=0.0),
    _choice("sentence's nearness, in choosing it", weight_cosine=0.0),
    _choice("the question's terms, in choosing a sentence", weight_coverage=0.0),
    _choice("kind of answer, in choosing a sentence", weight_kind=0.0),
    _choice("paragraphs whole", max_paragraph_chars=0),
    _choice("lists sought further down", read_lists=6),
    _choice("second and third quotation", max_statements=1),
    _choice("leaving out what is far less likely", odds_margin=math.inf),
    _choice("bound on support", min_support=-1.0),
    _choice("reader, in choosing", weight_reader=0.0),
    _choice("reader, in refusing", min_answering=-math.inf),
    _choice("reader", weight_reader=0.0, min_answering=-math.inf),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks ablation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("pairs", nargs="+", type=Path, metavar="SET INDEX")
    options = parser.parse_args(arguments)
    if len(options.pairs) % 2:
        parser.error("give an index folder after each question set")
    index_settings = read_settings(DEFAULT_PATH, "index", IndexSettings)
    embedder = query_embedder(DEFAULT_PATH)
    asked = [
        (
            read_question_set(questions),
            open_assistant(root, DEFAULT_PATH, embedder=embedder),
        )
        for questions, root in zip(options.pairs[::2], options.pairs[1::2], strict=True)
    ]
    bars = Bars()

    def values(part: Part | None) -> Values:
        found: Values = {}
        for number, (questions, assistant) in enumerate(asked):
            able = _without(assistant, part, index_settings, embedder)
            for done, question in enumerate(questions, start=1):
                for name, value in _values(able, question).items():
                    found[f"{number}/{question.question_id}", name] = value
                bars.show(part.name if part else "whole", done, len(questions), "")
        return found

    whole = values(None)
    rows = [(part.name, differences(whole, values(part))) for part in PARTS]
    bars.close()
    print(table(whole, rows))
    return 0


def differences(whole: Values, without: Values) -> dict[str, list[float]]:
    """What each measure loses or gains on each question that both have it of."""
    found = defaultdict(list)
    for (question, measure), value in whole.items():
        other = without.get((question, measure))
        if other is not None:
            found[measure].append(other - value)
    return found


def table(whole: Values, rows: Sequence[tuple[str, dict[str, list[float]]]]) -> str:
    """The figures as a table in Markdown; a difference that is clear of nothing is in bold.

    Where no question changes, the cell is empty.
    """
    means = {
        name: fmean(value for (_, measure), value in whole.items() if measure == name)
        for name in _MEASURES
    }
    lines = [
        f"| without | {' | '.join(_MEASURES)} |",
        "|---" * (len(_MEASURES) + 1) + "|",
        f"| nothing | {' | '.join(f'{means[name]:.2f}' for name in _MEASURES)} |",
    ]
    for part, found in rows:
        cells = [_cell(found[name]) for name in _MEASURES]
        lines.append(f"| {part} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(changes: Sequence[float]) -> str:
    if not any(changes):
        return ""
    low, high = bootstrap_interval(changes)
    told = f"{fmean(changes):+.2f} [{low:+.2f}, {high:+.2f}]"
    return f"**{told}**" if low > 0 or high < 0 else told


def _without(
    assistant: Assistant, part: Part | None, index_settings: IndexSettings, embedder: QueryEmbedder
) -> Assistant:
    if part is None:
        return assistant
    ranking = replace(index_settings, **part.index)  # type: ignore[arg-type]  # names of weights
    return replace(
        assistant,
        retriever=HybridRetriever(assistant.release, embedder, ranking),
        settings=replace(assistant.settings, **part.answer),  # type: ignore[arg-type]  # likewise
    )


def _values(assistant: Assistant, question: JudgedQuestion) -> dict[str, float]:
    reply = assistant.answer_question(question.question, question.history)
    return measured(question, reply, assistant.release.documents_by_id)
