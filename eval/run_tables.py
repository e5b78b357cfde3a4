"""A run as tables: CSV with a row for each question, and a workbook."""

from collections.abc import Sequence

from eval.outcome import Outcome
from eval.report import shown_lines
from eval.rows import csv_bytes, guarded
from eval.runs import Run
from eval.spreadsheet import Sheet, workbook_bytes
from eval.summary import Summary

_HEAD = ("id", "question", "kind", "answerable", "stage of the miss", "shown", "gold", "answer")
_WIDTHS = (10, 50, 14, 12, 26, 60, 50, 40)


def run_csv(run: Run) -> bytes:
    """A row for each question, with all measures."""
    names = _measures(run)
    return csv_bytes([_row(outcome, names) for outcome in run.outcomes], (*_HEAD, *names))


def run_workbook(run: Run, summary: Summary) -> bytes:
    """Measures, questions and misses by stage, a sheet each."""
    names = _measures(run)
    measures = [
        (m.name, m.mean, m.interval[0], m.interval[1], float(m.count)) for m in summary.measures
    ]
    stages = [(stage, float(count)) for stage, count in summary.stages.items()]
    questions = [_row(outcome, names) for outcome in run.outcomes]
    return workbook_bytes(
        [
            Sheet(
                title="Measures",
                head=("measure", "value", "95% low", "95% high", "questions"),
                rows=measures,
                widths=(28,),
            ),
            Sheet(title="Questions", head=(*_HEAD, *names), rows=questions, widths=_WIDTHS),
            Sheet(title="Misses by stage", head=("stage", "misses"), rows=stages, widths=(36,)),
        ]
    )


def _measures(run: Run) -> list[str]:
    return list(dict.fromkeys(name for outcome in run.outcomes for name in outcome.values))


def _row(outcome: Outcome, names: Sequence[str]) -> list[str]:
    question = outcome.question
    gold = "\n".join(
        f"{g.file} page {', '.join(map(str, g.pages))}: {g.quote}" for g in question.gold
    )
    texts = [
        question.question_id,
        question.question,
        question.kind,
        "yes" if question.answerable else "no",
        outcome.diagnosis.stage if outcome.diagnosis else "",
        "\n".join(shown_lines(outcome.reply)),
        gold,
        question.answer or "",
    ]
    figures = [f"{outcome.values[n]:.4g}" if n in outcome.values else "" for n in names]
    return [guarded(text) for text in texts] + figures
