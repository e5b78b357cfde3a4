"""Say what is read of a folder of PDFs, without indexing it."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ingest.errors import IngestError
from ingest.publications import list_publications
from ingest.read import read_or_report, report_reading
from ingest.report import FileReport, Verdict, exit_code, format_reports
from ingest.settings import DEFAULT_PATH, IngestSettings, read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns 0 all good, 1 with warnings, 2 something unreadable."""
    parser = argparse.ArgumentParser(prog="python -m ingest", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    report = commands.add_parser("report", help="read every PDF and report on it")
    report.add_argument("corpus", type=Path, help="folder of PDFs")
    report.add_argument("--json", action="store_true", help="print the report as JSON")
    report.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    options = parser.parse_args(arguments)
    try:
        settings = read_settings(options.config, "ingest", IngestSettings)
        reports = _reports(options.corpus, settings)
    except IngestError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.json:
        files = [item.as_dict() for item in reports]
        print(json.dumps({"files": files}, ensure_ascii=False, indent=1))
    else:
        print(format_reports(reports))
    return exit_code(reports)


def _reports(corpus: Path, settings: IngestSettings) -> list[FileReport]:
    reports = []
    for document in list_publications(corpus).documents:
        file = document.file or ""
        try:
            pdf_bytes = (corpus / file).read_bytes()
        except OSError as error:
            note = f"{file}: cannot be opened ({error.strerror}); give read access to it"
            report = FileReport(
                file=file, doc_id=document.doc_id, verdict=Verdict.UNREADABLE, notes=(note,)
            )
        else:
            outcome = read_or_report(pdf_bytes, document, max_file_mib=settings.max_file_mib)
            report = outcome if isinstance(outcome, FileReport) else report_reading(outcome)
        reports.append(report)
    return sorted(reports, key=lambda report: report.file)


if __name__ == "__main__":
    sys.exit(main())
