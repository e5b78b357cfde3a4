"""A folder of PDFs -> each one's bytes, pages and passages, for the measures that look at them."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Passage
from ingest.intake import take_in
from ingest.isolate import Job, read_guarded
from ingest.publications import list_publications
from ingest.read import Reading
from ingest.report import FileReport
from ingest.settings import IngestSettings
from ingest.split import split_passages

# About a word piece of the embedding model: no model is needed to see what passages hold.
_PIECE = re.compile(r"\w{1,6}|[^\w\s]")
_WINDOW_TOKENS = 254


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """One file as it was read."""

    file: str
    pdf_bytes: bytes  # opens without a password
    reading: Reading
    passages: tuple[Passage, ...]


def read_corpus(corpus: Path, settings: IngestSettings) -> Iterator[Publication]:
    """Read every PDF of a folder, and make passages of its pages.

    Raises:
        IngestError: the folder or its list cannot be used.
    """
    for pdf_bytes, reading in read_files(corpus, settings):
        document = reading.document
        passages = split_passages(
            reading.pages,
            doc_id=document.doc_id,
            title=document.title,
            count_tokens=count_pieces,
            window_tokens=_WINDOW_TOKENS,
            max_tokens=settings.max_passage_tokens,
        )
        yield Publication(
            file=document.file or document.doc_id,
            pdf_bytes=pdf_bytes,
            reading=reading,
            passages=tuple(passages),
        )


def read_files(corpus: Path, settings: IngestSettings) -> Iterator[tuple[bytes, Reading]]:
    """Read every PDF of a folder as a build does; one that cannot be read is named on stderr.

    Yields:
        The file's bytes, which open without a password, and what was read.
    """
    publications = list_publications(corpus)
    taken: dict[str, bytes] = {}

    def jobs() -> Iterator[Job | FileReport]:
        for item in take_in(
            corpus,
            publications.documents,
            publications.passwords,
            max_file_mib=settings.max_file_mib,
        ):
            if isinstance(item, Job):
                taken[item.document.doc_id] = item.pdf_bytes
            yield item

    for outcome in read_guarded(jobs(), settings=settings):
        if isinstance(outcome, FileReport):
            print(f"left out: {outcome.reason}", file=sys.stderr)
            continue
        pdf_bytes = taken.pop(outcome.document.doc_id)
        yield outcome.unlocked or pdf_bytes, outcome


def count_pieces(text: str) -> int:
    """About how many word pieces a text has."""
    return len(_PIECE.findall(text))
