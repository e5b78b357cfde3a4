"""What lies in a corpus folder: its PDFs, and what is left out and why."""

import errno
import os
import stat
import unicodedata
from contextlib import suppress
from pathlib import Path

from ingest.errors import CorpusMissing
from ingest.report import FileReport, Verdict

_ENDING = ".pdf"
# What people put beside PDFs and may expect to be read.
_OTHER_DOCUMENTS = frozenset(
    """
    .doc .docx .dot .dotx .epub .htm .html .key .mht .mhtml .mobi .numbers .odp .ods .odt .pages
    .pps .ppsx .ppt .pptx .ps .pub .rtf .tif .tiff .txt .wpd .xls .xlsx .xps .zip
    """.split()
)
_ABOUT_THE_FOLDER = ("readme", "licence", "license", "copying", "notice")
_HEAD_BYTES = 1024  # a PDF begins within them (ISO 32000-1, annex H)


def look_into(corpus: Path) -> tuple[list[str], list[FileReport]]:
    """The names of a folder's PDFs, and a report of everything else that somebody may miss.

    Raises:
        CorpusMissing: there is no such folder, or it may not be read.
    """
    try:
        entries = sorted(corpus.iterdir())
    except OSError as error:
        message = (
            f"{corpus}: there is no such folder; make it and put the publications' PDFs in it"
            if error.errno in (errno.ENOENT, errno.ENOTDIR)
            else f"{corpus}: cannot be opened ({error.strerror}); give read access to it"
        )
        raise CorpusMissing(message) from error
    inside = corpus.resolve()
    names, left_out = [], []
    for path in entries:
        named_pdf = path.name.lower().endswith(_ENDING)
        why = _why_no_pdf(path, inside) if named_pdf else _why_not_read(path, inside)
        if why:
            shown = shown_name(path.name)
            note = f"{shown}: {why}"
            left_out.append(
                FileReport(file=shown, doc_id=None, verdict=Verdict.LEFT_OUT, notes=(note,))
            )
        elif named_pdf:
            names.append(path.name)
    return names, left_out


def shown_name(name: str) -> str:
    """A file's name with a code for each character that cannot be shown."""
    return "".join(
        char.encode("unicode_escape").decode() if _is_unshowable(char) else char for char in name
    )


def _is_unshowable(char: str) -> bool:
    """Controls, bytes that are no Unicode, and characters that turn the writing direction."""
    return unicodedata.category(char) in ("Cc", "Cs") or char in "\u202a\u202b\u202d\u202e\u2028"


def _why_no_pdf(path: Path, inside: Path) -> str:
    """Why something named like a PDF is not taken; "" when it is."""
    if any(map(_is_unshowable, path.name)):
        return "its name holds characters that cannot be shown; rename it"
    if path.name.startswith("."):
        return "is hidden by its name; rename it, or remove it if a program left it there"
    try:
        if not path.resolve(strict=True).is_relative_to(inside):
            return "is a link that leads out of the folder; put the file itself in its place"
        mode = path.stat().st_mode
    except (OSError, RuntimeError):  # RuntimeError: a circle of links, on Python 3.11 and 3.12
        return "is a link that leads nowhere; put the file itself in its place"
    if stat.S_ISDIR(mode):
        return "is a folder; put its PDFs into the corpus folder itself"
    return "" if stat.S_ISREG(mode) else "is no file but a pipe, socket or device; remove it"


def _why_not_read(path: Path, inside: Path) -> str:
    """What to say of something not named like a PDF; "" when nobody will miss it."""
    with suppress(OSError, RuntimeError):  # what cannot be looked at is no PDF to anybody
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            count = sum(p.name.lower().endswith(_ENDING) for p in path.iterdir())
            return (
                f"is a folder with {count} PDFs; put them into the corpus folder" if count else ""
            )
        if stat.S_ISLNK(mode) and not path.resolve(strict=True).is_relative_to(inside):
            return ""
        if path.is_file() and is_pdf(read_start(path, _HEAD_BYTES)):
            return "is a PDF by its content; give its name the ending .pdf to have it read"
    if path.stem.lower().startswith(_ABOUT_THE_FOLDER):
        return ""
    if path.suffix.lower() in _OTHER_DOCUMENTS:
        return "is no PDF; save it as PDF to have it read"
    return ""


def is_pdf(data: bytes) -> bool:
    """Whether a file that begins so is a PDF, whatever its name."""
    return b"%PDF-" in data[:_HEAD_BYTES]


def read_start(path: Path, most: int) -> bytes:
    """The first bytes of a regular file.

    Raises:
        OSError: it cannot be opened, or is none.
    """
    # Not blocking: a pipe that took the file's place stops nothing.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "no regular file", str(path))
        return stream.read(most)
