"""The evaluation page: one section at a time."""

from pathlib import Path

import streamlit as st

from ui import door
from ui.evaluation import compare, from_use, job, results, sets
from ui.site import Site

_SECTIONS = {
    "Question sets": sets.show,
    "Run": job.show,
    "Results": results.show,
    "Compare": compare.show,
    "From use": from_use.show,
}


def show(site: Site) -> None:
    """Draw the chosen section, for staff."""
    door.require_staff()
    st.title("Evaluation", anchor=False)
    st.html(
        "<p>How good are the answers? Run questions whose answers people have judged, see where "
        "answers are lost, and compare before and after a change.</p>"
    )
    section = st.radio("Section", list(_SECTIONS), horizontal=True, key="evaluation_section")
    _SECTIONS[section](site, Path(site.settings.evaluation_folder))
