"""Compare the words that are read of a corpus with those that poppler's pdftotext reads.

Two shares are printed, for each file and in all. "kept": of pdftotext's words, those that stand in
passages, in headings, or on lines that the report lists as left out. "known": of the words of
passages, those that pdftotext reads on the same page too.

The words of a page are compared as a bag: their order is not judged. What stands between white
space is one word, so a glued or a torn word counts as wrong. Folded on both sides alike:
compatibility characters and ligatures (NFKC), case, and everything but letters and digits, since
the readers differ on quotation marks, bullets and dots. A hyphen at the end of a line joins the
words beside it, as pdftotext does itself: whether it should have stayed ("well-" + "being") is
therefore not judged, a word that is torn without a hyphen is. A note mark of one to three digits
that one reader sets against its word and the other apart ("year1", "year 1") is no miss; they are
counted. pdftotext is no truth: it too tears letter-spaced words, and drops what it takes for a
shadow, so both shares fall short of 100% even for a perfect reader.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.document import QUOTABLE_ROLES, Document, Page, Passage, Role, Status
from ingest.errors import IngestError
from ingest.read import Reading, read_publication
from ingest.split import split_passages

Words = Counter[str]

# What stands between white space; goes on over a line break after a hyphen.
_WORD = re.compile(r"\S+(?:(?<=\w[-\u00ad\u2010\u2011])[ \t\r]*\n[ \t]*(?=\w)\S+)*")
_PIECE = re.compile(r"\w{1,6}|[^\w\s]")  # about a word piece of the embedding model
_WINDOW, _MOST = 254, 180  # word pieces
_MAX_FILE_MIB = 500
_TIMEOUT_S = 600
_SHOWN = 40  # words of a page
_NOTE_MARK_DIGITS = 3
_HEADINGS = "headings"
_PASSAGES = "passages"


@dataclass(frozen=True, kw_only=True, slots=True)
class PageWords:
    """The words of one page."""

    file: str
    number: int
    theirs: Words  # pdftotext's
    ours: dict[str, Words]  # "passages", "headings", and each role that is left out

    missing: Words  # of theirs: neither kept nor listed as left out
    unknown: Words  # of passages: not among theirs
    note_marks: int  # set against their words by one reader only


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded words of a text, each with its start and end."""
    for match in _WORD.finditer(text):
        plain = unicodedata.normalize("NFKC", match[0]).casefold()
        word = "".join(filter(str.isalnum, plain))
        if word:
            yield word, match.start(), match.end()


def page_words(page: Page, passages: Iterable[Passage]) -> dict[str, Words]:
    """The words of a page by where they went."""
    place = ["lost"] * len(page.text)
    for line in page.lines:
        if line.role not in QUOTABLE_ROLES:
            name = _HEADINGS if line.role is Role.HEADING else line.role.value
            place[line.start_char : line.end_char] = [name] * (line.end_char - line.start_char)
    for passage in passages:
        for span in passage.spans:
            if span.page_number == page.number:
                length = span.end_char - span.start_char
                place[span.start_char : span.end_char] = [_PASSAGES] * length
    found: dict[str, Words] = {}
    for word, start, _ in words(page.text):
        found.setdefault(place[start], Words())[word] += 1
    found.pop("lost", None)
    return found


def compare_page(file: str, number: int, theirs: Words, ours: dict[str, Words]) -> PageWords:
    """What each reader has of a page that the other has not."""
    everything = sum(ours.values(), Words())
    missing, extra = theirs - everything, everything - theirs
    unknown = ours.get(_PASSAGES, Words()) - theirs
    marks = [*_note_marks(missing, extra), *_note_marks(extra, missing)]
    missing.subtract(word for parts in marks for word in parts)
    unknown.subtract(word for parts in marks for word in parts)
    return PageWords(
        file=file,
        number=number,
        theirs=theirs,
        ours=ours,
        missing=+missing,
        unknown=+unknown,
        note_marks=len(marks),
    )


def _note_marks(apart: Words, together: Words) -> Iterator[tuple[str, str, str]]:
    """Words of `together` with the word and the note mark that they are in `apart`."""
    left = Words(apart)
    for joined in together.elements():
        for length in range(1, min(_NOTE_MARK_DIGITS, len(joined) - 1) + 1):
            word, mark = joined[:-length], joined[-length:]
            if mark.isdecimal() and left[word] > 0 and left[mark] > 0:
                left.subtract((word, mark))
                yield joined, word, mark
                break


def compare(
    reading: Reading, passages: Sequence[Passage], theirs: Sequence[str]
) -> list[PageWords]:
    """The words of every page of a publication beside those of the other reader."""
    by_page: dict[int, list[Passage]] = {}
    for passage in passages:
        for number in {span.page_number for span in passage.spans}:
            by_page.setdefault(number, []).append(passage)
    file = reading.document.file or reading.document.doc_id
    return [
        compare_page(
            file,
            page.number,
            Words(word for word, _, _ in words(theirs[page.number - 1])),
            page_words(page, by_page.get(page.number, ())),
        )
        for page in reading.pages
        if page.number <= len(theirs)
    ]


def pdftotext(pdf_bytes: bytes) -> list[str]:
    """The text of every page as poppler reads it.

    Raises:
        subprocess.CalledProcessError: poppler cannot read the file.
    """
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf_bytes)
        file.flush()
        command = ["pdftotext", "-enc", "UTF-8", file.name, "-"]
        done = subprocess.run(  # noqa: S603  # the program is on the path, the file is ours
            command, check=True, capture_output=True, timeout=_TIMEOUT_S
        )
    return done.stdout.decode("utf-8", "replace").split("\f")[:-1]


def read_pages(path: Path) -> list[PageWords]:
    """Read one PDF with both readers.

    Raises:
        IngestError: it cannot be read by ours.
        subprocess.CalledProcessError: it cannot be read by the other.
    """
    pdf_bytes = path.read_bytes()
    reading = read_publication(pdf_bytes, _document(path.name), max_file_mib=_MAX_FILE_MIB)
    passages = split_passages(
        reading.pages,
        doc_id=reading.document.doc_id,
        title=reading.document.title,
        count_tokens=lambda text: len(_PIECE.findall(text)),
        window_tokens=_WINDOW,
        max_tokens=_MOST,
    )
    return compare(reading, passages, pdftotext(reading.unlocked or pdf_bytes))


def _document(file: str) -> Document:
    return Document(
        doc_id="x",
        title="",
        publisher="",
        edition="",
        issued=None,
        status=Status.CURRENT,
        supersedes=None,
        source_url="",
        licence="",
        file=file,
        sha256=None,
        page_count=0,
        described=False,
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * (whole - part) / whole:7.3f}%" if whole else "      –"


def _row(name: str, pages: Sequence[PageWords]) -> str:
    theirs = sum(page.theirs.total() for page in pages)
    passages = sum(page.ours.get(_PASSAGES, Words()).total() for page in pages)
    missing = sum(page.missing.total() for page in pages)
    unknown = sum(page.unknown.total() for page in pages)
    return (
        f"{_share(missing, theirs)} {missing:6} of {theirs:7}  "
        f"{_share(unknown, passages)} {unknown:6} of {passages:7}  {name}"
    )


def _print_places(pages: Sequence[PageWords]) -> None:
    places: Counter[str] = Counter()
    for page in pages:
        for place, found in page.ours.items():
            places[place] += found.total()
    whole = places.total()
    print(f"note marks set against or apart from their words: {sum(p.note_marks for p in pages)}")
    print("our words: " + ", ".join(f"{n} {p} ({n / whole:.1%})" for p, n in places.most_common()))


def _print_misses(pages: Sequence[PageWords], most: int) -> None:
    worst = sorted(pages, key=lambda p: p.missing.total() + p.unknown.total(), reverse=True)
    for page in worst[:most]:
        print(f"\n{page.file} page {page.number}")
        for name, found in (("missing", page.missing), ("unknown", page.unknown)):
            if found:
                shown = " ".join(list(found.elements())[:_SHOWN])
                print(f"  {name} {found.total()}: {shown}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to a parser."""
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of PDFs")
    parser.add_argument(
        "--misses", type=int, default=0, metavar="N", help="list the words of the N worst pages"
    )


def run(options: argparse.Namespace) -> int:
    """Compare every PDF of a folder; returns the exit code."""
    if shutil.which("pdftotext") is None:
        print(
            "error: pdftotext is not installed; install poppler (apt install poppler-utils, or "
            "brew install poppler)",
            file=sys.stderr,
        )
        return 2
    print("    kept  missing words         known unknown words")
    pages: list[PageWords] = []
    for path in sorted(options.corpus.glob("*.pdf")):
        try:
            found = read_pages(path)
        except (IngestError, subprocess.SubprocessError) as error:
            print(f"not compared: {error}")
            continue
        pages += found
        print(_row(path.name, found), flush=True)
    print(_row(f"all {len(pages)} pages", pages))
    _print_places(pages)
    _print_misses(pages, options.misses)
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks fidelity", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args(arguments))


if __name__ == "__main__":
    sys.exit(main())
