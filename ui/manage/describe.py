"""What is in the collection, and what is said of each publication."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from index.releases import Release, read_report
from ingest.document import Document, Status
from ingest.errors import IngestError
from ingest.publications import list_publications
from staff.shelf import Description, describe
from ui.manage.act import act, warn
from ui.publications import table_html
from ui.site import Site

_NONE = "none"


def show(site: Site) -> None:
    """The section."""
    try:
        found = list_publications(site.corpus)
    except IngestError as error:
        warn(str(error))
        return
    documents = [*found.documents, *found.not_loaded, *found.missing_files]
    st.html(_table(documents, site.assistant.release))
    names = {_name(document): document for document in documents}
    chosen = st.selectbox("Publication to describe", list(names), key="manage_described")
    if chosen:
        _form(site, names[chosen], documents)


def _name(document: Document) -> str:
    return f"{document.title or document.file} ({document.doc_id})"


def _table(documents: Sequence[Document], release: Release) -> str:
    reports = {entry.get("doc_id"): entry for entry in read_report(release.folder) or ()}
    rows = []
    for document in documents:
        live = release.documents_by_id.get(document.doc_id)
        entry = reports.get(document.doc_id) or {}
        passages = release.passages_by_document.get(document.doc_id, ())
        changed = live is not None and (live.status, live.edition, live.title, live.issued) != (
            document.status,
            document.edition,
            document.title or live.title,
            document.issued,
        )
        title = document.title or (live.title if live else "") or document.file or document.doc_id
        note = "" if document.described else "<p>Not described yet.</p>"
        note += "<p>Changed since the live release was made.</p>" if changed else ""
        rows.append(
            (
                escape(title) + f"<p>{escape(document.file or 'no file')}</p>" + note,
                (
                    escape(document.edition or "not stated"),
                    document.issued.isoformat() if document.issued else "not stated",
                    escape(document.status.value),
                    str(live.page_count) if live and passages else "not live",
                    str(len(passages)),
                    escape(str(entry.get("verdict", "not read yet"))),
                ),
            )
        )
    return "<h2>The collection</h2>" + table_html(
        f"Beside the live release {release.number}",
        ("Publication", "Edition", "Date", "Status", "Pages", "Passages", "Reading"),
        rows,
    )


def _form(site: Site, document: Document, documents: Sequence[Document]) -> None:
    live = site.assistant.release.documents_by_id.get(document.doc_id)
    proposed = document.title or (live.title if live else "") or Path(document.file or "").stem
    others = [other.doc_id for other in documents if other.doc_id != document.doc_id]
    if document.file is None:
        st.html("<p>It has no file here. Upload one under “Add files” and describe that.</p>")
        return
    key = document.doc_id
    with st.form(f"describe_{key}"):
        title = st.text_input("Title, as printed", proposed, key=f"title_{key}")
        edition = st.text_input("Edition", document.edition, key=f"edition_{key}")
        issued = st.date_input(
            "Date of issue (empty if it has none)",
            document.issued,
            min_value="1800-01-01",
            key=f"issued_{key}",
        )
        publisher = st.text_input("Publisher", document.publisher, key=f"publisher_{key}")
        replaces = st.selectbox(
            "Replaces (its answers then come from this one)",
            [_NONE, *others],
            index=1 + others.index(document.supersedes) if document.supersedes in others else 0,
            key=f"supersedes_{key}",
        )
        statuses = [Status.CURRENT, Status.SUPERSEDED, Status.WITHDRAWN]
        status = st.selectbox(
            "Status",
            statuses,
            index=statuses.index(document.status) if document.status in statuses else 0,
            format_func=str,
            key=f"status_{key}",
        )
        address = st.text_input("Public address", document.source_url, key=f"url_{key}")
        licence = st.text_input("Licence", document.licence, key=f"licence_{key}")
        saved = st.form_submit_button("Save the description", type="primary")
    if not saved:
        return
    description = Description(
        doc_id=document.doc_id,
        title=title.strip(),
        file=document.file,
        status=status,
        publisher=publisher.strip(),
        edition=edition.strip(),
        issued=issued,
        supersedes=None if replaces == _NONE else replaces,
        source_url=address.strip(),
        licence=licence.strip(),
    )
    if act(
        site,
        "described",
        f"{document.doc_id}: {status.value}",
        lambda: describe(site.corpus, description),
    ):
        st.rerun()
