"""A file that nobody has described yet -> the title, edition and date that it seems to state."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.document import Document
from ingest.isolate import Job, read_guarded
from ingest.proposals import Proposal, propose
from ingest.read import Reading
from ingest.settings import IngestSettings

_PAGES = 5  # enough for a cover, an imprint and a title


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstLook:
    """What the first pages of a file seem to say of it."""

    title: str = ""
    proposal: Proposal = field(default_factory=Proposal)


def first_look(file: Path, document: Document, *, settings: IngestSettings) -> FirstLook:
    """Read the first pages of a file, under the guard and the limits of ingestion.

    Args:
        file: the PDF.
        document: what is known of it.
        settings: the limits; no OCR is made.

    Returns:
        An empty one where the file cannot be read: the report of the next release says why.

    Raises:
        ReadersFail: no child process can be started.
    """
    few = replace(settings, max_file_pages=_PAGES, processes=1, ocr="off")
    job = Job(document=replace(document, title=""), pdf_bytes=file.read_bytes())
    (outcome,) = read_guarded([job], settings=few)
    if not isinstance(outcome, Reading):
        return FirstLook()
    return FirstLook(title=outcome.document.title, proposal=propose(outcome.pages))
