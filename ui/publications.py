"""Which publications are loaded, which are only known of, and what happened to each file."""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from index.releases import read_report
from ingest.document import Document
from ui.publishers import loaded_documents
from ui.quote import address_html
from ui.reference import PageReference
from ui.site import Site

_INTRODUCTION = """
<p>Only the publications under “Loaded” are searched and quoted. A question about the others gets no
answer here; read them at their address.</p>
"""
_Row = tuple[str, Sequence[str]]  # HTML of the row's heading and of its cells


def show(site: Site) -> None:
    """Draw the lists."""
    release = site.assistant.release
    st.title("Publications", anchor=False)
    st.html(f'{_INTRODUCTION}<p class="ssa-small">Index release {release.number}</p>')
    loaded = loaded_documents(release)
    others = [document for document in release.documents if document not in loaded]
    st.html(
        "<h2>Loaded</h2>"
        + documents_html(loaded, "Publications that are searched", release=release.number)
    )
    if others:
        st.html("<h2>Not loaded</h2>" + documents_html(others, "Known, but not searched"))
    report = read_report(release.folder)
    told = report_html(report) if report else "<p>The report of this release cannot be read.</p>"
    st.html("<h2>Report of the last indexing</h2>" + told)


def documents_html(
    documents: Sequence[Document], caption: str, *, release: int | None = None
) -> str:
    """A table of publications.

    Args:
        documents: one a row.
        caption: of the table.
        release: that holds their pages, which are then linked to; None for those not loaded.
    """
    return table_html(
        caption,
        ("Publication", "Date", "Status", "Pages", "Public address"),
        [_document_row(document, release) for document in documents],
    )


def _document_row(document: Document, release: int | None) -> _Row:
    named = ", ".join(part for part in (document.publisher, document.edition) if part)
    heading = escape(document.title) + (f"<p>{escape(named)}</p>" if named else "")
    if not document.described:
        heading += "<p>Not described in publications.toml: the title was taken from the file.</p>"
    if release is not None:
        heading += f"<p>{_first_page_html(document, release)}</p>"
    return heading, (
        document.issued.isoformat() if document.issued else "not recorded",
        escape(document.status.value),
        str(document.page_count) if document.page_count else "not known",
        address_html(document.source_url) if document.source_url else "none",
    )


def _first_page_html(document: Document, release: int) -> str:
    """A link that opens aside: an address followed in this tab would end the conversation.

    It leads to images of the pages. The file itself is not offered: a copy may be kept that opens
    without the password that its publisher gave it.
    """
    reference = PageReference(doc_id=document.doc_id, page_number=1, release=release)
    return (
        f'<a href="{escape(reference.address("."))}" target="_blank" rel="noopener noreferrer">'
        f'Read page by page<span class="ssa-unseen"> {escape(document.title)}</span></a>'
    )


def report_html(report: Sequence[dict[str, Any]]) -> str:
    """Result for each file of a release, with its doubtful pages folded away."""
    return table_html(
        "Result for each file",
        ("File", "Outcome", "Pages", "Passages", "Notes"),
        [_report_row(entry) for entry in report],
    )


def _report_row(entry: dict[str, Any]) -> _Row:
    told = [*entry["notes"], *entry.get("remarks", ())]
    notes = "".join(f"<p>{escape(str(note))}</p>" for note in told) or "none"
    passages = entry["passages"]
    return escape(str(entry["file"])), (
        escape(str(entry["verdict"])),
        str(int(entry["pages"])),
        str(int(passages)) if passages is not None else "none",
        notes + _pages_html(entry),
    )


def _pages_html(entry: dict[str, Any]) -> str:
    """What is to be said of single pages and of lines left out, folded away."""
    told = [_page_item(page) for page in entry.get("page_list", ()) if page["reasons"]]
    left_out = [
        f"<li>{int(count)} lines of {escape(str(role))}</li>"
        for role, count in entry.get("lines_left_out", {}).items()
    ]
    parts = (
        (f"Page by page ({len(told)})", told),
        ("Left out of passages", left_out),
    )
    return "".join(
        f"<details><summary>{summary}</summary><ul>{''.join(items)}</ul></details>"
        for summary, items in parts
        if items
    )


def _page_item(page: dict[str, Any]) -> str:
    label = page["label"]
    printed = f" (printed {label})" if label and label != str(page["number"]) else ""
    reasons = "; ".join(map(str, page["reasons"]))
    number, verdict = page["number"], page["verdict"]
    return f"<li>{escape(f'Page {number}{printed}: {verdict}: {reasons}')}</li>"


def table_html(caption: str, columns: Sequence[str], rows: Sequence[_Row]) -> str:
    """A table whose rows become blocks on a narrow screen, and stay a table to a screen reader."""
    head = "".join(f'<th scope="col" role="columnheader">{column}</th>' for column in columns)
    body = "".join(
        f'<tr role="row"><th scope="row" role="rowheader">{heading}</th>'
        + "".join(
            f'<td role="cell" data-label="{column}">{cell}</td>'
            for column, cell in zip(columns[1:], cells, strict=True)
        )
        + "</tr>"
        for heading, cells in rows
    )
    return (
        f'<table class="ssa-table" role="table"><caption>{caption}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )
