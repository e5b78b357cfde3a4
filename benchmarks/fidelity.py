"""Compare the words that are read of a corpus with those that poppler's pdftotext reads.

Two shares are printed, for each file and in all. "kept": of pdftotext's words, those that stand in
passages, or on lines that the ingest report lists as headings or as left out. "known": of the words
of passages, those that pdftotext reads on the same page too. OCR is off: pdftotext has none.

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
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.corpus import Publication, read_corpus
from ingest.document import Page, Passage
from ingest.errors import IngestError
from ingest.read import report_reading
from ingest.report import IN_NO_PASSAGE, FileReport, PageReport
from ingest.settings import DEFAULT_PATH, IngestSettings, read_settings

Words = Counter[str]

# What stands between white space; goes on over a line break after a hyphen.
_WORD = re.compile(r"\S+(?:(?<=\w[-\u00ad\u2010\u2011])[ \t\r]*\n[ \t]*(?=\w)\S+)*")
_TIMEOUT_S = 600
_SHOWN = 40  # words of a page
_NOTE_MARK_DIGITS = 3
_LOST = "lost"
_PASSAGES = "passages"


@dataclass(frozen=True, kw_only=True, slots=True)
class PageWords:
    """The words of one page."""

    file: str
    number: int
    theirs: Words  # pdftotext's
    ours: dict[str, Words]  # "passages", and each role that is left out

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


def page_words(page: Page, report: PageReport, passages: Iterable[Passage]) -> dict[str, Words]:
    """The words of a page by where they went: passages, or what the report lists."""
    place = [_LOST] * len(page.text)
    left_out = {(item.role, text) for item in report.left_out for text in item.lines}
    for line in page.lines:
        text = page.line_text(line)
        for role in (line.role.value, IN_NO_PASSAGE):
            if (role, text) in left_out:
                place[line.start_char : line.end_char] = [role] * len(text)
    for passage in passages:
        for span in passage.spans:
            if span.page_number == page.number:
                length = span.end_char - span.start_char
                place[span.start_char : span.end_char] = [_PASSAGES] * length
    found: dict[str, Words] = {}
    for word, start, _ in words(page.text):
        found.setdefault(place[start], Words())[word] += 1
    found.pop(_LOST, None)
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


def compare(report: FileReport, item: Publication, theirs: Sequence[str]) -> list[PageWords]:
    """The words of every page of a publication beside those of the other reader."""
    by_page: dict[int, list[Passage]] = {}
    for passage in item.passages:
        for number in {span.page_number for span in passage.spans}:
            by_page.setdefault(number, []).append(passage)
    return [
        compare_page(
            item.file,
            page.number,
            Words(word for word, _, _ in words(text)),
            page_words(page, told, by_page.get(page.number, ())),
        )
        for page, told, text in zip(item.reading.pages, report.page_reports, theirs, strict=False)
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
    parser.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
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
    try:
        settings = read_settings(options.config, "ingest", IngestSettings)
        for item in read_corpus(options.corpus, replace(settings, ocr="off")):
            report = report_reading(item.reading, item.passages)
            found = compare(report, item, pdftotext(item.pdf_bytes))
            pages += found
            print(_row(item.file, found), flush=True)
    except (IngestError, subprocess.SubprocessError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
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
