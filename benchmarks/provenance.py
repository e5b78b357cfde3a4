"""Check that the highlight of a quotation covers its words: random slices of passages, read back.

A slice begins and ends between words and may run over lines and pages. Its boxes are those that a
reader is shown (`ingest.provenance`). pdfium then says which characters have their centres in the
boxes: they must be the slice's letters and digits, all of them and no others. Their order inside a
box is the file's, which may not be the reading order; slices that differ in it are counted. Centres
are asked for because a box that touches its neighbour's edge still highlights the right words.
OCR is off: its words are no characters that could be read back.
"""

import argparse
import random
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.corpus import Publication, read_corpus
from ingest.document import PageSpan, Passage
from ingest.errors import IngestError
from ingest.pdfium.readback import text_in_boxes
from ingest.provenance import quotation_boxes
from ingest.settings import DEFAULT_PATH, IngestSettings, read_settings

_WORDS = (3, 40)  # of a slice
_SHOWN_CHARS = 40  # before and after the first difference


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """A stretch of a passage: what it says, and what stands in its boxes."""

    file: str
    spans: tuple[PageSpan, ...]
    wanted: str  # letters and digits
    found: str

    @property
    def holds(self) -> bool:
        """Whether the boxes hold the slice's letters and digits and nothing else."""
        return sorted(self.wanted) == sorted(self.found)


def draw(passage: Passage, dice: random.Random) -> tuple[int, int]:
    """A stretch of 3 to 40 words of a passage (of all its words, where it has fewer)."""
    words = list(_words(passage.text))
    length = min(dice.randint(*_WORDS), len(words))
    first = dice.randint(0, len(words) - length)
    return words[first][0], words[first + length - 1][1]


def _words(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for word in text.split():
        start = text.index(word, start)
        yield start, start + len(word)
        start += len(word)


def read_back(publication: Publication, passage: Passage, start: int, end: int) -> Slice:
    """What pdfium finds in the boxes of `passage.text[start:end]`."""
    pages = {page.number: page for page in publication.reading.pages}
    spans = passage.spans_of(start, end)
    found = []
    for span in spans:
        boxes = quotation_boxes(
            publication.pdf_bytes,
            pages[span.page_number],
            span.start_char,
            span.end_char,
            file=publication.file,
        )
        found += text_in_boxes(
            publication.pdf_bytes, span.page_number, boxes, file=publication.file
        )
    return Slice(
        file=publication.file,
        spans=spans,
        wanted=_plain(passage.text[start:end]),
        found=_plain("".join(found)),
    )


def _plain(text: str) -> str:
    """Letters and digits, compatibility characters resolved."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to a parser."""
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of PDFs")
    parser.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    parser.add_argument("--slices", type=int, default=1000, help="how many slices")
    parser.add_argument("--seed", type=int, default=0, help="of the random choice")


def run(options: argparse.Namespace) -> int:
    """Read slices back and print the share that holds; returns the exit code."""
    dice = random.Random(options.seed)  # noqa: S311  # no secret
    try:
        settings = read_settings(options.config, "ingest", IngestSettings)
        publications = list(read_corpus(options.corpus, replace(settings, ocr="off")))
    except IngestError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    choices = [(item, passage) for item in publications for passage in item.passages]
    held = reordered = over_pages = over_lines = 0
    for _ in range(options.slices if choices else 0):
        publication, passage = dice.choice(choices)
        start, end = draw(passage, dice)
        drawn = read_back(publication, passage, start, end)
        held += drawn.holds
        reordered += drawn.holds and drawn.wanted != drawn.found
        over_pages += len({span.page_number for span in drawn.spans}) > 1
        over_lines += "\n" in passage.text[start:end]
        if not drawn.holds:
            _print_failure(drawn)
    print(
        f"{held} of {options.slices} slices hold ({100 * held / max(options.slices, 1):.1f}%); "
        f"{over_lines} run over lines, {over_pages} over pages, {reordered} are drawn in another "
        f"order; {len(choices)} passages of "
        f"{len(publications)} files, seed {options.seed}"
    )
    return 0 if held == options.slices else 1


def _print_failure(drawn: Slice) -> None:
    numbers = ", ".join(dict.fromkeys(str(span.page_number) for span in drawn.spans))
    pairs = enumerate(zip(drawn.wanted, drawn.found, strict=False))
    shorter = min(len(drawn.wanted), len(drawn.found))
    same = next((place for place, (one, other) in pairs if one != other), shorter)
    start = max(0, same - _SHOWN_CHARS)
    print(f"{drawn.file} page {numbers}, after {same} of {len(drawn.wanted)} characters")
    for name, text in (("wanted", drawn.wanted), ("found", drawn.found)):
        print(f"  {name:<6} …{text[start:same]}|{text[same : same + _SHOWN_CHARS]}…")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the check; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks provenance", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args(arguments))


if __name__ == "__main__":
    sys.exit(main())
