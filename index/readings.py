"""The files of a corpus -> how each was read, by an earlier build or anew."""

import json
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.cache import Cache
from index.fingerprint import program_sha256
from index.kept_readings import described_by, reading_from, reading_key
from ingest.document import Passage
from ingest.intake import take_in
from ingest.isolate import Job, read_guarded
from ingest.ocr.pages import plan_ocr
from ingest.publications import Publications
from ingest.read import Outcome
from ingest.report import FileReport
from ingest.settings import IngestSettings


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What is known of a publication before its file is read."""

    pdf_bytes: bytes | None = None  # None: the file was not taken in; the outcome says why
    key: str | None = None  # of its reading in the cache; None: it is not kept there
    passages: tuple[Passage, ...] | None = None  # that an earlier build made of it; None: none did


def readings(
    corpus: Path,
    publications: Publications,
    *,
    settings: IngestSettings,
    model_sha256: str,
    cache: Cache,
    ocr_cache: Path,
) -> Iterator[tuple[Taken, Outcome]]:
    """Read the files of a corpus in child processes; an unchanged one is taken from the cache.

    Args:
        corpus: folder of PDFs.
        publications: what belongs to it.
        settings: how PDFs are read.
        model_sha256: of the model whose word pieces measure passages.
        cache: what earlier builds have read.
        ocr_cache: the folder where the words that OCR finds are kept.

    Yields:
        For each of the publications with a file, in order, what was known and what came of it.

    Raises:
        ReadersFail: no child process can be started.
        SettingsInvalid: the engine for OCR that is asked for is not installed.
    """
    ocr = plan_ocr(settings, cache=ocr_cache).engine
    made_by = (
        program_sha256(),
        json.dumps(asdict(settings), sort_keys=True),
        ocr.name if ocr else "",
        model_sha256,
    )
    waiting: deque[Taken] = deque()  # of the files whose outcome is still to come

    def jobs() -> Iterator[Job | Outcome]:
        for item in take_in(
            corpus,
            publications.documents,
            publications.passwords,
            max_file_mib=settings.max_file_mib,
        ):
            taken, job = _looked_up(item, cache, made_by)
            waiting.append(taken)
            yield job

    outcomes = read_guarded(jobs(), settings=settings, ocr_cache=ocr_cache)
    try:
        for outcome in outcomes:
            yield waiting.popleft(), outcome
    finally:
        if isinstance(outcomes, Generator):  # ends its processes, also when nobody wants the rest
            outcomes.close()


def _looked_up(
    item: Job | FileReport, cache: Cache, made_by: Sequence[str]
) -> tuple[Taken, Job | Outcome]:
    """A file to read, or in its place what an earlier build has read of it."""
    if isinstance(item, FileReport):
        return Taken(), item
    if item.password:  # what is read with a password is not kept beside the releases
        return Taken(pdf_bytes=item.pdf_bytes), item
    key = reading_key(item.document, made_by=made_by)
    data = cache.find(key)
    kept = reading_from(data) if data else None
    if kept is None:
        return Taken(pdf_bytes=item.pdf_bytes, key=key), item
    taken = Taken(pdf_bytes=item.pdf_bytes, key=key, passages=kept.passages)
    return taken, described_by(kept, item.document)
