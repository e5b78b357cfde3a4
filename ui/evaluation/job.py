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
from ui.site import Site

_EVERY_S = 1.0
_ANNOUNCED = "evaluation_announced"


def show(site: Site, folder: Path) -> None:
    """The section."""
    status = jobs.status(folder / "runs")
    if status and status.running:
        _progress(folder)
        return
    if status:
        _show_end(site, folder, status)
    found = files.question_sets(folder)
    chosen = st.selectbox("Question set", list(found), key="run_set")
    st.html(
        "<p>Every question is asked and every reply is judged. It goes on when you leave this page "
        "or close the tab.</p>"
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
    told = f"{status.done} of {total} questions asked" if total else "Opening the index …"
    st.html(f"<h2>Running: {escape(name)}</h2>")
    st.progress(min(status.done / total, 1.0) if total else 0.0, text=told)
    if st.button("Stop this run"):
        jobs.cancel(folder / "runs")


def _show_end(site: Site, folder: Path, status: JobStatus) -> None:
    out = Path(status.job.out)
    if status.finished:
        st.html(
            f'<p class="ssa-notice">The run <strong>{escape(out.stem)}</strong> is done. Its '
            "figures are in the section “Results”.</p>"
        )
        return
    total = f" of {status.total}" if status.total else ""
    st.html(
        f'<p class="ssa-warning">The run {escape(out.stem)} ended after {status.done}{total} '
        f"questions. {escape(status.message)}</p>"
    )
    with st.container(horizontal=True):
        if st.button("Go on with it"):
            _start(site, folder, Path(status.job.questions), out)
        if st.button("Forget it"):
            jobs.dismiss(folder / "runs")
            st.rerun()
