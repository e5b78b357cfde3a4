"""Make a new release in the background, see what it changes, publish it or not."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from answer.formats import reply_lines
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
from ui.manage import doubtful, told
from ui.manage.act import act, warn
from ui.manage.changes import changes_html
from ui.manage.remedies import in_page_terms, not_searched_html, report_in_page_terms
from ui.publications import report_html
from ui.site import Site

_EVERY_S = 1.0
_SHOWN = 30
_NAMED = 3  # changed answers that are named in the sentence why it is not published
_WHAT_GOES_ON = {
    Phase.READING: "Each file of the collection is read; what is unchanged is taken from before.",
    Phase.COMPARING: "Each question of the question set is asked of the new release and of the "
    "live one, to see which answers change.",
}


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
            f'<p class="ssa-passage">{escape(in_page_terms(last.message))}</p>'
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
    how_far = f"{state.phase.value}: {state.done} of {state.total} {state.detail}"
    st.html("<h2>A release is being made</h2>")
    st.progress(
        min(state.done / state.total, 1.0) if state.total else 0.0,
        text=how_far if state.total else f"{state.phase.value} …",
    )
    if state.phase in _WHAT_GOES_ON:
        st.html(f'<p class="ssa-small">{_WHAT_GOES_ON[state.phase]}</p>')
    if st.button("Stop it"):
        act(site, "stopped a release", "", lambda: work.stop(folder))


def _candidate(site: Site, settings: StaffSettings, last: Work) -> None:
    number = last.release or 0
    live_number = site.assistant.release.number
    report = read_report(release_folder(site.index, number))
    if report is None or number <= live_number:
        return  # it is published or gone
    told_report = report_in_page_terms(report)
    st.html(
        f"<h2>Release {number} is ready</h2>{not_searched_html(told_report)}"
        + changes_html(site, number)
    )
    comparison = kept(Path(settings.folder), number, live_number)
    if comparison:
        _show_comparison(comparison)
    rule = Rule(settings.gate_rule)
    closed = closed_because(comparison, live=live_number, rule=rule)
    blocking = comparison.blocking(rule) if comparison else []
    _decide(site, settings, number, _why_closed(closed, blocking))
    st.html("<h2>Result for each file</h2>" + report_html(told_report))
    doubtful.show(site, number, report)


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


def _why_closed(closed: str, blocking: Sequence[AnswerChange]) -> str:
    """Why it is not published as it stands, with questions in words and not by their ids."""
    if not blocking:
        return closed
    shown = "; ".join(f"“{change.question}”: {change.effect.value}" for change in blocking[:_NAMED])
    more = f"; and {len(blocking) - _NAMED} more" if len(blocking) > _NAMED else ""
    hold = "changed answer holds" if len(blocking) == 1 else "changed answers hold"
    return f"{len(blocking)} {hold} it back ({shown}{more})"


def _decide(site: Site, settings: StaffSettings, number: int, closed: str) -> None:
    if closed:
        st.html(
            f'<p class="ssa-warning">It is not published as it stands: {escape(closed)}. Mend it '
            "and make another release; or write why it is published all the same.</p>"
        )
    reason = st.text_input(
        "Reason" if closed else "Reason (optional)", max_chars=500, key=f"reason_{number}"
    )
    with st.container(horizontal=True):
        wanted = st.button(
            "Publish anyway" if closed else "Publish",
            type="secondary" if closed else "primary",
        )
        unwanted = st.button("Discard this release")
    if wanted and closed and not reason.strip():
        warn("Not published: write a reason first. It is kept in the history.")
        return
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
        told.tell([f"Release {number} is published: officials are answered from it now."])
        st.rerun()
    if unwanted and act(
        site,
        "discarded",
        f"release {number}. {reason}".strip(),
        lambda: discard_candidate(site.index, number, reason=reason),
    ):
        told.tell([f"Release {number} is discarded. What is live is as it was."])
        st.rerun()
