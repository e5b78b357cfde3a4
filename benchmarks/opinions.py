"""Two readers of the same pages: whose text is better, pdfium's or pypdf's?

    python -m benchmarks opinions --corpus FOLDER ...

A word that is in no list of words is a sign of words glued, split or garbled; names and
abbreviations are unknown to both readers alike. So the reader with fewer unknown words and more
known ones has read a page better.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import PdfUnreadable
from ingest.pdfium.glyphs import read_glyph_pages
from ingest.quality import WordCount, count_words, visible_text
from ingest.second_opinion import SecondReader, agreement

_SAME_WORDS = 0.98  # agreement from which the two texts count as the same
_QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, kw_only=True, slots=True)
class PageOpinions:
    """What two readers make of one page."""

    file: str
    page_number: int
    pdfium: WordCount
    pypdf: WordCount
    agreement: float
    garbled: int  # glyphs that are no characters

    @property
    def winner(self) -> str:
        """Who has more known words and no more unknown ones; "same" where the words are."""
        if self.agreement >= _SAME_WORDS:
            return "same"
        gain = _worth(self.pdfium) - _worth(self.pypdf)
        return "pdfium" if gain > 0 else "pypdf" if gain < 0 else "same"


def _worth(counts: WordCount) -> int:
    return counts.known - 2 * counts.unknown - counts.single


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the readers on every page of some folders of PDFs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks opinions", description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, nargs="+", default=[Path("corpus")], help="folders of PDFs"
    )
    parser.add_argument("--worst", type=int, default=15, help="pages to list")
    options = parser.parse_args(arguments)
    seconds = {"pdfium": 0.0, "pypdf": 0.0}
    pages = [
        page
        for folder in options.corpus
        for file in sorted(folder.glob("*.pdf"))
        for page in _compare(file, seconds)
    ]
    print("\n".join(_summary(pages, seconds, worst=options.worst)))
    return 0


def _compare(file: Path, seconds: dict[str, float]) -> Iterator[PageOpinions]:
    pdf_bytes = file.read_bytes()
    other = SecondReader(pdf_bytes)
    clock = time.process_time()
    try:
        for page in read_glyph_pages(pdf_bytes, file=file.name):
            seconds["pdfium"] += time.process_time() - clock
            text = visible_text(page)
            clock = time.process_time()
            second = other.page_text(page.number)
            seconds["pypdf"] += time.process_time() - clock
            yield PageOpinions(
                file=file.name,
                page_number=page.number,
                pdfium=count_words(text),
                pypdf=count_words(second or ""),
                agreement=agreement(text, second or ""),
                garbled=page.look.unmapped,
            )
            clock = time.process_time()
    except PdfUnreadable as error:
        print(error)


def _summary(
    pages: Sequence[PageOpinions], seconds: dict[str, float], *, worst: int
) -> Iterator[str]:
    if not pages:
        yield "no pages"
        return
    yield f"{len(pages)} pages; seconds of computing: {seconds}"
    for name in ("same", "pdfium", "pypdf"):
        won = [page for page in pages if page.winner == name]
        yield f"{name:<8} {len(won):>5} pages {100 * len(won) / len(pages):.1f}%"
    for name in ("pdfium", "pypdf"):
        counts = [getattr(page, name) for page in pages]
        known = sum(count.known for count in counts)
        unknown = sum(count.unknown for count in counts)
        yield (
            f"{name:<8} known {known}, unknown {unknown} ({100 * unknown / (known + unknown):.2f}%)"
            f", single letters {sum(count.single for count in counts)}"
        )
    told = [page for page in pages if page.pdfium.words >= 30]  # noqa: PLR2004  # fewer say little
    yield "quantiles      " + " ".join(f"{q:>6}" for q in _QUANTILES)
    yield "known share    " + _quantiles([page.pdfium.known_share for page in told])
    yield "vowel share    " + _quantiles([page.pdfium.vowel_share for page in told])
    yield "agreement      " + _quantiles([page.agreement for page in told])
    for title, key in (
        ("least agreement", lambda p: p.agreement),
        ("lowest known share", lambda p: p.pdfium.known_share),
        ("pypdf ahead", lambda p: _worth(p.pdfium) - _worth(p.pypdf)),
    ):
        yield title
        for page in sorted(told, key=key)[:worst]:
            yield (
                f"  {page.file} page {page.page_number}: {page.winner}, agreement "
                f"{page.agreement:.2f}, known share {page.pdfium.known_share:.2f} and "
                f"{page.pypdf.known_share:.2f}, single {page.pdfium.single} and "
                f"{page.pypdf.single}, unknown {page.pdfium.unknown} and {page.pypdf.unknown}"
            )


def _quantiles(values: Sequence[float]) -> str:
    ordered = sorted(values)
    return " ".join(f"{ordered[int(q * (len(ordered) - 1))]:6.2f}" for q in _QUANTILES)


if __name__ == "__main__":
    raise SystemExit(main())
