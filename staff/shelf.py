"""What staff change in the corpus folder: files, their descriptions, what is switched off.

Every change is checked as a whole and written in one step; what is wrong is told and nothing is
changed. The comments that people wrote into the lists stay. Nothing is live before it is built,
compared and published.
"""

import datetime as dt
import fcntl
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from index.releases import file_sha256
from ingest.document import Status
from ingest.errors import IngestError
from ingest.folder import is_pdf
from ingest.publications import LIST_NAME, read_list, slugify
from ingest.switched_off import SWITCHED_OFF_NAME, read_switched_off
from ingest.whole_file import remove_parts, write_whole
from staff.errors import ShelfInvalid

_MIB = 2**20


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """What staff say of a publication."""

    doc_id: str
    title: str
    file: str
    status: Status = Status.CURRENT
    publisher: str = ""
    edition: str = ""
    issued: dt.date | None = None
    supersedes: str | None = None
    source_url: str = ""
    licence: str = ""


def add_file(corpus: Path, name: str, pdf_bytes: bytes, *, max_file_mib: int) -> str:
    """Take an uploaded PDF into the corpus folder.

    Args:
        corpus: the folder.
        name: as the browser gives it; only letters, digits and hyphens of it are used.
        pdf_bytes: the file.
        max_file_mib: larger ones are refused, MiB.

    Returns:
        The name under which it lies in the folder.

    Raises:
        ShelfInvalid: it is no PDF, too large, or in the folder already.
    """
    if len(pdf_bytes) > max_file_mib * _MIB:
        message = f"{name}: has more than {max_file_mib} MiB; make it smaller, or split it"
        raise ShelfInvalid(message)
    if not is_pdf(pdf_bytes):
        message = f"{name}: is not a PDF, despite its name; export or print it as PDF"
        raise ShelfInvalid(message)
    with _alone(corpus):
        sha256 = hashlib.sha256(pdf_bytes).hexdigest()
        for other in sorted(corpus.glob("*.[pP][dD][fF]")):
            if other.is_file() and file_sha256(other) == sha256:
                message = f"{name}: is the same file as {other.name}, which is here already"
                raise ShelfInvalid(message)
        file = corpus / f"{slugify(Path(name).stem)}.pdf"
        number = 2
        while file.exists():
            file = corpus / f"{slugify(Path(name).stem)}-{number}.pdf"
            number += 1
        write_whole(file, pdf_bytes)
    return file.name


def describe(corpus: Path, description: Description) -> None:
    """Enter a publication in the list, or change its entry; what it replaces becomes superseded.

    Raises:
        ShelfInvalid: the list would have faults; they are named.
    """

    def change(document: TOMLDocument) -> None:
        entry = _entry(document, description.doc_id)
        if entry is None:
            entry = tomlkit.table()
            entry["id"] = description.doc_id
            _entries(document, "publication").append(entry)
        fields: dict[str, str | dt.date | None] = {
            "title": description.title,
            "publisher": description.publisher,
            "edition": description.edition,
            "issued": description.issued,
            "status": description.status.value,
            "supersedes": description.supersedes,
            "source_url": description.source_url,
            "file": description.file,
            "sha256": file_sha256(corpus / description.file),
            "licence": description.licence,
        }
        for key, value in fields.items():
            if value is not None:
                entry[key] = value
            elif key in entry:
                del entry[key]
        older = _entry(document, description.supersedes or "")
        if older is not None and older.get("status") == Status.CURRENT.value:
            older["status"] = Status.SUPERSEDED.value

    _change(corpus / LIST_NAME, change, check=read_list)


def switch_off(
    corpus: Path, doc_id: str, page: int, *, begins: str, reason: str, since: dt.date
) -> None:
    """Take a page, or the passage on it that begins so, out of the answers.

    Raises:
        ShelfInvalid: there is no reason, or the entry would have faults.
    """

    def change(document: TOMLDocument) -> None:
        entry = tomlkit.table()
        entry["id"], entry["page"] = doc_id, page
        if begins:
            entry["begins"] = begins
        entry["reason"], entry["since"] = reason.strip(), since
        _entries(document, "off").append(entry)

    _change(corpus / SWITCHED_OFF_NAME, change, check=lambda path: read_switched_off(path.parent))


def switch_on(corpus: Path, doc_id: str, page: int, *, begins: str) -> None:
    """Let a page or a passage be quoted again; nothing happens when it was not switched off."""

    def change(document: TOMLDocument) -> None:
        entries = _entries(document, "off")
        for number in reversed(range(len(entries))):
            entry = entries[number]
            if (entry["id"], entry["page"], entry.get("begins", "")) == (doc_id, page, begins):
                del entries[number]

    _change(corpus / SWITCHED_OFF_NAME, change, check=lambda path: read_switched_off(path.parent))


def _change(
    path: Path, change: Callable[[TOMLDocument], None], *, check: Callable[[Path], object]
) -> None:
    """Change a list, and put it in place only when it reads without faults."""
    with _alone(path.parent):
        try:
            document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else TOMLDocument()
        except (OSError, ValueError, TOMLKitError) as error:
            message = f"{path}: cannot be read ({error}); correct it in an editor first"
            raise ShelfInvalid(message) from error
        change(document)
        aside = path.parent / ".changing"
        aside.mkdir(exist_ok=True)
        new = aside / path.name
        try:
            new.write_text(tomlkit.dumps(document), "utf-8")
            check(new)
            write_whole(path, new.read_bytes())
        except IngestError as error:
            raise ShelfInvalid(str(error).replace(str(new), path.name)) from error
        finally:
            shutil.rmtree(aside)


def _entries(document: TOMLDocument, name: str) -> AoT:
    if name not in document:
        document[name] = tomlkit.aot()
    found = document[name]
    if not isinstance(found, AoT):
        message = f"each entry must begin with [[{name}]]; mend the list in an editor first"
        raise ShelfInvalid(message)
    return found


def _entry(document: TOMLDocument, doc_id: str) -> Table | None:
    entries = _entries(document, "publication") if "publication" in document else ()
    return next((entry for entry in entries if entry.get("id") == doc_id), None)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep every other change of the folder waiting until the block is left."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            remove_parts(folder)
            yield
    except OSError as error:
        message = (
            f"{folder}: cannot be changed ({error.strerror or error}); free space or give write "
            "access, then try again; nothing was changed"
        )
        raise ShelfInvalid(message) from error
