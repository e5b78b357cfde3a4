"""A publication that has been read <-> bytes, so that an unchanged file is not read again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from index.cache import cache_key
from index.libraries import READING, python_version, versions
from index.records import (
    document_from,
    document_record,
    page_from,
    page_record,
    passage_from,
    passage_record,
)
from ingest.document import Document, Passage
from ingest.ocr.pages import OCR_FAILED
from ingest.read import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptReading:
    """A publication as it was read, and the passages that were made of it."""

    reading: Reading
    passages: tuple[Passage, ...]


def reading_key(document: Document, *, made_by: Sequence[str]) -> str:
    """What a reading depends on, as a hash.

    Args:
        document: the publication's entry, with the SHA-256 of its file.
        made_by: the program, its settings and the model whose word pieces measure passages.
    """
    # What else the entry says is taken from it each time; the title stands before every passage.
    entry = json.dumps([document.doc_id, document.file, document.sha256, document.title])
    return cache_key("reading", entry, *made_by, python_version(), *versions(READING))


def is_lasting(reading: Reading) -> bool:
    """Whether reading the file again gives the same: not where OCR failed or ran out of time."""
    return not any(
        reason.startswith(OCR_FAILED) for page in reading.pages for reason in page.quality.reasons
    )


def described_by(kept: KeptReading, document: Document) -> Reading:
    """The reading under an entry that may have changed in what no page depends on."""
    read = kept.reading.document
    described = replace(document, title=read.title, page_count=read.page_count)
    return replace(kept.reading, document=described)


def reading_bytes(kept: KeptReading) -> bytes:
    """The reading as JSON."""
    reading = kept.reading
    record = {
        "document": document_record(reading.document),
        "pages": list(map(page_record, reading.pages)),
        "passages": list(map(passage_record, kept.passages)),
        "faults": reading.faults,
        "left_out": reading.left_out,
        "label_notes": reading.label_notes,
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def reading_from(data: bytes) -> KeptReading | None:
    """The reading of some bytes; None when they are none."""
    try:
        record: dict[str, Any] = json.loads(data)
        reading = Reading(
            document=document_from(record["document"]),
            pages=tuple(map(page_from, record["pages"])),
            faults=tuple(record["faults"]),
            left_out=tuple(record["left_out"]),
            label_notes=tuple(record["label_notes"]),
        )
        passages = tuple(map(passage_from, record["passages"]))
    except (ValueError, KeyError, TypeError):
        return None
    return KeptReading(reading=reading, passages=passages)
