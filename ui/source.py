"""One cited page, at an address of its own."""

from html import escape

import streamlit as st

from answer.editions import successors
from answer.formats import page_name
from answer.notes import edition_note
from index.releases import ReleasePages
from ingest.document import Document, Page
from ui import place
from ui.kept import pages_of
from ui.quote import page_text_html, recognised_html, warning_html
from ui.reference import CitedPage, PageReference, ReferenceInvalid, look_up, release_of
from ui.show_reply import show_page_image
from ui.site import Site

_OUTDATED = """
<div class="ssa-refusal"><p><strong>The words are not highlighted.</strong></p>
<p>This link was created before the publications were last indexed. Check that the page is the one
you look for, or ask again.</p></div>
"""
_EARLIER = """
<div class="ssa-refusal"><p><strong>This is the page as it was cited.</strong></p>
<p>The publications have changed since. Ask again to see what they say now.</p></div>
"""


def show(site: Site) -> None:
    """Draw the page that the query parameters name."""
    release = _release(site)
    try:
        cited = look_up(st.query_params, release)
    except ReferenceInvalid as error:
        st.title("Cited page", anchor=False)
        st.html(f'<div class="ssa-refusal"><p>{escape(str(error))}</p></div>')
        _link_back(site)
        return
    place.leave_for(cited.reference)
    _show_cited(site, cited, release)


def _release(site: Site) -> ReleasePages:
    """The release that the address was made for where it is kept; else the live one."""
    live = site.assistant.release
    number = release_of(st.query_params)
    return live if number is None else pages_of(site, number) or live


def _standing_html(site: Site, document: Document) -> str:
    """A warning when a publication is, as of now, not the edition to go by."""
    live = site.assistant.release.documents_by_id
    after = successors(live.values())
    now = live.get(document.doc_id, document)
    return warning_html(edition_note(now, after.get(document.doc_id)))


def _show_cited(site: Site, cited: CitedPage, release: ReleasePages) -> None:
    document, page, reference = cited.document, cited.page, cited.reference
    warnings = _standing_html(site, document) + recognised_html(page)
    where = page_name(page.number, page.label)
    issued = document.issued.isoformat() if document.issued else "date not recorded"
    described = ", ".join(part for part in (document.publisher, document.edition, issued) if part)
    st.html(
        f"<h1>{escape(document.title)}</h1><p>{escape(described)}</p>"
        f"<p><strong>{escape(where)}</strong>; the file has {document.page_count} pages; "
        f"index release {reference.release}</p>{warnings}"
    )
    if cited.outdated:
        st.html(_OUTDATED)
    if release is not site.assistant.release:
        st.html(_EARLIER)
    _link_back(site)
    _show_neighbours(reference, document.page_count)
    quoted = page.text[reference.start_char : reference.end_char]
    if quoted:
        st.html(
            '<h2>Quoted words</h2><figure class="ssa-quotation"><blockquote>'
            f'<p class="ssa-passage">{escape(quoted)}</p></blockquote></figure>'
        )
    st.html("<h2>Image of the page</h2>")
    show_page_image(site, reference, document.title, where, release=release)
    st.html(f"<h2>Text of the page</h2>{_text_html(page, reference)}")
    _link_back(site)


def _text_html(page: Page, reference: PageReference) -> str:
    if not page.text.strip():
        return "<p>No text could be read from this page.</p>"
    return page_text_html(page, reference.start_char, reference.end_char)


def _show_neighbours(reference: PageReference, page_count: int) -> None:
    """Buttons and not links: a link to the same page leaves the address bar as it was."""
    with st.container(horizontal=True):
        for label, step in (("Previous page", -1), ("Next page", 1)):
            number = reference.page_number + step
            neighbour = PageReference(
                doc_id=reference.doc_id, page_number=number, release=reference.release
            )
            st.button(
                label,
                on_click=st.query_params.from_dict,
                args=(neighbour.query(),),
                disabled=not 1 <= number <= page_count,
            )


def _link_back(site: Site) -> None:
    st.page_link(site.ask_page, label="Back to the conversation")
