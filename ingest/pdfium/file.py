"""PDF bytes -> an open pdfium document, or the reason why not."""

import io
import re
import threading

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.errors import PdfUnreadable

_HEAD_BYTES = 1024
_SIGNATURES = (
    (b"<", "a web page"),
    (b"PK\x03\x04", "an archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
)
_TEXT = re.compile(rb"[^\x00-\x08\x0e-\x1f]+")
LOCK = threading.RLock()  # pdfium is not thread-safe: every call into it is made under this lock


def open_pdf(pdf_bytes: bytes, *, file: str, password: str) -> pdfium.PdfDocument:
    """Open a PDF; hold `LOCK` while it is used and close it afterwards.

    Raises:
        PdfUnreadable: the bytes are no PDF, are damaged, or need another password.
    """
    start = pdf_bytes.find(b"%PDF-")
    try:
        # pdfium looks for the beginning in the first kilobyte only.
        data = pdf_bytes[start:] if start > _HEAD_BYTES else pdf_bytes
        pdf = pdfium.PdfDocument(data, password=password or None)
    except pdfium.PdfiumError as error:
        message = f"{file}: {_cause(str(error), pdf_bytes, password=password)}"
        raise PdfUnreadable(message) from error
    if len(pdf) == 0:
        message = f"{file}: has no pages; put a complete copy in its place"
        raise PdfUnreadable(message)
    return pdf


def _cause(error: str, pdf_bytes: bytes, *, password: str) -> str:
    """What pdfium's error means, and what to do."""
    if "password" in error.lower():
        wrong = "another password than the one" if password else "a password; give it"
        place = 'as password = "…" in the file\'s entry in publications.toml'
        return f"needs {wrong} {place}, or save an unprotected copy in its place"
    if "security" in error.lower():
        return (
            "is protected in a way that pdfium cannot open (by a certificate, say); save an "
            "unprotected copy in its place"
        )
    if b"%PDF-" not in pdf_bytes:
        return f"is no PDF but {_kind(pdf_bytes)}; put the publication's PDF in its place"
    return (
        f"is damaged (pdfium: {error}); open it in a viewer, print it to a new PDF and put that in "
        "its place"
    )


def _kind(start: bytes) -> str:
    """What a file is, by its first bytes."""
    found = (kind for signature, kind in _SIGNATURES if start.lstrip().startswith(signature))
    return next(found, "text" if _TEXT.fullmatch(start[:_HEAD_BYTES]) else "bytes of another kind")


def count_pages(pdf_bytes: bytes, *, file: str) -> int:
    """How many pages a PDF says it has.

    Raises:
        PdfUnreadable: as `open_pdf`.
    """
    with LOCK:
        pdf = open_pdf(pdf_bytes, file=file, password="")
        try:
            return len(pdf)
        finally:
            pdf.close()


def without_password(pdf_bytes: bytes, *, file: str, password: str) -> bytes:
    """A copy of an encrypted PDF that any reader opens; a PDF that is not encrypted as it is.

    Raises:
        PdfUnreadable: as `open_pdf`.
    """
    with LOCK:
        pdf = open_pdf(pdf_bytes, file=file, password=password)
        try:
            if pdfium_c.FPDF_GetSecurityHandlerRevision(pdf) < 0:
                return pdf_bytes
            stream = io.BytesIO()
            pdf.save(stream, flags=pdfium_c.FPDF_REMOVE_SECURITY)
            return stream.getvalue()
        finally:
            pdf.close()
