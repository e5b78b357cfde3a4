"""Look at what is quoted from a page, and take a page or a passage out of the answers."""

from datetime import UTC, datetime
from html import escape

import streamlit as st

from ingest.document import Passage
from ingest.errors import IngestError
from ingest.switched_off import SwitchedOff, beginnings, read_switched_off
from staff.shelf import switch_off, switch_on
from ui.manage.act import act, warn
from ui.reference import PageReference
from ui.show_reply import show_page_image
from ui.site import Site

_WHOLE_PAGE = "The whole page"


def show(site: Site) -> None:
    """The section."""
    try:
        switched_off = read_switched_off(site.corpus)
    except IngestError as error:
        warn(str(error))
        return
    _show_switched_off(site, switched_off)
    release = site.assistant.release
    titles = {
        f"{release.documents_by_id[doc_id].title} ({doc_id})": doc_id
        for doc_id in release.passages_by_document
    }
    chosen = st.selectbox("Publication", list(titles), key="manage_page_of")
    if not chosen:
        return
    doc_id = titles[chosen]
    last = release.documents_by_id[doc_id].page_count
    number = int(st.number_input("Page of the file", 1, last, key=f"manage_page_{doc_id}"))
    passages = [
        passage for passage in release.passages_by_document[doc_id] if number in passage.pages
    ]
    st.html(f"<h2>Passages of page {number}, in the live release</h2>" + _passages(passages))
    with st.expander("The page as it is printed"):
        _show_image(site, doc_id, number)
    _form(site, doc_id, number, passages)


def _show_image(site: Site, doc_id: str, number: int) -> None:
    reference = PageReference(
        doc_id=doc_id, page_number=number, release=site.assistant.release.number
    )
    title = site.assistant.release.documents_by_id[doc_id].title
    show_page_image(site, reference, title, f"page {number} of the file")


def _passages(passages: list[Passage]) -> str:
    if not passages:
        return "<p>Nothing of this page is quoted.</p>"
    return "".join(
        f'<p class="ssa-small">{escape(" > ".join(passage.heading_path))}</p>'
        f'<p class="ssa-passage">{escape(passage.text)}</p>'
        for passage in passages
    )


def _form(site: Site, doc_id: str, number: int, passages: list[Passage]) -> None:
    with st.form(f"switch_off_{doc_id}_{number}"):
        what = st.selectbox("Exclude from answers", [_WHOLE_PAGE, *beginnings(passages)])
        reason = st.text_input("Reason", max_chars=300)
        sent = st.form_submit_button("Switch off")
    if not sent:
        return
    begin = "" if what == _WHOLE_PAGE else what
    if act(
        site,
        "switched off",
        f"{doc_id}, page {number}: {begin or _WHOLE_PAGE.lower()}: {reason}",
        lambda: switch_off(
            site.corpus,
            doc_id,
            number,
            begins=begin,
            reason=reason,
            since=datetime.now(UTC).date(),
        ),
    ):
        st.rerun()


def _show_switched_off(site: Site, switched_off: tuple[SwitchedOff, ...]) -> None:
    if not switched_off:
        return
    st.html(
        "<h2>Switched off</h2><p>These are out of the answers from the next release on that is "
        "made and published.</p>"
    )
    for row, off in enumerate(switched_off):
        st.html(f"<p>{escape(off.doc_id)}: {escape(off.in_words())}</p>")
        if st.button(f"Switch on again ({off.doc_id}, page {off.page})", key=f"switch_on_{row}"):
            _switch_on(site, off)


def _switch_on(site: Site, off: SwitchedOff) -> None:
    def step() -> None:
        switch_on(site.corpus, off.doc_id, off.page, begins=off.begins)

    if act(site, "switched on", f"{off.doc_id}, page {off.page}", step):
        st.rerun()
