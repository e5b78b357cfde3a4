"""Two releases -> which publications and pages came, went and changed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from index.records import document_from, read_lines
from index.releases import release_folder
from ingest.document import Document

_TOLD = ("title", "edition", "issued", "status", "supersedes", "publisher", "file")


class Change(StrEnum):
    """What happened to a publication or a page."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentChange:
    """One publication that is not the same in two releases."""

    doc_id: str
    title: str
    change: Change
    told: tuple[str, ...] = ()  # what is said of it, such as "status: current -> superseded"
    pages: tuple[tuple[int, Change], ...] = ()  # whose text differs; only of a changed one


def diff(root: Path, old: int, new: int) -> list[DocumentChange]:
    """The publications that two releases of an index do not have in common, by title.

    Reads only their lists and pages, so that it is quick and needs no model.

    Raises:
        OSError, ValueError: a release cannot be read; `python -m index verify` says more.
    """
    before, after = _documents(root, old), _documents(root, new)
    pages_before, pages_after = _page_texts(root, old), _page_texts(root, new)
    changes = [
        *(_came_or_went(document, Change.REMOVED) for document in _missing(before, after)),
        *(_came_or_went(document, Change.ADDED) for document in _missing(after, before)),
    ]
    for doc_id in before.keys() & after.keys():
        told = _told(before[doc_id], after[doc_id])
        pages = _differing(pages_before[doc_id], pages_after[doc_id])
        if told or pages:
            title = after[doc_id].title
            changes.append(
                DocumentChange(
                    doc_id=doc_id, title=title, change=Change.CHANGED, told=told, pages=pages
                )
            )
    return sorted(changes, key=lambda change: (change.title, change.doc_id))


def _missing(here: Mapping[str, Document], there: Mapping[str, Document]) -> list[Document]:
    return [document for doc_id, document in here.items() if doc_id not in there]


def _came_or_went(document: Document, change: Change) -> DocumentChange:
    return DocumentChange(doc_id=document.doc_id, title=document.title, change=change)


def _documents(root: Path, number: int) -> dict[str, Document]:
    lines = read_lines(release_folder(root, number) / "documents.jsonl")
    documents = map(document_from, lines)
    return {document.doc_id: document for document in documents if document.page_count}


def _page_texts(root: Path, number: int) -> defaultdict[str, dict[int, str]]:
    """doc_id -> page number -> text."""
    texts: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for line in read_lines(release_folder(root, number) / "pages.jsonl"):
        texts[line["doc_id"]][line["number"]] = line["text"]
    return texts


def _told(one: Document, other: Document) -> tuple[str, ...]:
    return tuple(
        f"{name}: {getattr(one, name)} -> {getattr(other, name)}"
        for name in _TOLD
        if getattr(one, name) != getattr(other, name)
    )


def _differing(one: Mapping[int, str], other: Mapping[int, str]) -> tuple[tuple[int, Change], ...]:
    changes = []
    for number in sorted(one.keys() | other.keys()):
        if number not in one:
            changes.append((number, Change.ADDED))
        elif number not in other:
            changes.append((number, Change.REMOVED))
        elif one[number] != other[number]:
            changes.append((number, Change.CHANGED))
    return tuple(changes)
