"""What is in the collection, and what is said of each publication."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from index.releases import Release, file_sha256, read_report
from ingest.document import Document, Status
from ingest.errors import IngestError, PublicationsInvalid
from ingest.publications import list_publications
from ingest.settings import IngestSettings, read_settings
from staff.first_look import FirstLook, first_look
from staff.shelf import Description, describe
from ui.manage import doubtful, told
from ui.manage.act import act, warn
from ui.publications import table_html
from ui.site import Site

_NONE = "none"
_LOOKS = 50


def show(site: Site) -> None:
    """The section."""
    try:
        found = list_publications(site.corpus)
    except PublicationsInvalid as error:
        warn(
            "The list of publications has faults. Whoever runs the program mends them in "
            f"publications.toml; nothing can be described here before. {error}"
        )
        return
    except IngestError as error:
        warn(str(error))
        return
    documents = [*found.documents, *found.not_loaded, *found.missing_files]
    st.html(_table(documents, site.assistant.release))
    by_id = {document.doc_id: document for document in documents}
    ids = list(by_id)
    undescribed = (ids.index(document.doc_id) for document in documents if not document.described)
    chosen = st.selectbox(
        "Publication to describe",
        ids,
        index=next(undescribed, 0),
        format_func=lambda doc_id: _name(by_id[doc_id]),
        key="manage_described",
    )
    if chosen:
        _form(site, by_id[chosen], documents)
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
    words = "; ".join(f"page {each.page_number}: “{each.words}”" for each in look.proposal.found)
    st.html(
        '<p class="ssa-notice">Proposed from the file'
        + (
            f" ({escape(words)})"
            if words
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
                    escape(_reading(document, entry)),
                ),
            )
        )
    return "<h2>The collection</h2>" + table_html(
        f"Beside the live release {release.number}",
        ("Publication", "Edition", "Date", "Status", "Pages", "Passages", "Reading"),
        rows,
    )


def _reading(document: Document, entry: Mapping[str, Any]) -> str:
    unread = "not read yet" if document.file else "no file"
    return str(entry.get("verdict", unread))


def _form(site: Site, document: Document, documents: Sequence[Document]) -> None:
    others = {
        other.doc_id: _name(other)
        for other in documents
        if other.described and other.doc_id != document.doc_id
    }
    ids = list(others)
    if document.file is None:
        st.html("<p>It has no file here. Upload one under “Add files” and describe that.</p>")
        return
    if not (site.corpus / document.file).is_file():
        st.html(
            f"<p>Its file {escape(document.file)} is missing. Take it in again under “Add "
            "files”; then it can be described.</p>"
        )
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
            [_NONE, *ids],
            index=1 + ids.index(document.supersedes) if document.supersedes in others else 0,
            format_func=lambda doc_id: others.get(doc_id, doc_id),
            help="A publication must be described before another one can replace it.",
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
    if faults := _faults(title, address.strip()):
        warn(f"Not saved. {' '.join(faults)}")
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
        told.tell([f"Saved: “{title.strip()}”. Officials see it once a new release is published."])
        st.rerun()


def _faults(title: str, address: str) -> list[str]:
    """What the form holds that cannot be saved, in its own terms."""
    faults = [] if title.strip() else ["The title is empty: type it as it is printed."]
    if address and not _is_web_address(address):
        faults.append(
            "The public address must begin with https:// or http:// and name a site; or leave it "
            "empty."
        )
    return faults


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
