"""Numbered releases on disk: built aside, published in one step, opened and checked.

INDEX/
  current                 the number of the published release
  releases/000001/        a whole release; never changed once it is there
    manifest.json         format, model, settings, and the SHA-256 of every file beside it
    documents.jsonl  pages.jsonl  passages.jsonl  report.json
    passages.faiss  contexts.faiss  sentences.faiss  tokens/  bm25/
    pdfs/DOC_ID.pdf       the files it was made from, so that a cited page can be shown
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.bm25 import LexicalIndex
from index.embed import TextVectors
from index.errors import BuildRunning, IndexDamaged, IndexMissing, IndexNotWritable
from index.records import (
    document_from,
    document_record,
    page_from,
    page_record,
    passage_from,
    passage_record,
    read_lines,
    write_lines,
)
from index.terms import terms
from index.token_vectors import TokenVectors
from index.vectors import VectorIndex
from ingest.document import Document, Page, Passage
from ingest.split import context_line
from ingest.symbols import readable

FORMAT_VERSION = 2
_CURRENT = "current"
_RELEASES = "releases"
_MANIFEST = "manifest.json"
_DIGITS = 6
_REMEDY = "build the index again with `python -m index build`"


@dataclass(frozen=True, kw_only=True)
class Contents:
    """Everything that one release is made of."""

    documents: tuple[Document, ...]  # indexed ones first, then those listed but not loaded
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    vectors: tuple[TextVectors, ...]  # of each passage and its sentences
    context_vectors: NDArray[np.float32]  # (n_passages, dim), of title and headings alone
    report: list[dict[str, Any]]  # what happened to each file
    pdfs: dict[str, bytes]  # doc_id -> file
    manifest: dict[str, Any]  # model, settings, fingerprint; counts and checksums are added


@dataclass(frozen=True, kw_only=True)
class Release:
    """One published release, read from disk and checked."""

    number: int
    folder: Path
    manifest: dict[str, Any]
    documents: tuple[Document, ...]
    pages: dict[tuple[str, int], Page]
    passages: tuple[Passage, ...]
    lexical: LexicalIndex
    passage_vectors: VectorIndex
    sentence_vectors: VectorIndex
    context_vectors: VectorIndex
    token_vectors: TokenVectors

    @cached_property
    def documents_by_id(self) -> dict[str, Document]:
        """doc_id -> document."""
        return {document.doc_id: document for document in self.documents}

    @cached_property
    def passages_by_document(self) -> dict[str, list[Passage]]:
        """doc_id -> its passages, in order."""
        found: dict[str, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.doc_id, []).append(passage)
        return found

    def pdf_bytes(self, doc_id: str) -> bytes:
        """The file that a document was read from, as it was when it was indexed."""
        return (self.folder / "pdfs" / f"{doc_id}.pdf").read_bytes()

    def report(self) -> list[dict[str, Any]]:
        """What happened to each file when this release was built."""
        report: list[dict[str, Any]] = json.loads((self.folder / "report.json").read_text("utf-8"))
        return report


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


@contextlib.contextmanager
def build_lock(root: Path) -> Iterator[None]:
    """Keep every other build of this index out until the block is left.

    Raises:
        BuildRunning: another process holds the lock.
        IndexNotWritable: the folder cannot be written.
    """
    try:
        (root / _RELEASES).mkdir(parents=True, exist_ok=True)
        stream = (root / ".lock").open("w")
    except OSError as error:
        raise _not_writable(root, error) from error
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = f"{root}: another build of this index is running; try again when it is done"
            raise BuildRunning(message) from error
        yield


def publish(root: Path, contents: Contents, *, kept_releases: int) -> int:
    """Write a release beside the others and make it the current one in a single step.

    Until the last step, and if anything fails before it, the published release stays as it is.

    Returns:
        The number of the new release.

    Raises:
        IndexNotWritable: the folder is read-only or the disk is full.
    """
    releases = root / _RELEASES
    try:
        _remove_leftovers(releases)
        number = max(_numbers(releases), default=0) + 1
        building = releases / f".building-{number:0{_DIGITS}d}"
        building.mkdir()
        try:
            _write(building, contents, number)
            building.rename(releases / f"{number:0{_DIGITS}d}")
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        _sync_folder(releases)
        _point_to(root, number)
        for old in sorted(_numbers(releases))[:-kept_releases]:
            shutil.rmtree(releases / f"{old:0{_DIGITS}d}")
    except OSError as error:
        raise _not_writable(root, error) from error
    return number


def current_number(root: Path) -> int | None:
    """The number of the published release; None when there is none."""
    try:
        return int((root / _CURRENT).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValueError as error:
        message = f"{root / _CURRENT}: does not name a release; {_REMEDY}"
        raise IndexDamaged(message) from error


def read_manifest(root: Path) -> dict[str, Any] | None:
    """The manifest of the published release, unchecked; None when there is none to read."""
    number = current_number(root)
    if number is None:
        return None
    try:
        text = (root / _RELEASES / f"{number:0{_DIGITS}d}" / _MANIFEST).read_text("utf-8")
        manifest = json.loads(text)
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def open_release(root: Path, *, model_sha256: str) -> Release:
    """Open the published release and check every file of it.

    Args:
        root: the index folder.
        model_sha256: of the model that questions will be embedded with.

    Raises:
        IndexMissing: nothing has been built here.
        IndexDamaged: a file is missing or changed, or the format or the model is another.
    """
    number = current_number(root)
    if number is None:
        message = f"{root}: there is no index here; {_REMEDY}"
        raise IndexMissing(message)
    folder = root / _RELEASES / f"{number:0{_DIGITS}d}"
    manifest = read_manifest(root)
    if manifest is None:
        message = f"{folder / _MANIFEST}: is missing or damaged; {_REMEDY}"
        raise IndexDamaged(message)
    if manifest.get("format_version") != FORMAT_VERSION:
        message = (
            f"{folder}: has format {manifest.get('format_version')}, this program reads "
            f"{FORMAT_VERSION}; {_REMEDY}"
        )
        raise IndexDamaged(message)
    files, model = manifest.get("files"), manifest.get("model")
    if not isinstance(files, dict) or not isinstance(model, dict):
        message = f"{folder / _MANIFEST}: does not list the files or the model; {_REMEDY}"
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


def _write(folder: Path, contents: Contents, number: int) -> None:
    titles = {document.doc_id: document.title for document in contents.documents}
    write_lines(folder / "documents.jsonl", map(document_record, contents.documents))
    write_lines(folder / "pages.jsonl", map(page_record, contents.pages))
    write_lines(folder / "passages.jsonl", map(passage_record, contents.passages))
    (folder / "report.json").write_text(json.dumps(contents.report, indent=1), "utf-8")
    vectors = contents.vectors
    VectorIndex.build(np.stack([v.whole for v in vectors])).save(folder / "passages.faiss")
    VectorIndex.build(np.concatenate([v.parts for v in vectors])).save(folder / "sentences.faiss")
    TokenVectors.build([v.tokens for v in vectors]).save(folder / "tokens")
    VectorIndex.build(contents.context_vectors).save(folder / "contexts.faiss")
    LexicalIndex.build(passage_terms(contents.passages, titles)).save(folder / "bm25")
    (folder / "pdfs").mkdir()
    for doc_id, pdf_bytes in contents.pdfs.items():
        (folder / "pdfs" / f"{doc_id}.pdf").write_bytes(pdf_bytes)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {
        **contents.manifest,
        "format_version": FORMAT_VERSION,
        "release": number,
        "counts": {
            "documents": len(contents.pdfs),
            "pages": len(contents.pages),
            "passages": len(contents.passages),
            "sentences": sum(len(v.parts) for v in vectors),
        },
        "files": {path.relative_to(folder).as_posix(): _sha256(path) for path in files},
    }
    (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
    for path in (*files, folder / _MANIFEST):
        _sync_file(path)
    _sync_folder(folder)


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
        if _sha256(path) != expected:
            message = f"{path}: is damaged (its checksum differs); {_REMEDY}"
            raise IndexDamaged(message)


def _point_to(root: Path, number: int) -> None:
    new = root / f".{_CURRENT}-new"
    new.write_text(f"{number}\n", "utf-8")
    _sync_file(new)
    new.replace(root / _CURRENT)
    _sync_folder(root)


def _numbers(releases: Path) -> list[int]:
    return [int(path.name) for path in releases.iterdir() if path.name.isdigit()]


def _remove_leftovers(releases: Path) -> None:
    for path in releases.glob(".building-*"):  # of a build that was killed
        shutil.rmtree(path)


def _not_writable(root: Path, error: OSError) -> IndexNotWritable:
    return IndexNotWritable(
        f"{root}: cannot be written ({error.strerror or error}); free space or give write access, "
        "then build again; what was published before is untouched"
    )


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sync_file(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
