"""The releases that are kept, what was done with them, and the way back to an earlier one."""

from html import escape

import streamlit as st

from eval.words import time_in_words
from index.history import LIVE, Action, read_history
from index.releases import read_manifest, release_numbers
from staff.publish import go_back
from ui.manage import told
from ui.manage.act import act
from ui.manage.changes import changes_html
from ui.publications import table_html
from ui.site import Site

_SHOWN = 50
_ASKED = "manage_go_back_asked"  # the release that staff are asked about


def show(site: Site) -> None:
    """The section."""
    live = site.assistant.release.number
    events = read_history(site.index)
    built = {event.release: event.when for event in events if event.action is Action.BUILT}
    numbers = release_numbers(site.index)
    rows = []
    for number in reversed(numbers):
        counts = (read_manifest(site.index, number) or {}).get("counts", {})
        rows.append(
            (
                f"Release {number}" + (" (live)" if number == live else ""),
                (
                    escape(time_in_words(built.get(number, "not known"))),
                    str(counts.get("documents", "not known")),
                    str(counts.get("pages", "not known")),
                    str(counts.get("passages", "not known")),
                ),
            )
        )
    columns = ("Release", "Made", "Publications", "Pages", "Passages")
    st.html("<h2>Releases</h2>" + table_html("Kept on disk, newest first", columns, rows))
    was_live = {event.release for event in events if event.action in LIVE}
    _go_back(site, [number for number in numbers if number != live and number in was_live])
    items = "".join(
        f"<li>{escape(time_in_words(event.when))}: "
        f"{escape(event.action.value)} release {event.release}"
        + (f": {escape(event.reason)}" if event.reason else "")
        + "</li>"
        for event in events[: -_SHOWN - 1 : -1]
    )
    st.html(f"<h2>History</h2><ul>{items}</ul>")


def _go_back(site: Site, earlier: list[int]) -> None:
    if not earlier:
        st.html("<p>No earlier release is kept that could be published again.</p>")
        return
    number = st.selectbox("Roll back to release", list(reversed(earlier)), key="manage_go_back")
    reason = st.text_input("Reason", max_chars=300, key="manage_go_back_reason")
    if st.button("Publish it again"):
        st.session_state[_ASKED] = number
    if number != st.session_state.get(_ASKED):
        return
    st.html(
        f'<p class="ssa-warning">If you say yes, officials are at once answered from release '
        f"{number} in place of release {site.assistant.release.number}.</p>"
        + changes_html(site, number)
    )
    with st.container(horizontal=True):
        sure = st.button(f"Yes, go back to release {number}")
        unsure = st.button("No, leave it as it is")
    if unsure:
        del st.session_state[_ASKED]
        st.rerun()
    if sure and act(
        site,
        "rolled back",
        f"to release {number}. {reason}".strip(),
        lambda: go_back(site.index, number, reason=reason),
    ):
        del st.session_state[_ASKED]
        told.tell([f"Release {number} is live again: officials are answered from it now."])
        st.rerun()
