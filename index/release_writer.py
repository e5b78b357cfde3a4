"""A release written aside, whole and synced, and made the published one in a single step.

Whatever stops a build, at whatever moment: the published release stays, what is half written is
taken away by the next build, and a release is in its place only when all of it is on the disk.
"""

import contextlib
import fcntl
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.bm25 import LexicalIndex
from index.embed import TextVectors
from index.errors import BuildRunning, IndexNotWritable
from index.history import read_history
from index.records import document_record, page_record, passage_record, write_lines
from index.releases import (
    CURRENT,
    FORMAT_VERSION,
    MANIFEST,
    RELEASES,
    current_number,
    file_sha256,
    passage_terms,
    release_folder,
    release_numbers,
    unknown_release,
)
from index.token_vectors import TokenVectors
from index.vectors import VectorIndex
from ingest.document import Document, Page, Passage
from ingest.whole_file import remove_parts, sync, write_whole

_BUILDING = ".building-"
_REMOVING = ".removing-"


@dataclass(frozen=True, kw_only=True)
class Contents:
    """Everything that one release is made of."""

    documents: tuple[Document, ...]  # indexed ones first, then those listed but without pages
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    vectors: tuple[TextVectors, ...]  # of each passage and its sentences
    context_vectors: NDArray[np.float32]  # (n_passages, dim), of title and headings alone
    report: list[dict[str, Any]]  # what happened to each file
    pdfs: dict[str, bytes]  # doc_id -> file
    manifest: dict[str, Any]  # model, settings, fingerprint; counts and checksums are added


@contextlib.contextmanager
def build_lock(root: Path) -> Iterator[None]:
    """Keep every other build of this index out until the block is left.

    Raises:
        BuildRunning: another process holds the lock.
        IndexNotWritable: the folder cannot be written.
    """
    try:
        (root / RELEASES).mkdir(parents=True, exist_ok=True)
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


def write_release(root: Path, contents: Contents) -> int:
    """Write a release beside the others; what is published stays as it is.

    Returns:
        The number of the new release.

    Raises:
        IndexNotWritable: the folder is read-only or the disk is full.
    """
    releases = root / RELEASES
    try:
        _remove_leftovers(root)
        # Never the number of one that is gone: answers name their release.
        known = (event.release for event in read_history(root))
        number = max((0, current_number(root) or 0, *release_numbers(root), *known)) + 1
        building = releases / f"{_BUILDING}{number}"
        building.mkdir()
        try:
            _write(building, contents, number)
            building.rename(release_folder(root, number))
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        sync(releases)
    except OSError as error:
        raise _not_writable(root, error) from error
    return number


def make_current(root: Path, number: int) -> None:
    """Publish a release that is there, in a single step.

    Raises:
        ReleaseUnknown: there is no such release.
        IndexNotWritable: the folder is read-only or the disk is full.
    """
    if not release_folder(root, number).is_dir():
        raise unknown_release(root, number)
    try:
        write_whole(root / CURRENT, f"{number}\n".encode())
    except OSError as error:
        raise _not_writable(root, error) from error


def remove_release(root: Path, number: int) -> None:
    """Take a release away, in a way that never leaves half of one.

    Raises:
        ReleaseUnknown: there is no such release.
        IndexNotWritable: the folder is read-only.
        ValueError: it is the published one.
    """
    if number == current_number(root):
        message = f"{root}: release {number} is published; publish another one first"
        raise ValueError(message)
    folder = release_folder(root, number)
    if not folder.is_dir():
        raise unknown_release(root, number)
    try:
        away = root / RELEASES / f"{_REMOVING}{number}"
        folder.rename(away)
        shutil.rmtree(away)
    except OSError as error:
        raise _not_writable(root, error) from error


def prune(root: Path, *, kept_releases: int) -> list[int]:
    """Take away the oldest releases; the published one and what is newer always stay.

    Args:
        root: the index folder.
        kept_releases: how many are kept, the published one included.

    Returns:
        The numbers of those that are gone.
    """
    current = current_number(root)
    older = [number for number in release_numbers(root) if current and number < current]
    gone = older[: max(0, len(older) - (kept_releases - 1))]
    for number in gone:
        remove_release(root, number)
    return gone


def _remove_leftovers(root: Path) -> None:
    """Take away what a killed build or removal has left."""
    for pattern in (_BUILDING, _REMOVING):
        for path in (root / RELEASES).glob(f"{pattern}*"):
            shutil.rmtree(path)
    remove_parts(root)


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
        "files": {path.relative_to(folder).as_posix(): file_sha256(path) for path in files},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
    for path in (*folder.rglob("*"), folder):
        sync(path)


def _not_writable(root: Path, error: OSError) -> IndexNotWritable:
    return IndexNotWritable(
        f"{root}: cannot be written ({error.strerror or error}); free space or give write access, "
        "then build again; what was published before is untouched"
    )
