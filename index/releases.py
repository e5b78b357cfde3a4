"""Numbered releases on disk: which one is published, opened and checked.

INDEX/
  current                 the number of the published release
  history.jsonl           what was built, published, rolled back and discarded, and when
  releases/000001/        a whole release; never changed once it is there
    manifest.json         format, model, settings, and the SHA-256 of every file beside it
    documents.jsonl  pages.jsonl  passages.jsonl  report.json
    passages.faiss  contexts.faiss  sentences.faiss  tokens/  bm25/
    pdfs/DOC_ID.pdf       the files it was made from, so that a cited page can be shown
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from index.bm25 import LexicalIndex
from index.errors import IndexDamaged, IndexMissing, ReleaseUnknown
from index.records import document_from, page_from, passage_from, read_lines
from index.terms import terms
from index.token_vectors import TokenVectors
from index.vectors import VectorIndex
from ingest.document import Document, Page, Passage
from ingest.report import Verdict
from ingest.split import context_line
from ingest.symbols import readable

FORMAT_VERSION = 2
CURRENT = "current"
RELEASES = "releases"
MANIFEST = "manifest.json"
_DIGITS = 6
_REMEDY = "build the index again with `python -m index build`"


@dataclass(frozen=True, kw_only=True)
class ReleasePages:
    """The pages of a release: what it takes to show what was cited from it."""

    number: int
    folder: Path
    documents: tuple[Document, ...]
    pages: dict[tuple[str, int], Page]

    @cached_property
    def documents_by_id(self) -> dict[str, Document]:
        """doc_id -> document."""
        return {document.doc_id: document for document in self.documents}

    def pdf_bytes(self, doc_id: str) -> bytes:
        """The file that a document was read from, as it was when it was indexed."""
        return (self.folder / "pdfs" / f"{doc_id}.pdf").read_bytes()


@dataclass(frozen=True, kw_only=True)
class Release(ReleasePages):
    """One release, read from disk and checked: what it takes to be asked."""

    manifest: dict[str, Any]
    passages: tuple[Passage, ...]
    lexical: LexicalIndex
    passage_vectors: VectorIndex
    sentence_vectors: VectorIndex
    context_vectors: VectorIndex
    token_vectors: TokenVectors

    @cached_property
    def passages_by_document(self) -> dict[str, list[Passage]]:
        """doc_id -> its passages, in order."""
        found: dict[str, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.doc_id, []).append(passage)
        return found


def read_report(folder: Path) -> list[dict[str, Any]] | None:
    """What happened to each file when a release was built; None when that cannot be read."""
    try:
        report = json.loads((folder / "report.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return report if isinstance(report, list) else None


def unread_files(folder: Path) -> list[str]:
    """The titles, or else the names, of the files that could not be read for a release."""
    entries = read_report(folder) or ()
    unread = [entry for entry in entries if entry.get("verdict") == Verdict.UNREADABLE]
    return [str(entry.get("title") or entry.get("file")) for entry in unread]


def indexed_text(passage: Passage, title: str) -> str:
    """What lexical search reads of a passage: title, headings, then its own words."""
    return f"{context_line(title, passage.heading_path)}\n{passage.text}"


def embedded_text(passage: Passage) -> str:
    """What the model reads of a passage: its headings, then its own words.

    The title has a vector of its own with the headings and stays out of this one: the titles of
    one publisher are alike, and in a short passage theirs would be most of what is embedded.
    """
    return f"{context_line('', passage.heading_path)}\n{readable(passage.text)}"


def passage_terms(passages: Sequence[Passage], titles: dict[str, str]) -> list[list[str]]:
    """The terms of each passage for lexical search."""
    return [terms(indexed_text(passage, titles[passage.doc_id])) for passage in passages]


def current_number(root: Path) -> int | None:
    """The number of the published release; None when there is none."""
    try:
        return int((root / CURRENT).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValueError as error:
        message = f"{root / CURRENT}: does not name a release; {_REMEDY}"
        raise IndexDamaged(message) from error


def release_numbers(root: Path) -> list[int]:
    """The releases that are kept, oldest first, published or not."""
    try:
        return sorted(int(path.name) for path in (root / RELEASES).iterdir() if path.name.isdigit())
    except (FileNotFoundError, NotADirectoryError):
        return []


def release_folder(root: Path, number: int) -> Path:
    """Where a release is, or would be."""
    return root / RELEASES / f"{number:0{_DIGITS}d}"


def read_manifest(root: Path, number: int | None = None) -> dict[str, Any] | None:
    """The manifest of a release, unchecked; None when there is none to read.

    Args:
        root: the index folder.
        number: of the release; None: the published one.
    """
    number = current_number(root) if number is None else number
    if number is None:
        return None
    try:
        manifest = json.loads((release_folder(root, number) / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def open_release(root: Path, *, model_sha256: str, number: int | None = None) -> Release:
    """Open a release and check every file of it.

    Args:
        root: the index folder.
        model_sha256: of the model that questions will be embedded with.
        number: of the release; None: the published one.

    Raises:
        IndexMissing: nothing has been built here.
        ReleaseUnknown: there is no release of this number.
        IndexDamaged: a file is missing or changed, or the format or the model is another.
    """
    asked, number = number, current_number(root) if number is None else number
    if number is None:
        message = f"{root}: there is no index here; {_REMEDY}"
        raise IndexMissing(message)
    folder = release_folder(root, number)
    if asked is not None and not folder.is_dir():
        raise unknown_release(root, number)
    manifest = read_manifest(root, number)
    if manifest is None:
        message = f"{folder / MANIFEST}: is missing or damaged; {_REMEDY}"
        raise IndexDamaged(message)
    if manifest.get("format_version") != FORMAT_VERSION:
        message = (
            f"{folder}: has format {manifest.get('format_version')}, this program reads "
            f"{FORMAT_VERSION}; {_REMEDY}"
        )
        raise IndexDamaged(message)
    files, model = manifest.get("files"), manifest.get("model")
    if not isinstance(files, dict) or not isinstance(model, dict):
        message = f"{folder / MANIFEST}: does not list the files or the model; {_REMEDY}"
        raise IndexDamaged(message)
    _check_files(folder, files)
    built_with = str(model.get("sha256"))
    if built_with != model_sha256:
        message = (
            f"{folder}: was built with the model {model.get('name')} (SHA-256 "
            f"{built_with[:12]}…), not with the one in use "
            f"({model_sha256[:12]}…); set [index] model back, or {_REMEDY}"
        )
        raise IndexDamaged(message)
    return _read(folder, number, manifest)


def unknown_release(root: Path, number: int) -> ReleaseUnknown:
    """The error that says which releases there are."""
    kept = ", ".join(map(str, release_numbers(root))) or "none"
    return ReleaseUnknown(f"{root}: there is no release {number}; kept are: {kept}")


def open_pages(root: Path, number: int) -> ReleasePages:
    """Open only the pages of a release, such as one that an old answer cites.

    Raises:
        ReleaseUnknown: there is no release of this number any more.
        IndexDamaged: it cannot be read.
    """
    folder = release_folder(root, number)
    if not folder.is_dir():
        raise unknown_release(root, number)
    try:
        documents = tuple(map(document_from, read_lines(folder / "documents.jsonl")))
        pages = tuple(map(page_from, read_lines(folder / "pages.jsonl")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{folder}: cannot be read ({error}); {_REMEDY}"
        raise IndexDamaged(message) from error
    return ReleasePages(
        number=number,
        folder=folder,
        documents=documents,
        pages={(page.doc_id, page.number): page for page in pages},
    )


def _read(folder: Path, number: int, manifest: dict[str, Any]) -> Release:
    try:
        documents = tuple(map(document_from, read_lines(folder / "documents.jsonl")))
        pages = tuple(map(page_from, read_lines(folder / "pages.jsonl")))
        passages = tuple(map(passage_from, read_lines(folder / "passages.jsonl")))
        titles = {document.doc_id: document.title for document in documents}
        release = Release(
            number=number,
            folder=folder,
            manifest=manifest,
            documents=documents,
            pages={(page.doc_id, page.number): page for page in pages},
            passages=passages,
            lexical=LexicalIndex.load(folder / "bm25", passage_terms(passages, titles)),
            passage_vectors=VectorIndex.load(folder / "passages.faiss"),
            sentence_vectors=VectorIndex.load(folder / "sentences.faiss"),
            context_vectors=VectorIndex.load(folder / "contexts.faiss"),
            token_vectors=TokenVectors.load(folder / "tokens"),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{folder}: cannot be read ({error}); {_REMEDY}"
        raise IndexDamaged(message) from error
    sentences = sum(len(passage.sentences) for passage in passages)
    held = (
        len(release.passage_vectors),
        len(release.context_vectors),
        len(release.token_vectors),
        len(release.sentence_vectors),
    )
    if held != (len(passages), len(passages), len(passages), sentences):
        message = f"{folder}: holds a different number of vectors than of passages; {_REMEDY}"
        raise IndexDamaged(message)
    return release


def _check_files(folder: Path, files: dict[str, str]) -> None:
    for name, expected in files.items():
        path = folder / name
        if not path.is_file():
            message = f"{path}: is missing; {_REMEDY}"
            raise IndexDamaged(message)
        if file_sha256(path) != expected:
            message = f"{path}: is damaged (its checksum differs); {_REMEDY}"
            raise IndexDamaged(message)


def file_sha256(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
