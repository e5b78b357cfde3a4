"""A summary or a comparison -> text for a terminal."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from eval.compare import Comparison, MeasureChange
from eval.diagnose import EXPLANATIONS, Stage
from eval.outcome import Outcome
from eval.runs import RunHeader
from eval.summary import Curve, Measure, Summary
from eval.words import worth_in_words

_SHOWN_IDS = 12
_NAME = 30  # characters: the longest name of a measure, and a space
_INTERVAL = 14  # characters of "[0.835, 0.943]"


def summary_text(header: RunHeader, summary: Summary) -> str:
    """The figures of one run."""
    return "\n".join(
        [
            f"{header.question_set}: {header.questions} questions, release {header.release}",
            *(
                f"{m.name:<{_NAME}}{m.mean:6.3f}  {_interval(m):<{_INTERVAL}}  n={m.count}"
                for m in summary.measures
            ),
            *_curve_lines(summary.curve),
            *_quotation_lines(summary),
            *_stage_lines(summary.stages),
        ]
    )


def comparison_text(comparison: Comparison) -> str:
    """What changed, question by question, and the verdict."""
    lines = [f"{comparison.compared} questions compared"]
    if comparison.left_out:
        lines.append(
            f"  left out, in one run only or judged differently: {_ids(comparison.left_out)}"
        )
    lines.append(f"{'':<{_NAME}}{'old':>7}{'new':>7}  better  worse  p")
    lines += [_measure_line(measure) for measure in comparison.measures]
    lines += [
        f"misses, {stage}: {old} before, {new} now"
        for stage, (old, new) in comparison.stages.items()
        if old != new
    ]
    for change in comparison.questions:
        figures = ", ".join(
            f"{name} {worth_in_words(old)} -> {worth_in_words(new)}"
            for name, (old, new) in change.changes.items()
        )
        stage = f"{change.old_stage or 'no miss'} -> {change.new_stage or 'no miss'}"
        lines += [f"{change.question_id}: {change.question}", f"    {stage}; {figures or 'same'}"]
    lines += [f"not on its page: {fault}" for fault in comparison.faults]
    for measure in comparison.measures:
        if measure.fell:
            lines.append(f"{measure.name} fell beyond noise: {_ids(measure.worse)}")
    return "\n".join([*lines, f"verdict: {comparison.verdict}"])


def misses_text(outcomes: Iterable[Outcome]) -> str:
    """Every miss: what was asked, what should have been quoted, what was shown instead."""
    lines: list[str] = []
    for outcome in outcomes:
        if outcome.diagnosis is None:
            continue
        question = outcome.question
        lines += [
            "",
            f"{question.question_id}: {question.question}",
            f"  {outcome.diagnosis.stage}",
        ]
        for part in outcome.diagnosis.parts:
            rank = f"ranked {part.rank}" if part.rank else "not among the ranked pages"
            lines.append(f"  gold: {part.file} page {part.page} ({rank}; {part.stage})")
            lines.append(textwrap.indent(textwrap.fill(part.quote, 88), "    "))
        lines += [f"  shown: {line}" for line in shown_lines(outcome.reply)]
    return "\n".join(lines)


def shown_lines(reply: dict[str, Any]) -> list[str]:
    """What a reply showed, a line for each quotation, or why it refused."""
    if reply["kind"] != "answer":
        return [f"refused ({reply['reason']})"]
    return [
        f"{citation['file']} page {citation['page_number']}: {citation['quote']!r}"
        for statement in reply["statements"]
        for citation in statement["citations"]
    ]


def _interval(measure: Measure) -> str:
    known = measure.known_interval
    return f"[{known[0]:.3f}, {known[1]:.3f}]" if known else "[all alike]"


def _measure_line(measure: MeasureChange) -> str:
    told = f"{measure.p:.3f}" if measure.new != measure.old else "–"
    return (
        f"{measure.name:<{_NAME}}{measure.old:7.3f}{measure.new:7.3f}"
        f"{len(measure.better):8}{len(measure.worse):7}  {told}"
    )


def _curve_lines(curve: Curve | None) -> Iterator[str]:
    if curve:
        yield (
            f"{'refusing by support':<{_NAME}}{curve.area:6.3f}  area under refused near-topic "
            f"against answered (the length of the question alone: {curve.form_area:.3f})"
        )


def _quotation_lines(summary: Summary) -> Iterator[str]:
    found = summary.quotations - len(summary.faults)
    by_ocr = f", {summary.by_ocr} by OCR" if summary.by_ocr else ""
    yield f"quotations on their page  {found} of {summary.quotations}{by_ocr}"
    for fault in summary.faults:
        yield f"  not found: {fault}"
    if summary.prose:
        whole = summary.prose - len(summary.torn)
        yield f"quotations that are whole sentences: {whole} of {summary.prose}"
    for words in summary.torn[:_SHOWN_IDS]:
        yield f"  torn: {textwrap.shorten(words, 120, placeholder=' …')}"
    if len(summary.torn) > _SHOWN_IDS:
        yield f"  and {len(summary.torn) - _SHOWN_IDS} more"


def _stage_lines(stages: dict[str, int]) -> Iterator[str]:
    if stages:
        yield "misses by the stage that lost them:"
    for stage, count in stages.items():
        yield f"  {count:4}  {stage}: {EXPLANATIONS[Stage(stage)]}"


def _ids(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _SHOWN_IDS} more" if len(ids) > _SHOWN_IDS else ""
    return ", ".join(ids[:_SHOWN_IDS]) + more
