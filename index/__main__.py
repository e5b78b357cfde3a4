"""Build an index of a corpus, or say whether it is up to date."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from index.build import BuildResult, build_index, fingerprint, is_up_to_date
from index.embed import SentenceTransformerEmbedder, model_sha256
from index.errors import SearchIndexError
from index.releases import current_number
from index.settings import IndexSettings
from ingest.errors import IngestError
from ingest.progress import Bars
from ingest.publications import list_publications
from ingest.report import FileReport, Verdict
from ingest.report_text import format_reports
from ingest.settings import DEFAULT_PATH, IngestSettings, read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 published or up to date, 1 nothing done."""
    options = _parser().parse_args(arguments)
    try:
        return _build(options)
    except (IngestError, SearchIndexError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the index published before is untouched", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="read a corpus and publish an index of it")
    build.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of PDFs")
    build.add_argument("--index", type=Path, default=Path("var/index"), help="index folder")
    build.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    build.add_argument(
        "--if-needed", action="store_true", help="do nothing when the index is up to date"
    )
    return parser


def _build(options: argparse.Namespace) -> int:
    ingest_settings = read_settings(options.config, "ingest", IngestSettings)
    settings = read_settings(options.config, "index", IndexSettings)
    if options.if_needed:
        wanted = fingerprint(
            options.corpus,
            model_sha256=model_sha256(settings.model, model_download=settings.model_download),
            ingest_settings=ingest_settings,
        )
        if is_up_to_date(options.index, wanted):
            print(f"{options.index}: up to date (release {current_number(options.index)})")
            return 0
    list_publications(options.corpus)  # says at once what is wrong; the model takes seconds to load
    embedder = SentenceTransformerEmbedder(settings.model, model_download=settings.model_download)
    bars = Bars()
    try:
        result = build_index(
            options.corpus,
            options.index,
            embedder=embedder,
            ingest_settings=ingest_settings,
            index_settings=settings,
            on_progress=lambda p: bars.show("indexing", p.done, p.total, p.detail),
        )
    finally:
        bars.close()
    _print_result(result, options.index)
    return 0


def _print_result(result: BuildResult, root: Path) -> None:
    print(format_reports(result.reports))
    left_out = [r for r in result.reports if _is_left_out(r)]
    if left_out:
        names = ", ".join(report.file for report in left_out)
        print(f"not in the index: {names} (reasons above)")
    print(result.reused)
    print(f"{root}: release {result.release} published")


def _is_left_out(report: FileReport) -> bool:
    return report.verdict in (Verdict.UNREADABLE, Verdict.LEFT_OUT)


if __name__ == "__main__":
    sys.exit(main())
