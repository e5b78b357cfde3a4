"""The path of one PDF: bytes -> pages -> passages, with a report of what happened.

catalog (labels, outline, title) ┐
pdfium (glyphs) -> extract ------┴-> clean -> headings -> split -> passages
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ingest.catalog import read_catalog
from ingest.clean import assign_roles, is_contents_title
from ingest.document import Document, Page, Passage, Role
from ingest.errors import PdfUnreadable
from ingest.extract import extract_pages
from ingest.headings import mark_headings, mark_references
from ingest.judge import conclude, is_usable, judge_pages, why_unusable
from ingest.labels import label_pages
from ingest.ocr.pages import NO_OCR, OcrPlan
from ingest.pdfium.file import count_pages, without_password
from ingest.pdfium.glyphs import GlyphPage, read_glyph_pages
from ingest.report import FileReport, Verdict, report_pages
from ingest.split import split_passages

_SUSPECT_TITLE_PREFIXES = ("microsoft word", "untitled")
_MAX_TITLE_CHARS = 150
_TITLE_PAGES = 5
_MAX_NAMED = 10  # page numbers in one note
# Of usual embedding models; only for the report of a reading without one.
_WINDOW_TOKENS, _PASSAGE_TOKENS, _CHARS_A_PIECE = 254, 180, 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A publication as it was read."""

    document: Document  # with its page count, and with a title where it had none
    pages: tuple[Page, ...]  # with a role for every line
    faults: tuple[str, ...]  # parts of the file's catalogue that cannot be read
    left_out: tuple[str, ...] = ()  # pages beyond the limits, each note with the remedy
    label_notes: tuple[str, ...] = ()  # page labels that are inferred, not the file's own
    unlocked: bytes | None = None  # the file without its password; None: it opens without one


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much of one file is read at most; config.toml says why."""

    max_pages: int = 2000
    max_page_chars: int = 50_000
    max_chars: int = 5_000_000


Outcome = Reading | FileReport  # the report says why a file could not be read

DEFAULT_LIMITS = Limits()


def read_publication(
    pdf_bytes: bytes,
    document: Document,
    *,
    max_file_mib: int,
    password: str = "",
    limits: Limits = DEFAULT_LIMITS,
    ocr: OcrPlan = NO_OCR,
) -> Reading:
    """Read a PDF's pages, with a role for every line.

    Raises:
        PdfUnreadable: the file is no PDF, is damaged, encrypted, too large or holds no text.
    """
    file = document.file or document.doc_id
    _check_bytes(pdf_bytes, file=file, max_file_mib=max_file_mib)
    plain = without_password(pdf_bytes, file=file, password=password)
    catalog = read_catalog(plain)
    glyph_pages, left_out = _within(
        read_glyph_pages(plain, file=file, max_glyphs=limits.max_page_chars),
        limits,
        count=count_pages(plain, file=file),
        file=file,
    )
    glyph_pages, qualities = judge_pages(glyph_pages, plain, file=file, ocr=ocr)
    pages = extract_pages(glyph_pages, doc_id=document.doc_id, labels=catalog.labels)
    if not any(is_usable(quality) for quality in qualities):
        message = (
            f"{file}: none of its {len(pages)} pages has text that can be used: "
            f"{why_unusable(qualities)}"
        )
        raise PdfUnreadable(message)
    pages = mark_references(mark_headings(assign_roles(pages), catalog.outline))
    pages, label_notes = label_pages(conclude(pages, qualities))
    title = document.title or _title(catalog.title, pages) or file
    return Reading(
        document=replace(document, title=title, page_count=len(pages)),
        pages=tuple(pages),
        faults=catalog.faults,
        left_out=left_out,
        label_notes=label_notes,
        unlocked=plain if password and plain is not pdf_bytes else None,
    )


def read_or_report(
    pdf_bytes: bytes,
    document: Document,
    *,
    max_file_mib: int,
    password: str = "",
    limits: Limits = DEFAULT_LIMITS,
    ocr: OcrPlan = NO_OCR,
) -> Outcome:
    """Read a publication, or report why it cannot be read: no file may stop the others."""
    file = document.file or document.doc_id
    try:
        reading = read_publication(
            pdf_bytes,
            document,
            max_file_mib=max_file_mib,
            password=password,
            limits=limits,
            ocr=ocr,
        )
        # A trial, under the guard of a child process: passages are made again in the parent,
        # where pages that cannot be cut, or only without end, would stop the build.
        report_reading(reading)
    except PdfUnreadable as error:
        note = str(error)
    except MemoryError:
        note = (
            f"{file}: needs more memory than it may take; print it to a new PDF in a viewer and "
            "put that in its place, or raise [ingest] max_memory_mib in config.toml"
        )
    except Exception as error:  # noqa: BLE001  # a file can be broken in ways nobody foresaw
        note = (
            f"{file}: its reader failed ({type(error).__name__}: {error}); open it in a viewer, "
            "print it to a new PDF and put that in its place"
        )
    else:
        return reading
    return FileReport(file=file, doc_id=document.doc_id, verdict=Verdict.UNREADABLE, notes=(note,))


def report_reading(reading: Reading, passages: Sequence[Passage] | None = None) -> FileReport:
    """What was read of a publication, what was left out, and what to do about it.

    Args:
        reading: the publication as it was read.
        passages: made of it; None: they are made here, with a rough count of word pieces, to see
            which lines no passage holds.
    """
    document, pages = reading.document, reading.pages
    notes = list(reading.left_out)
    if reading.faults:
        notes.append(
            f"its {', '.join(reading.faults)} cannot be read and count as not stated; a copy saved "
            "anew by a PDF program may mend that"
        )
    if passages is None:
        passages = split_passages(
            pages,
            doc_id=document.doc_id,
            title=document.title,
            count_tokens=_about_word_pieces,
            window_tokens=_WINDOW_TOKENS,
            max_tokens=_PASSAGE_TOKENS,
        )
    return report_pages(document, pages, passages, notes=notes, remarks=reading.label_notes)


def _about_word_pieces(text: str) -> int:
    return len(text) // _CHARS_A_PIECE + 1


def _within(
    pages: Iterator[GlyphPage], limits: Limits, *, count: int, file: str
) -> tuple[list[GlyphPage], tuple[str, ...]]:
    """The pages that the limits allow, and what to say of the others and of damaged ones."""
    kept: list[GlyphPage] = []
    faults: dict[str, list[int]] = {}
    chars = 0
    reason = f"[ingest] max_file_pages = {limits.max_pages}"
    for page in islice(pages, limits.max_pages):
        chars += len(page.glyphs)
        if chars > limits.max_chars:
            reason = f"[ingest] max_file_chars = {limits.max_chars}"
            break
        kept.append(page)
        if page.fault:
            cause = page.fault.removeprefix(f"{file} page {page.number}: ")
            faults.setdefault(cause, []).append(page.number)
    notes = [f"page {_numbers(numbers)} left out: {cause}" for cause, numbers in faults.items()]
    if len(kept) < count:
        notes.append(
            f"pages {len(kept) + 1} to {count} left out: more than {reason} in config.toml allows; "
            "split the file into parts, or raise it"
        )
    if all(page.fault for page in kept):
        message = f"{file}: {'; '.join(notes)}"
        raise PdfUnreadable(message)
    return kept, tuple(notes)


def _numbers(pages: Sequence[int]) -> str:
    """Page numbers for a note, the first few by name."""
    named = ", ".join(map(str, pages[:_MAX_NAMED]))
    return f"{named} and {len(pages) - _MAX_NAMED} more" if len(pages) > _MAX_NAMED else named


def _check_bytes(pdf_bytes: bytes, *, file: str, max_file_mib: int) -> None:
    if not pdf_bytes:
        message = f"{file}: is empty; put a complete copy in its place"
        raise PdfUnreadable(message)
    if len(pdf_bytes) > max_file_mib * 2**20:
        message = (
            f"{file}: is larger than {max_file_mib} MiB; make it smaller, or raise "
            "[ingest] max_file_mib in config.toml"
        )
        raise PdfUnreadable(message)


def _title(stated: str | None, pages: list[Page]) -> str | None:
    """The file's own title where it looks like one, else the largest heading of its first pages."""
    if stated and not stated.lower().startswith(_SUSPECT_TITLE_PREFIXES) and " " in stated:
        return stated[:_MAX_TITLE_CHARS]
    for page in pages[:_TITLE_PAGES]:
        headings = [
            line
            for line in page.lines
            if line.role is Role.HEADING and not is_contents_title(page.line_text(line))
        ]
        if headings:
            largest = max(line.size for line in headings)
            return " ".join(page.line_text(line) for line in headings if line.size == largest)[
                :_MAX_TITLE_CHARS
            ]
    return stated
