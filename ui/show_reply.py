"""A question and its reply on the page: quotations with their sources, or a refusal."""

from html import escape

import streamlit as st

from answer import messages_es
from answer.formats import doubt_line, page_name, part_lines
from answer.reply import Abstention, Answer, Citation, Language, Reason, Reply, Statement
from answer.route_messages import TITLES
from answer.routes import Route
from index.releases import ReleasePages
from ingest.errors import PdfUnreadable
from ui import feedback, place
from ui.citation_text import citation_text
from ui.kept import pages_of
from ui.page_image import page_png
from ui.quote import lead_html, passage_html, quotation_html, source_label, warning_html
from ui.reference import PageReference
from ui.session import Turn
from ui.site import ASK_PATH, Site

_NOT_SEARCHED = frozenset({Reason.EMPTY, Reason.TOO_LONG, Reason.NO_WORDS, Reason.NOTHING_BEFORE})
_BUSY = "Many questions are being asked at this moment. Please try again in a few seconds."


def show_turn(site: Site, turn: Turn) -> None:
    """One question with its reply."""
    with st.chat_message("user"):
        st.html(f'<h2 class="ssa-question">{escape(turn.question)}</h2>')
    with st.chat_message("assistant"):
        reply = turn.reply
        if reply is None:
            st.html(_refusal_html("Busy, not searched", _BUSY))
            return
        if reply.understood and reply.understood != " ".join(reply.question.split()):
            st.html(_understood_html(reply))
        if isinstance(reply, Answer):
            if not reply.sure:
                st.html(warning_html(doubt_line(reply), language=reply.language.value))
            if reply.note:
                st.html(warning_html(reply.note, language=reply.language.value))
            if reply.lead:
                st.html(lead_html(reply.lead))
            _show_statements(site, turn, reply.statements, reply.language)
            for line in part_lines(reply):
                st.html(warning_html(line))
        else:
            _show_abstention(site, turn, reply)
        st.html(f'<p class="ssa-small">Index release {reply.release}</p>')
        if isinstance(reply, Answer) or reply.reason not in (*_NOT_SEARCHED, *Route):
            feedback.show(site, turn)


def _understood_html(reply: Reply) -> str:
    """How the question was read; to one in Spanish also that quotations are not translated."""
    if reply.language is Language.ENGLISH:
        return f'<p class="ssa-understood">Understood as: {escape(reply.understood)}</p>'
    note = f"{messages_es.SEARCHED_AS}: {escape(reply.understood)}"
    return f'<p class="ssa-understood" lang="es">{note}<br>{messages_es.QUOTATIONS}</p>'


def _show_abstention(site: Site, turn: Turn, reply: Abstention) -> None:
    spanish = reply.language is Language.SPANISH
    title = _spanish_title(reply.reason) if spanish else _title(reply.reason)
    st.html(_refusal_html(title, reply.message, language=reply.language.value))
    if reply.related:
        heading = messages_es.RELATED if spanish else "Related passages, not an answer"
        st.html(f'<h3 lang="{reply.language.value}">{heading}</h3>')
        _show_statements(site, turn, reply.related, reply.language, related=True)


def _title(reason: Reason | Route) -> str:
    if isinstance(reason, Route):
        return TITLES[reason]
    if reason in _NOT_SEARCHED:
        return "Please rephrase your question"
    return "No answer from the publications"


def _spanish_title(reason: Reason | Route) -> str:
    if isinstance(reason, Route):
        return messages_es.TITLES[reason]
    return messages_es.OTHERWISE if reason in _NOT_SEARCHED else messages_es.NO_ANSWER


def _refusal_html(title: str, message: str, *, language: str = "en") -> str:
    return (
        f'<div class="ssa-refusal" lang="{language}"><p><strong>{escape(title)}</strong></p>'
        f"<p>{escape(message)}</p></div>"
    )


def _show_statements(
    site: Site,
    turn: Turn,
    statements: tuple[Statement, ...],
    language: Language,
    *,
    related: bool = False,
) -> None:
    for number, statement in enumerate(statements, start=1):
        st.html(
            quotation_html(
                number, statement, turn.documents, related=related, language=language.value
            )
        )
        _show_source(site, turn, number, statement)


@st.fragment
def _show_source(site: Site, turn: Turn, number: int, statement: Statement) -> None:
    """The passage around a quotation and the page it stands on, made only when opened.

    Labels are markdown, so nothing that comes from a publication may stand in them.
    """
    key = place.source_key(turn.number, number)
    place.reopen(key)
    panel = st.expander(
        f"{source_label(number)}: passage, page image and citation to copy",
        key=key,
        on_change="rerun",
    )
    place.note_open(key, is_open=bool(panel.open))
    if not panel.open or turn.reply is None:
        return
    with panel:
        st.html(passage_html(statement))
        release = pages_of(site, turn.reply.release)
        if release is None:
            st.html(
                '<p class="ssa-warning">The publications have been re-indexed since this '
                "answer, and the earlier version is no longer kept. Ask again to see the page.</p>"
            )
            return
        for citation in statement.sources:
            _show_page(site, turn, number, citation, release)
        st.html(f"<h3>Citation of {source_label(number).lower()}, to be copied</h3>")
        text = citation_text(statement, turn.documents, turn.reply.release, page_address)
        st.code(text, language=None, wrap_lines=True)


def page_address(citation: Citation, release: int) -> str:
    """The address at which a cited page is shown, as the browser reaches this program."""
    root = (st.context.url or "").removesuffix("/").removesuffix(f"/{ASK_PATH}")
    return PageReference.of(citation, release).address(root) if root else ""


def _show_page(
    site: Site, turn: Turn, number: int, citation: Citation, release: ReleasePages
) -> None:
    reference = PageReference.of(citation, release.number)
    where = page_name(citation.page_number, citation.page_label)
    title = turn.documents[citation.doc_id].title
    show_page_image(site, reference, title, where, release=release)
    st.page_link(
        site.source_page,
        label=f"Open source {number} by itself (page {citation.page_number} of the file)",
        query_params=reference.query(),
    )


def show_page_image(
    site: Site,
    reference: PageReference,
    title: str,
    where: str,
    *,
    release: ReleasePages | None = None,
) -> None:
    """The image of a page with the quotation highlighted, or a word on why there is none."""
    try:
        png = page_png(
            release or site.assistant.release, reference, scale=site.settings.image_scale
        )
    except (PdfUnreadable, OSError):
        st.html('<p class="ssa-warning">The image of this page cannot be made.</p>')
        return
    quoted = reference.start_char < reference.end_char
    marked = "; the quotation is highlighted in yellow" if quoted else ""
    st.image(png, alt=f"Image of {where}, {title}{marked}", width="stretch", output_format="PNG")
    st.html(f'<p class="ssa-small">Image of {escape(where)}{marked}.</p>')
