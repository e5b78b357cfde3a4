"""Build releases of an index, and look at, check, compare, publish and roll back what is there."""

import argparse
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path

from index.build import (
    BuildResult,
    build_candidate,
    build_index,
    fingerprint,
    is_up_to_date,
    set_aside,
)
from index.commands import (
    discard_release,
    publish_release,
    roll_back,
    show_diff,
    show_releases,
    verify_releases,
)
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
    """Run the command line; returns the exit code: 0 done or nothing wrong, 1 nothing done."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except (IngestError, SearchIndexError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the index published before is untouched", file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], text: str) -> ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--index", type=Path, default=Path("var/index"), help="index folder")
        command.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
        command.set_defaults(run=run)
        return command

    build = add("build", _build, "read a corpus, make a release of it, verify it and publish it")
    build.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of PDFs")
    build.add_argument(
        "--if-needed", action="store_true", help="do nothing when the index is up to date"
    )
    build.add_argument(
        "--candidate", action="store_true", help="make the release, but do not publish it"
    )
    add("releases", show_releases, "list the releases and what was done with them")
    verify = add("verify", verify_releases, "check every file and vector of a release")
    verify.add_argument("release", type=int, nargs="?", help="its number; all when left out")
    compare = add("diff", show_diff, "what came, went and changed between two releases")
    compare.add_argument("old", type=int, help="number of a release")
    compare.add_argument("new", type=int, help="number of another")
    go_live = add("publish", publish_release, "publish a release that is there")
    go_live.add_argument("release", type=int, help="its number")
    back = add("rollback", roll_back, "publish an earlier release again, in one step")
    back.add_argument(
        "release", type=int, nargs="?", help="its number; the one published before when left out"
    )
    away = add("discard", discard_release, "take away a release that is not published")
    away.add_argument("release", type=int, help="its number")
    for command in (go_live, back, away):
        command.add_argument("--reason", default="", help="why; kept in the history")
    return parser


def _build(options: argparse.Namespace) -> int:
    """Build, unless the published release, or one that was set aside, holds this corpus already."""
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
        if (aside := set_aside(options.index, wanted)) is not None:
            print(
                f"{options.index}: release {aside} holds this corpus but was not left published; "
                f"release {current_number(options.index)} stays. To publish it all the same: "
                f"python -m index publish {aside}"
            )
            return 0
    list_publications(options.corpus)  # says at once what is wrong; the model takes seconds to load
    embedder = SentenceTransformerEmbedder(settings.model, model_download=settings.model_download)
    bars = Bars()
    try:
        make = build_candidate if options.candidate else build_index
        result = make(
            options.corpus,
            options.index,
            embedder=embedder,
            ingest_settings=ingest_settings,
            index_settings=settings,
            on_progress=lambda p: bars.show("indexing", p.done, p.total, p.detail),
        )
    finally:
        bars.close()
    _print_result(result, options.index, published=not options.candidate)
    return 0


def _print_result(result: BuildResult, root: Path, *, published: bool) -> None:
    print(format_reports(result.reports))
    left_out = [r for r in result.reports if _is_left_out(r)]
    if left_out:
        names = ", ".join(report.file for report in left_out)
        print(f"not in the index: {names} (reasons above)")
    print(result.reused)
    if published:
        print(f"{root}: release {result.release} published")
    else:
        print(
            f"{root}: release {result.release} is ready; compare it with "
            f"`python -m eval gate`, publish it with `python -m index publish {result.release}`"
        )


def _is_left_out(report: FileReport) -> bool:
    return report.verdict in (Verdict.UNREADABLE, Verdict.LEFT_OUT)


if __name__ == "__main__":
    sys.exit(main())
