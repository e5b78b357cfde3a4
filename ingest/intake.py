"""The files of a corpus on their way to the reader: checked against the list, each taken once."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.document import Document, Status
from ingest.folder import read_start
from ingest.isolate import Job
from ingest.report import FileReport, Verdict

_MIB = 2**20


def take_in(
    corpus: Path,
    documents: Sequence[Document],
    passwords: Mapping[str, str],
    *,
    max_file_mib: int,
) -> Iterator[Job | FileReport]:
    """Read the files one by one as they are asked for, each once.

    Yields:
        For each document, in order: the job to read it, with its SHA-256; or the report of why
        its file is not what was described, is there twice or cannot be opened.
    """
    first_with: dict[str, str] = {}
    for document in documents:
        file = document.file or ""
        try:
            # A byte more than is allowed: the reader refuses it.
            pdf_bytes = read_start(corpus / file, max_file_mib * _MIB + 1)
        except OSError as error:
            note = f"{file}: cannot be opened ({error.strerror}); give read access to it"
            yield _report(document, Verdict.UNREADABLE, note)
            continue
        sha256 = hashlib.sha256(pdf_bytes).hexdigest()
        if document.sha256 not in (None, sha256):
            note = (
                f"{file}: is not the file that publications.toml describes (SHA-256 {sha256}); if "
                "it was replaced on purpose, bring its sha256, edition and date up to date"
            )
            yield _report(document, Verdict.LEFT_OUT, note)
        elif sha256 in first_with and pdf_bytes:
            note = f"{file}: is the same file as {first_with[sha256]}; remove one of them"
            yield _report(document, Verdict.LEFT_OUT, note)
        else:
            first_with[sha256] = file
            yield Job(
                document=replace(document, sha256=sha256),
                pdf_bytes=pdf_bytes,
                password=passwords.get(document.doc_id, ""),
            )


def missing_report(document: Document) -> FileReport:
    """Of a publication that is listed with a file that is not there."""
    note = (
        f"{document.file}: is listed in publications.toml but is not in the folder; put it there, "
        f'or set the status of "{document.doc_id}" to "{Status.NOT_LOADED}"'
    )
    return _report(document, Verdict.LEFT_OUT, note)


def _report(document: Document, verdict: Verdict, note: str) -> FileReport:
    return FileReport(
        file=document.file or document.doc_id,
        doc_id=document.doc_id,
        verdict=verdict,
        notes=(note,),
    )
