"""Time the reading of PDFs against plain pypdf on the same files, on one and on two processes.

pypdf opens each file and extracts the text of each page, and no more, in this process. Ours reads
glyphs, finds order, structure and labels and judges the pages, in child processes as in a build,
their start included. OCR is off: pypdf has none.
"""

import argparse
import datetime as dt
import importlib.metadata
import os
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.corpus import read_files
from ingest.errors import IngestError, PdfUnreadable
from ingest.pdfium.file import count_pages
from ingest.second_opinion import SecondReader
from ingest.settings import DEFAULT_PATH, IngestSettings, read_settings

_PROCESSES = (1, 2)
_PACKAGES = ("pypdf", "pypdfium2")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to a parser."""
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of PDFs")
    parser.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")


def run(options: argparse.Namespace) -> int:
    """Time both readers and print pages a second; returns the exit code."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES)
    print(f"date      {dt.datetime.now(tz=dt.UTC).date()}")
    print(f"machine   {os.cpu_count()} cores, {platform.machine()}, {platform.system()}")
    print(f"software  Python {platform.python_version()}, {versions}")
    try:
        settings = read_settings(options.config, "ingest", IngestSettings)
        files = {p.name: p.read_bytes() for p in sorted(options.corpus.glob("*.pdf"))}
        counts = {name: _pages(name, pdf_bytes) for name, pdf_bytes in files.items()}
        pages = sum(counts.values())
        start = time.perf_counter()
        for name, pdf_bytes in files.items():
            reader = SecondReader(pdf_bytes)
            for number in range(1, counts[name] + 1):
                reader.page_text(number)
        plain = time.perf_counter() - start
        print(f"corpus    {options.corpus}: {len(files)} files, {pages} pages")
        print(f"pypdf     {pages / plain:6.1f} pages/s (extract_text alone, 1 process)")
        for processes in _PROCESSES:
            _time(options.corpus, replace(settings, processes=processes, ocr="off"), plain)
    except IngestError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _pages(name: str, pdf_bytes: bytes) -> int:
    """How many pages a file has; 0 when it does not open."""
    try:
        return count_pages(pdf_bytes, file=name)
    except PdfUnreadable:
        return 0


def _time(corpus: Path, settings: IngestSettings, plain_s: float) -> None:
    start = time.perf_counter()
    pages = sum(len(reading.pages) for _, reading in read_files(corpus, settings))
    seconds = time.perf_counter() - start
    name = f"{settings.processes} process" + ("es" if settings.processes > 1 else "")
    print(
        f"ours      {pages / seconds:6.1f} pages/s on {name}, {plain_s / seconds:.2f} times the "
        "speed of pypdf"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measure; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks reading", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args(arguments))


if __name__ == "__main__":
    sys.exit(main())
