"""Upload PDFs into the corpus folder."""

from html import escape

import streamlit as st

from ingest.errors import IngestError
from ingest.settings import IngestSettings, read_settings
from staff.shelf import add_file
from ui.manage.act import act, warn
from ui.site import Site

_ROUND = "manage_upload_round"  # a new one empties the field
_TAKEN = "manage_taken"


def show(site: Site) -> None:
    """The section."""
    for name in st.session_state.pop(_TAKEN, ()):
        st.html(
            f'<p class="ssa-notice">Taken in as <strong>{escape(name)}</strong>. Describe it under '
            "“Publications”; it is read when you make a new release.</p>"
        )
    try:
        most = read_settings(site.config, "ingest", IngestSettings).max_file_mib
    except IngestError as error:
        warn(str(error))
        return
    number = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader(
        "PDFs to take in",
        type="pdf",
        accept_multiple_files=True,
        max_upload_size=most,
        key=f"manage_upload_{number}",
        help=f"Each may have {most} MiB. What is no PDF, or is here already, is refused.",
    )
    if not files or not st.button("Take into the collection", type="primary"):
        return
    taken: list[str] = []
    for file in files:

        def take(name: str = file.name, data: bytes = file.getvalue()) -> None:
            taken.append(add_file(site.corpus, name, data, max_file_mib=most))

        act(site, "added file", file.name, take)
    if taken:
        st.session_state[_TAKEN] = taken
    if len(taken) == len(files):
        st.session_state[_ROUND] = number + 1
        st.rerun()
