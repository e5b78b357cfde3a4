"""PDF bytes -> an open pdfium document, or the reason why not."""

import io
import threading

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.errors import PdfUnreadable

LOCK = threading.RLock()  # pdfium is not thread-safe: every call into it is made under this lock


def open_pdf(pdf_bytes: bytes, *, file: str, password: str) -> pdfium.PdfDocument:
    """Open a PDF; hold `LOCK` while it is used and close it afterwards.

    Raises:
        PdfUnreadable: the bytes are no PDF, are damaged, or need another password.
    """
    try:
        pdf = pdfium.PdfDocument(pdf_bytes, password=password or None)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            message = (
                f'{file}: needs a password; give it as password = "…" in the file\'s entry in '
                "publications.toml, or save an unprotected copy in its place"
            )
        else:
            message = (
                f"{file}: is no PDF or is damaged (pdfium: {error}); "
                "open it in a viewer, print it to a new PDF and put that in its place"
            )
        raise PdfUnreadable(message) from error
    if len(pdf) == 0:
        message = f"{file}: has no pages; put a complete copy in its place"
        raise PdfUnreadable(message)
    return pdf


def count_pages(pdf_bytes: bytes, *, file: str, password: str) -> int:
    """How many pages a PDF says it has.

    Raises:
        PdfUnreadable: as `open_pdf`.
    """
    with LOCK:
        pdf = open_pdf(pdf_bytes, file=file, password=password)
        try:
            return len(pdf)
        finally:
            pdf.close()


def without_password(pdf_bytes: bytes, *, file: str, password: str) -> bytes:
    """A copy of a PDF that opens without its password, its pages unchanged.

    Raises:
        PdfUnreadable: as `open_pdf`.
    """
    with LOCK:
        pdf = open_pdf(pdf_bytes, file=file, password=password)
        try:
            stream = io.BytesIO()
            pdf.save(stream, flags=pdfium_c.FPDF_REMOVE_SECURITY)
            return stream.getvalue()
        finally:
            pdf.close()
