"""Run a set in the background: start, see how far it is, stop, go on."""

from datetime import UTC, datetime
from html import escape
from pathlib import Path

import streamlit as st

from eval import jobs
from eval.errors import EvalError
from eval.jobs import JobStatus
from ui import live
from ui.evaluation import files
from ui.evaluation.choice import choose
from ui.evaluation.faults import show_faults
from ui.evaluation.sets import faults_against
from ui.site import Site

_EVERY_S = 1.0
_GO_ON = """
<p class="ssa-small">Going on asks only what is left, as long as the set, the publications and the
program are the same; else it begins again.</p>
"""


def show(site: Site, folder: Path) -> None:
    """The section."""
    status = jobs.status(folder / "runs")
    if status and status.running:
        _progress(folder)
        return
    if status and status.finished:
        name = escape(Path(status.job.out).stem)
        st.html(
            f'<p class="ssa-notice">The run <strong>{name}</strong> is done. Its figures are in '
            "the section “Results”.</p>"
        )
    _show_unfinished(site, folder)
    _offer(site, folder)


def _offer(site: Site, folder: Path) -> None:
    found = files.question_sets(folder)
    if not found:
        st.html("<p>There is no question set yet. Upload one in the section “Question sets”.</p>")
        return
    chosen = choose("Question set", list(found), key="run_set")
    parsed = files.parsed_set(found[chosen])
    show_faults("Mend these before the set can be run", parsed.faults)
    if parsed.faults or not parsed.questions:
        st.html("<p>A set with faults or without questions cannot be run.</p>")
        return
    faults = faults_against(site.assistant.release, parsed.questions)
    show_faults("These do not fit the loaded publications and will count as misses", faults)
    st.html(
        f"<p>{len(parsed.questions)} questions. Every one is asked and every reply is judged. The "
        "run goes on when you leave this page or close the tab.</p>"
    )
    if st.button("Run this set", type="primary"):
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        out = folder / "runs" / f"{found[chosen].stem}-{now}.json"
        _start(site, folder, found[chosen], out)


def _start(site: Site, folder: Path, questions: Path, out: Path) -> None:
    try:
        jobs.start(
            folder / "runs", questions=questions, index=site.index, config=site.config, out=out
        )
    except EvalError as error:
        st.html(f'<p class="ssa-warning">{escape(str(error))}</p>')
        return
    live.announce("The run has started.")
    st.rerun()


@st.fragment(run_every=_EVERY_S)
def _progress(folder: Path) -> None:
    status = jobs.status(folder / "runs")
    if status is None or not status.running:
        live.announce("The run has ended.")
        st.rerun()
    total = status.total or 0
    name = Path(status.job.questions).stem
    told = f"{status.done} of {total} questions asked" if total else "Opening the publications …"
    st.html(f"<h2>Running: {escape(name)}</h2>")
    st.progress(min(status.done / total, 1.0) if total else 0.0, text=told)
    st.html('<p class="ssa-small">One run at a time: start another when this one ends.</p>')
    if st.button("Stop this run"):
        jobs.cancel(folder / "runs")


def _show_unfinished(site: Site, folder: Path) -> None:
    found = jobs.unfinished(folder / "runs")
    for number, status in enumerate(found):
        _show_one(site, folder, status, number)
    if found:
        st.html(_GO_ON)


def _show_one(site: Site, folder: Path, status: JobStatus, number: int) -> None:
    out = Path(status.job.out)
    done = (
        f"after {status.done} of {status.total} questions" if status.total else "at its beginning"
    )
    st.html(
        f'<p class="ssa-warning">The run {escape(out.stem)} ended {done}.</p>'
        f'<p class="ssa-passage">{escape(status.message)}</p>'
    )
    with st.container(horizontal=True):
        if st.button("Go on with it", key=f"job_go_on_{number}"):
            _start(site, folder, Path(status.job.questions), out)
        if st.button("Delete it", key=f"job_delete_{number}"):
            jobs.discard(folder / "runs", status.job)
            st.rerun()
