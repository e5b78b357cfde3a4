"""One run: its figures, charts, questions and downloads."""

from html import escape
from pathlib import Path

import streamlit as st

from eval.errors import RunInvalid
from eval.runs import Run, read_run
from eval.summary import Summary, summarise
from eval.words import interval_in_words, measure_in_words, percent, stage_in_words, time_in_words
from ui.evaluation import downloads, files, question
from ui.evaluation.plots import show_plots
from ui.publications import table_html
from ui.site import Site


def show(site: Site, folder: Path) -> None:
    """The section."""
    found = files.runs(folder)
    if not found:
        st.html("<p>There is no run yet. Make one in the section “Run”.</p>")
        return
    chosen = st.selectbox("Run", list(found), key="results_run")
    run = open_run(found[chosen])
    if run is None:
        return
    summary = _summary(str(found[chosen]), run.header.started, len(run.outcomes), run)
    st.html(header_html(run))
    st.html(measures_html(summary))
    st.html(quotations_html(summary))
    if summary.stages:
        st.html(stages_html(summary))
    show_plots(summary)
    question.show(site, run)
    downloads.show(run, summary, found[chosen])


def open_run(file: Path) -> Run | None:
    """A run that was read before is not read again; None, and a word why, where it cannot be."""
    try:
        return _read(str(file), file.stat().st_mtime_ns)
    except (RunInvalid, OSError) as error:
        st.html(f'<p class="ssa-warning">{escape(str(error))}</p>')
        return None


@st.cache_resource(max_entries=4, show_spinner="Opening the run …")
def _read(file: str, changed: int) -> Run:
    del changed  # only tells the cache that the file is another
    return read_run(Path(file))


@st.cache_resource(max_entries=4, show_spinner="Working out the figures …")
def _summary(file: str, started: str, count: int, _run: Run) -> Summary:
    del file, started, count  # they tell the cache which run it is
    return summarise(_run.outcomes)


def header_html(run: Run) -> str:
    """What was run."""
    header = run.header
    program = f", program {escape(header.commit)}" if header.commit else ""
    return (
        f"<p>{len(run.outcomes)} questions of {escape(header.question_set)}, index release "
        f"{header.release}, model {escape(header.model)}{program}, begun "
        f"{escape(time_in_words(header.started))}.</p>"
    )


def measures_html(summary: Summary) -> str:
    """The measures, each with what it means."""
    rows = [
        (
            f"{escape(m.name)}<p>{escape(measure_in_words(m.name))}</p>",
            (
                percent(m.mean),
                interval_in_words(m),
                str(m.count),
            ),
        )
        for m in summary.measures
    ]
    return "<h2>Measures</h2>" + table_html(
        "The interval is where the figure would lie, 95 times of 100, for other such questions. "
        "The fewer the questions, the wider it is; where all came out alike it cannot be told.",
        ("Measure", "Value", "95% interval", "Questions"),
        rows,
    )


def quotations_html(summary: Summary) -> str:
    """Whether every quotation stands on its page, and begins and ends where a sentence does."""
    found = summary.quotations - len(summary.faults)
    by_ocr = f" ({summary.by_ocr} of pages read by OCR)" if summary.by_ocr else ""
    faults = "".join(f"<li>{escape(fault)}</li>" for fault in summary.faults)
    return (
        f"<h2>Quotations</h2><p>{found} of {summary.quotations} quotations stand word for word on "
        f"the page they cite{by_ocr}.</p>"
        + (f"<ul>{faults}</ul>" if faults else "")
        + _whole_html(summary)
    )


def _whole_html(summary: Summary) -> str:
    if not summary.prose:
        return ""
    whole = summary.prose - len(summary.torn)
    torn = "".join(f"<li>{escape(words)}</li>" for words in summary.torn)
    return f"<p>Quotations that are whole sentences: {whole} of {summary.prose}.</p>" + (
        f"<details><summary>Those that are not ({len(summary.torn)})</summary><ul>{torn}</ul>"
        "</details>"
        if torn
        else ""
    )


def stages_html(summary: Summary) -> str:
    """Misses by the stage that lost them."""
    rows = [
        (f"{escape(stage)}<p>{escape(stage_in_words(stage))}</p>", (str(count),))
        for stage, count in summary.stages.items()
    ]
    return "<h2>Misses</h2>" + table_html("By the stage that lost them", ("Stage", "Misses"), rows)
