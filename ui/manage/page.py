"""The page for staff: one section at a time."""

import streamlit as st

from ui import door
from ui.manage import add, describe, history, pages, release, told
from ui.site import Site

_SECTIONS = {
    "Publications": describe.show,
    "Add files": add.show,
    "New release": release.show,
    "Pages": pages.show,
    "History": history.show,
}


def show(site: Site) -> None:
    """Draw the chosen section, for staff."""
    door.require_staff()
    st.title("Manage", anchor=False)
    st.html(
        "<p>Nothing that you change here is seen by officials before a new release is made, "
        "compared with the live one, and published.</p>"
    )
    section = st.radio("Section", list(_SECTIONS), horizontal=True, key="manage_section")
    told.show()
    _SECTIONS[section](site)
