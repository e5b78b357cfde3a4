"""publications.toml and the PDFs beside it -> the list of publications, described or not."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.document import Document, Status
from ingest.errors import CorpusMissing
from ingest.folder import look_into
from ingest.report import FileReport
from ingest.toml_list import fault_list, read_entries

LIST_NAME = "publications.toml"
_TEXT_KEYS = ("publisher", "edition", "source_url", "licence")
_PRIVATE_KEYS = ("password",)  # needed to read the file; never part of a Document
_KEYS = frozenset(
    {"id", "title", "issued", "status", "supersedes", "file", "sha256", *_TEXT_KEYS, *_PRIVATE_KEYS}
)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_MAX_SLUG = 200  # characters: a file of the index is named by it


@dataclass(frozen=True, kw_only=True, slots=True)
class Publications:
    """What belongs to a corpus folder."""

    documents: tuple[Document, ...]  # with a file that is there, described ones first
    not_loaded: tuple[Document, ...]  # listed, but without a file
    missing_files: tuple[Document, ...]  # listed with a file that is not in the folder
    left_out: tuple[FileReport, ...] = ()  # what else lies in the folder and is not read
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)  # doc_id -> password


def list_publications(corpus: Path) -> Publications:
    """Read the list of publications and find the PDFs that it does not mention.

    Raises:
        CorpusMissing: there is no such folder, or nothing in it to index.
        PublicationsInvalid: the list has faults; all are named at once.
    """
    files, left_out = look_into(corpus)
    described, passwords = read_list(corpus / LIST_NAME)
    refused = {report.file for report in left_out}
    with_file = [d for d in described if d.file is not None]
    present = [d for d in with_file if d.file in files or d.file in refused]
    taken = {d.doc_id for d in described}
    undescribed = []
    for name in files:
        if name not in {d.file for d in with_file}:
            document = _undescribed(name, taken)
            taken.add(document.doc_id)
            undescribed.append(document)
    indexed = [
        d
        for d in present
        if d.status not in (Status.WITHDRAWN, Status.NOT_LOADED) and d.file not in refused
    ]
    if not indexed and not undescribed:
        message = f"{corpus}: holds no PDF to index; put the publications' PDFs in it" + "".join(
            f" | {note}" for report in left_out for note in report.notes
        )
        raise CorpusMissing(message)
    return Publications(
        documents=(*indexed, *undescribed),
        not_loaded=tuple(d for d in described if d not in indexed and d not in with_file)
        + tuple(d for d in present if d not in indexed),
        missing_files=tuple(d for d in with_file if d not in present),
        left_out=tuple(left_out),
        passwords=passwords,
    )


def read_list(path: Path) -> tuple[list[Document], dict[str, str]]:
    """The publications of the list, and the passwords of those that have one."""
    entries = read_entries(path, "publication")
    faults: list[str] = []
    documents: list[Document] = []
    for number, entry in enumerate(entries, start=1):
        where = f'publication {number} ("{entry.get("id", "without id")}")'
        earlier = entries[: number - 1]
        found = _entry_faults(
            entry,
            {other["id"] for other in earlier if isinstance(other.get("id"), str)},
            {other["file"] for other in earlier if isinstance(other.get("file"), str)},
        )
        faults.extend(f"{where}: {fault}" for fault in found)
        if not found:
            documents.append(_document(entry))
    known = {d.doc_id for d in documents}
    faults.extend(
        f'publication "{d.doc_id}": supersedes names the unknown id "{d.supersedes}"'
        for d in documents
        if d.supersedes is not None and d.supersedes not in known
    )
    if faults:
        raise fault_list(path, faults)
    return documents, {entry["id"]: entry["password"] for entry in entries if "password" in entry}


def _entry_faults(entry: dict[str, Any], ids_so_far: set[str], files_so_far: set[str]) -> list[str]:
    return [
        *_field_faults(entry),
        *_id_faults(entry.get("id"), ids_so_far),
        *_status_faults(entry.get("status"), entry.get("file")),
        *_file_faults(entry.get("file"), files_so_far),
    ]


def _field_faults(entry: dict[str, Any]) -> list[str]:
    """Unknown, missing and mistyped fields."""
    faults = [f"unknown field {key}" for key in sorted(set(entry) - _KEYS)]
    faults += [
        f"{key} is missing; give it a text in quotes"
        for key in ("id", "title", "status")
        if not isinstance(entry.get(key), str) or not entry[key].strip()
    ]
    faults += [
        f"{key} must be a text in quotes"
        for key in (*_TEXT_KEYS, *_PRIVATE_KEYS, "supersedes", "file", "sha256")
        if key in entry and not isinstance(entry[key], str)
    ]
    issued = entry.get("issued")
    if issued is not None and (not isinstance(issued, dt.date) or isinstance(issued, dt.datetime)):
        faults.append("issued must be a date without quotes, such as 2026-11-22")
    return faults


def _id_faults(doc_id: object, ids_so_far: set[str]) -> list[str]:
    if not isinstance(doc_id, str):
        return []
    faults = []
    if doc_id in ids_so_far:
        faults.append("the id is used by an earlier entry; ids must differ")
    if not _SLUG.fullmatch(doc_id):
        faults.append("the id may hold only small letters, digits and hyphens")
    if len(doc_id) > _MAX_SLUG:
        faults.append(f"the id may have at most {_MAX_SLUG} characters")
    return faults


def _status_faults(status: object, file: object) -> list[str]:
    if not isinstance(status, str):
        return []
    if status not in set(Status):
        return [f'status "{status}" is none of {", ".join(Status)}']
    if status in (Status.CURRENT, Status.SUPERSEDED) and not file:
        return [f'status "{status}" needs a file; or set it to "{Status.NOT_LOADED}"']
    return []


def _file_faults(file: object, files_so_far: set[str]) -> list[str]:
    if not isinstance(file, str):
        return []
    faults = []
    if Path(file).name != file:
        faults.append("file must be a plain file name inside the corpus folder")
    if file in files_so_far:
        faults.append("file is used by an earlier entry; each entry has its own file")
    return faults


def _document(entry: dict[str, Any]) -> Document:
    return Document(
        doc_id=entry["id"],
        title=entry["title"],
        publisher=entry.get("publisher", ""),
        edition=entry.get("edition", ""),
        issued=entry.get("issued"),
        status=Status(entry["status"]),
        supersedes=entry.get("supersedes"),
        source_url=entry.get("source_url", ""),
        licence=entry.get("licence", ""),
        file=entry.get("file"),
        sha256=entry.get("sha256"),
        page_count=0,
        described=True,
    )


def _undescribed(name: str, taken: set[str]) -> Document:
    base = slugify(Path(name).stem)
    slug = base[:_MAX_SLUG]
    number = 2
    while slug in taken:
        ending = f"-{number}"
        slug = base[: _MAX_SLUG - len(ending)] + ending
        number += 1
    return Document(
        doc_id=slug,
        title="",  # taken from the file when it is read
        publisher="",
        edition="",
        issued=None,
        status=Status.CURRENT,
        supersedes=None,
        source_url="",
        licence="",
        file=name,
        sha256=None,
        page_count=0,
        described=False,
    )


def slugify(text: str) -> str:
    """Small letters, digits and hyphens of a text; "publication" when none are left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "publication"
