"""The pages of a release that is kept, such as one that an old answer cites."""

from pathlib import Path

import streamlit as st

from index.errors import SearchIndexError
from index.releases import ReleasePages, open_pages
from ui.site import Site


def pages_of(site: Site, number: int) -> ReleasePages | None:
    """The pages of a release; None where it is kept no more."""
    live = site.assistant.release
    if number == live.number:
        return live
    try:
        return _opened(str(site.index), number)
    except SearchIndexError:
        return None


@st.cache_resource(max_entries=2, show_spinner="Opening an earlier release …")
def _opened(root: str, number: int) -> ReleasePages:
    return open_pages(Path(root), number)
