"""Say what is read of a folder of PDFs, without indexing it."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ingest.document import Document
from ingest.duplicates import PagePrint, page_prints, with_same_pages
from ingest.errors import IngestError
from ingest.intake import missing_report, take_in
from ingest.isolate import read_guarded
from ingest.progress import Bars
from ingest.publications import list_publications
from ingest.read import report_reading
from ingest.report import FileReport, exit_code
from ingest.report_text import format_reports
from ingest.settings import DEFAULT_PATH, IngestSettings, read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns 0 all good, 1 with warnings, 2 something unreadable."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings(options.config, "ingest", IngestSettings)
        reports = _reports(options.corpus, settings)
    except IngestError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; nothing was changed", file=sys.stderr)
        return 130
    if options.json:
        files = [item.as_dict() for item in reports]
        print(json.dumps({"files": files}, ensure_ascii=False, indent=1))
    else:
        print(format_reports(reports))
    return exit_code(reports)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    text = "read every PDF of a folder and report on it"
    report = commands.add_parser(
        "report",
        help=text,
        description=f"{text[0].upper()}{text[1:]}.",
        epilog="Exit code: 0 all good, 1 with warnings, 2 something unreadable.",
    )
    report.add_argument("corpus", type=Path, help="folder of PDFs")
    report.add_argument("--json", action="store_true", help="print the report as JSON")
    report.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    return parser


def _reports(corpus: Path, settings: IngestSettings) -> list[FileReport]:
    publications = list_publications(corpus)
    documents = publications.documents
    jobs = take_in(corpus, documents, publications.passwords, max_file_mib=settings.max_file_mib)
    reports = [*publications.left_out, *map(missing_report, publications.missing_files)]
    prints: list[PagePrint] = []
    read: dict[str, Document] = {}
    pages = 0
    bars = Bars()
    try:
        for done, outcome in enumerate(read_guarded(jobs, settings=settings), start=1):
            if isinstance(outcome, FileReport):
                reports.append(outcome)
            else:
                report = report_reading(outcome)
                reports.append(report)
                prints.extend(page_prints(report.file, outcome.pages))
                read[report.file] = outcome.document
                pages += report.pages
            bars.show("reading", done, len(documents), f"{pages} pages")
    finally:
        bars.close()
    reports.sort(key=lambda report: report.file)
    return with_same_pages(reports, prints, read)


if __name__ == "__main__":
    sys.exit(main())
