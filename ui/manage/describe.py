"""What is in the collection, and what is said of each publication."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from index.releases import Release, file_sha256, read_report
from ingest.document import Document, Status
from ingest.errors import IngestError
from ingest.publications import list_publications
from ingest.settings import IngestSettings, read_settings
from staff.first_look import FirstLook, first_look
from staff.shelf import Description, describe
from ui.manage import doubtful
from ui.manage.act import act, warn
from ui.publications import table_html
from ui.site import Site

_NONE = "none"
_LOOKS = 50


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
    release = site.assistant.release
    doubtful.show(site, release.number, read_report(release.folder) or ())


def _look(site: Site, document: Document) -> FirstLook:
    file = site.corpus / (document.file or "")
    try:
        settings = read_settings(site.config, "ingest", IngestSettings)
        return _looked(str(file), file_sha256(file), document, settings)
    except (IngestError, OSError) as error:
        warn(str(error))
        return FirstLook()


@st.cache_data(max_entries=_LOOKS, show_spinner="Looking at the first pages …")
def _looked(file: str, sha256: str, document: Document, settings: IngestSettings) -> FirstLook:
    del sha256  # so that another file of the same name is looked at anew
    return first_look(Path(file), document, settings=settings)


def _show_look(look: FirstLook, document: Document) -> None:
    if document.described:
        return
    told = "; ".join(f"page {each.page_number}: “{each.words}”" for each in look.proposal.found)
    st.html(
        '<p class="ssa-notice">Proposed from the file'
        + (
            f" ({escape(told)})"
            if told
            else "; no edition and no date was found on its first pages"
        )
        + ". Compare it with the cover before you save it.</p>"
    )


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
                    document.issued.isoformat() if document.issued else "not recorded",
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
    others = [other.doc_id for other in documents if other.doc_id != document.doc_id]
    if document.file is None:
        st.html("<p>It has no file here. Upload one under “Add files” and describe that.</p>")
        return
    key = document.doc_id
    look = FirstLook() if document.described else _look(site, document)
    proposed = document.title or look.title or Path(document.file).stem
    _show_look(look, document)
    with st.form(f"describe_{key}"):
        title = st.text_input("Title, as printed", proposed, key=f"title_{key}")
        edition = st.text_input(
            "Edition", document.edition or look.proposal.edition, key=f"edition_{key}"
        )
        issued = st.date_input(
            "Date of issue (empty if it has none)",
            document.issued or look.proposal.issued,
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
