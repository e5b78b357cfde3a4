"""Upload PDFs into the corpus folder."""

import streamlit as st

from ingest.errors import IngestError
from ingest.settings import IngestSettings, read_settings
from staff.errors import StaffError
from staff.shelf import add_file
from ui.manage import told
from ui.manage.act import act, warn
from ui.site import Site

_ROUND = "manage_upload_round"  # a new one empties the field
_NEXT = "Describe what was taken in under “Publications”; it is read when you make a new release."


def show(site: Site) -> None:
    """The section."""
    try:
        most = read_settings(site.config, "ingest", IngestSettings).max_file_mib
    except IngestError as error:
        warn(str(error))
        return
    number = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader(
        "PDFs to add",
        type="pdf",
        accept_multiple_files=True,
        max_upload_size=most,
        key=f"manage_upload_{number}",
        help=f"Up to {most} MiB each. Files that are not PDFs, or are already here, are refused.",
    )
    if not files or not st.button("Add to the collection", type="primary"):
        return
    taken: list[str] = []
    refused: list[str] = []
    for file in files:

        def take(name: str = file.name, data: bytes = file.getvalue()) -> None:
            try:
                stored = add_file(site.corpus, name, data, max_file_mib=most)
            except StaffError as error:
                refused.append(f"Not taken in: {error}")
                raise
            taken.append(f"Taken in: {name}, as {stored}.")

        act(site, "added file", file.name, take)
    if len(taken) + len(refused) < len(files):
        return  # what else stood in the way is told above, and the files are kept for another try
    told.tell([*taken, _NEXT] if taken else [], refused=refused)
    st.session_state[_ROUND] = number + 1
    st.rerun()
