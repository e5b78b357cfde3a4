"""Make a new release in the background, see what it changes, publish it or not."""

from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from answer.formats import reply_lines
from index.diff import diff
from index.releases import read_report, release_folder
from index.settings import IndexSettings
from ingest.errors import IngestError
from ingest.settings import read_settings
from staff import work
from staff.comparison import kept
from staff.gate import AnswerChange, Comparison
from staff.publish import closed_because, discard_candidate, publish
from staff.settings import Rule, StaffSettings
from staff.work import Phase, Work
from ui import live
from ui.manage import doubtful
from ui.manage.act import act, warn
from ui.publications import report_html
from ui.site import Site

_EVERY_S = 1.0
_SHOWN = 30


def show(site: Site) -> None:
    """The section."""
    try:
        settings = read_settings(site.config, "staff", StaffSettings)
    except IngestError as error:
        warn(str(error))
        return
    folder = Path(settings.folder)
    if work.running(folder):
        _progress(site, folder)
        return
    last = work.status(folder)
    if last and last.phase is Phase.FAILED:
        st.html(
            '<p class="ssa-warning">The last release could not be made.</p>'
            f'<p class="ssa-passage">{escape(last.message)}</p>'
        )
    _offer(site, folder)
    if last and last.release and last.phase is Phase.READY:
        _candidate(site, settings, last)


def _offer(site: Site, folder: Path) -> None:
    st.html(
        "<p>All files of the collection are read, what is unchanged is taken from before, and the "
        "question set is asked of the new release and of the live one. It goes on when you close "
        "this page.</p>"
    )
    if st.button("Make a new release", type="primary") and act(
        site,
        "began a release",
        "",
        lambda: work.start(folder, corpus=site.corpus, index=site.index, config=site.config),
    ):
        st.rerun()


@st.fragment(run_every=_EVERY_S)
def _progress(site: Site, folder: Path) -> None:
    state = work.status(folder)
    if state is None or not work.running(folder):
        live.announce("The release is made.")
        st.rerun()
    told = f"{state.phase.value}: {state.done} of {state.total} {state.detail}"
    st.html("<h2>A release is being made</h2>")
    st.progress(
        min(state.done / state.total, 1.0) if state.total else 0.0,
        text=told if state.total else f"{state.phase.value} …",
    )
    if st.button("Stop it"):
        act(site, "stopped a release", "", lambda: work.stop(folder))


def _candidate(site: Site, settings: StaffSettings, last: Work) -> None:
    number = last.release or 0
    live_number = site.assistant.release.number
    report = read_report(release_folder(site.index, number))
    if report is None or number <= live_number:
        return  # it is published or gone
    st.html(f"<h2>Release {number} is ready</h2>" + _changes_html(site, live_number, number))
    comparison = kept(Path(settings.folder), number, live_number)
    if comparison:
        _show_comparison(comparison)
    closed = closed_because(comparison, live=live_number, rule=Rule(settings.gate_rule))
    _decide(site, settings, number, closed)
    st.html("<h2>What became of each file</h2>" + report_html(report))
    doubtful.show(site, number, report)


def _changes_html(site: Site, old: int, new: int) -> str:
    try:
        changes = diff(site.index, old, new)
    except (OSError, ValueError, KeyError):
        return ""
    if not changes:
        return "<p>It holds the same publications and pages as the live release.</p>"
    items = "".join(
        f"<li>{escape(change.title)}: {escape(change.change.value)}"
        + "".join(f"; {escape(told)}" for told in change.told)
        + (f"; {len(change.pages)} pages differ" if change.pages else "")
        + "</li>"
        for change in changes
    )
    return f"<p>Publications that came, went or changed:</p><ul>{items}</ul>"


def _show_comparison(comparison: Comparison) -> None:
    st.html(f'<p class="ssa-notice"><strong>{escape(comparison.in_words())}</strong></p>')
    if comparison.warning:
        st.html(f'<p class="ssa-notice">{escape(comparison.warning)}</p>')
    if not comparison.changes:
        return
    with st.expander(f"The changed answers side by side ({len(comparison.changes)})"):
        for change in comparison.changes[:_SHOWN]:
            st.html(_change_html(change))
        more = len(comparison.changes) - _SHOWN
        if more > 0:
            st.html(f"<p>And {more} more: <code>python -m staff gate</code> prints all.</p>")


def _change_html(change: AnswerChange) -> str:
    def side(name: str, reply: dict[str, Any]) -> str:
        said = "".join(f"<p>{escape(line)}</p>" for line in reply_lines(reply))
        return f'<div class="ssa-side"><h4>{name}</h4>{said}</div>'

    return (
        f"<h3>{escape(change.question)}</h3><p><strong>{escape(change.effect.value)}</strong> "
        f"({escape(change.question_id)})</p>"
        f'<div class="ssa-sides">{side("Live now", change.old)}{side("New", change.new)}</div>'
    )


def _decide(site: Site, settings: StaffSettings, number: int, closed: str) -> None:
    if closed:
        st.html(
            f'<p class="ssa-warning">It is not published as it stands: {escape(closed)}. Mend it '
            "and make another release; or write why it is published all the same.</p>"
        )
    reason = st.text_input(
        "Reason" if closed else "Reason (may be left out)", max_chars=500, key=f"reason_{number}"
    )
    with st.container(horizontal=True):
        wanted = st.button(
            "Publish in spite of it" if closed else "Publish",
            type="secondary" if closed else "primary",
        )
        unwanted = st.button("Discard this release")
    if wanted and act(
        site,
        "published",
        f"release {number}. {reason}".strip(),
        lambda: publish(
            site.index,
            Path(settings.folder),
            number,
            rule=Rule(settings.gate_rule),
            reason=reason,
            kept_releases=read_settings(site.config, "index", IndexSettings).kept_releases,
        ),
    ):
        st.rerun()
    if unwanted and act(
        site,
        "discarded",
        f"release {number}. {reason}".strip(),
        lambda: discard_candidate(site.index, number, reason=reason),
    ):
        st.rerun()
