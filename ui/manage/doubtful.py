"""The pages that were read with doubts, each as it is printed beside what was read of it."""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from index.releases import ReleasePages
from ui.kept import pages_of
from ui.reference import PageReference
from ui.show_reply import show_page_image
from ui.site import Site


def show(site: Site, number: int, report: Sequence[dict[str, Any]]) -> None:
    """Let staff look at one of the doubtful pages of a release.

    Args:
        site: with the index.
        number: of the release.
        report: of its files.
    """
    pages = {
        f"{entry['file']}, page {page['number']}: {page['verdict']}": (entry["doc_id"], page)
        for entry in report
        for page in entry.get("page_list", ())
        if page["reasons"] and entry["doc_id"]
    }
    if not pages:
        return
    st.html("<h2>Pages to check</h2>")
    chosen = st.selectbox(
        f"Page to check, of {len(pages)}",
        list(pages),
        index=None,
        placeholder="Choose a page",
        key=f"doubtful_{number}",
    )
    if not chosen:
        return
    doc_id, page = pages[chosen]
    st.html("".join(f"<p>{escape(str(reason))}</p>" for reason in page["reasons"]))
    release = pages_of(site, number)
    if release is None:
        st.html("<p>This release is no longer kept.</p>")
        return
    _show_page(
        site, release, PageReference(doc_id=doc_id, page_number=page["number"], release=number)
    )


def _show_page(site: Site, release: ReleasePages, reference: PageReference) -> None:
    read = release.pages.get((reference.doc_id, reference.page_number))
    if read is None:
        st.html("<p>No text from this page is in the release.</p>")
        return
    title = release.documents_by_id[reference.doc_id].title
    printed, text = st.columns(2)
    with printed:
        st.html("<h3>As it is printed</h3>")
        where = f"page {reference.page_number} of the file"
        show_page_image(site, reference, title, where, release=release)
    with text:
        text_read = escape(read.text) if read.text.strip() else "No text."
        st.html(f'<h3>As it was read</h3><p class="ssa-passage">{text_read}</p>')
