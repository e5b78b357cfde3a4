"""A run as tables: CSV with a row for each question, and a workbook."""

from collections.abc import Sequence

from eval.outcome import Outcome
from eval.report import shown_lines
from eval.rows import csv_bytes
from eval.runs import Run
from eval.spreadsheet import Sheet, workbook_bytes
from eval.summary import Summary
from usage.cells import guarded

_HEAD = (
    "id",
    "question",
    "earlier questions",
    "kind",
    "answerable",
    "stage of the miss",
    "cited pages",
    "shown",
    "gold",
    "answer",
)
_SECONDS = "seconds"
_WIDTHS = (10, 50, 30, 14, 12, 26, 30, 60, 50, 40)


def run_csv(run: Run) -> bytes:
    """A row for each question, with all measures."""
    names = _measures(run)
    rows = [
        [f"{cell:.4g}" if isinstance(cell, float) else cell for cell in _row(outcome, names)]
        for outcome in run.outcomes
    ]
    return csv_bytes(rows, (*_HEAD, *names, _SECONDS))


def run_workbook(run: Run, summary: Summary) -> bytes:
    """Measures, questions and misses by stage, a sheet each."""
    names = _measures(run)
    measures = [
        (m.name, m.mean, *(m.known_interval or (None, None)), float(m.count))
        for m in summary.measures
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
            Sheet(
                title="Questions",
                head=(*_HEAD, *names, _SECONDS),
                rows=questions,
                widths=_WIDTHS,
            ),
            Sheet(title="Misses by stage", head=("stage", "misses"), rows=stages, widths=(36,)),
        ]
    )


def _measures(run: Run) -> list[str]:
    return list(dict.fromkeys(name for outcome in run.outcomes for name in outcome.values))


def _row(outcome: Outcome, names: Sequence[str]) -> list[str | float]:
    """The cells of one question; a measure that does not apply to it is empty."""
    question = outcome.question
    gold = "\n".join(
        f"{g.file} page {', '.join(map(str, g.pages))}: {g.quote}" for g in question.gold
    )
    texts = [
        question.question_id,
        question.question,
        "\n".join(question.history),
        question.kind,
        "yes" if question.answerable else "no",
        outcome.diagnosis.stage if outcome.diagnosis else "",
        _cited(outcome),
        "\n".join(shown_lines(outcome.reply)),
        gold,
        question.answer or "",
    ]
    figures = [outcome.values.get(name, "") for name in names]
    return [*map(guarded, texts), *figures, outcome.seconds]


def _cited(outcome: Outcome) -> str:
    cited = {
        f"{citation['file']} page {citation['page_number']}": None
        for statement in outcome.reply["statements"]
        for citation in statement["citations"]
    }
    return "\n".join(cited)
