"""A run as one HTML file to print or send: no script, no picture, nothing from elsewhere."""

from html import escape

from eval.diagnose import EXPLANATIONS, Stage
from eval.report import shown_lines
from eval.runs import Run
from eval.summary import Summary
from eval.words import interval_in_words, measure_in_words, percent

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # whatever stands in it, nothing runs
_STYLE = """
body { font: 11pt/1.45 Georgia, serif; color: #14181d; max-width: 46rem; margin: 2rem auto; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 1.6rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; }
th, td { border: 1px solid #5a6470; padding: .3rem .5rem; text-align: left; vertical-align: top; }
th p { font-weight: 400; margin: 0; }
article { break-inside: avoid; border-top: 1px solid #8a94a0; padding: .5rem 0; }
@media print { body { margin: 0; max-width: none; } thead { display: table-header-group; } }
blockquote { margin: .2rem 0 .2rem 1rem; } p { margin: .2rem 0; }
"""


def run_html(run: Run, summary: Summary) -> bytes:
    """The figures, the misses by stage, and every miss with gold and what was shown instead."""
    header = run.header
    facts = (
        ("Questions", f"{len(run.outcomes)} of {header.question_set}"),
        ("Index release", str(header.release)),
        ("Model", header.model),
        ("Program", header.commit or "not from a git checkout"),
        ("Begun", header.started),
        ("Settings", ", ".join(f"{k} = {v}" for k, v in header.settings["answer"].items())),
    )
    parts = [
        f"<h1>Evaluation of the Shared Safety Assistant</h1>{_facts(facts)}",
        _measures(summary),
        _stages(summary),
        "<h2>Every miss</h2>",
        *_misses(run),
    ]
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>Evaluation of {escape(header.question_set)}</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>"
    ).encode()


def _facts(facts: tuple[tuple[str, str], ...]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'
        for name, value in facts
    )
    return f"<table>{rows}</table>"


def _measures(summary: Summary) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(m.name)}<p>{escape(measure_in_words(m.name))}</p></th>'
        f"<td>{percent(m.mean)}</td>"
        f"<td>{interval_in_words(m)}</td><td>{m.count}</td></tr>"
        for m in summary.measures
    )
    found = summary.quotations - len(summary.faults)
    whole = (
        f" {summary.prose - len(summary.torn)} of {summary.prose} are whole sentences."
        if summary.prose
        else ""
    )
    curve = (
        f"<p>Area under refused near-topic against answered: {summary.curve.area:.3f} (the length "
        f"of the question alone: {summary.curve.form_area:.3f}).</p>"
        if summary.curve
        else ""
    )
    return (
        "<h2>Measures</h2><table><thead><tr>"
        '<th scope="col">Measure</th><th scope="col">Value</th><th scope="col">95% interval</th>'
        f'<th scope="col">Questions</th></tr></thead><tbody>{rows}</tbody></table>{curve}'
        f"<p>{found} of {summary.quotations} quotations stand word for word on their page.{whole}"
        "</p>"
    )


def _stages(summary: Summary) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(stage)}</th><td>{count}</td>'
        f"<td>{escape(EXPLANATIONS[Stage(stage)])}</td></tr>"
        for stage, count in summary.stages.items()
    )
    return (
        "<h2>Misses by the stage that lost them</h2><table><thead><tr>"
        '<th scope="col">Stage</th><th scope="col">Misses</th><th scope="col">Meaning</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _misses(run: Run) -> list[str]:
    found = []
    for outcome in run.outcomes:
        if outcome.diagnosis is None:
            continue
        question = outcome.question
        gold = "".join(
            f"<p>Judged: {escape(g.file)}, page {', '.join(map(str, g.pages))}</p>"
            f"<blockquote>{escape(g.quote)}</blockquote>"
            for g in question.gold
        )
        shown = "".join(f"<p>Shown: {escape(line)}</p>" for line in shown_lines(outcome.reply))
        found.append(
            f"<article><h3>{escape(question.question_id)}: {escape(question.question)}</h3>"
            f"<p><strong>{escape(outcome.diagnosis.stage)}</strong></p>{gold}{shown}</article>"
        )
    return found
