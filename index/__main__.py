"""Build an index of a corpus; look at, verify and compare its releases; go back to an earlier one.

`build` publishes what it makes. `python -m staff build` compares its answers first.
"""

import argparse
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path

from index.build import build_index, why_not_needed
from index.builder import Plan
from index.commands import roll_back, show_diff, show_releases, verify_releases
from index.embed import load_model
from index.errors import SearchIndexError
from index.settings import IndexSettings
from ingest.errors import IngestError
from ingest.progress import Bars
from ingest.publications import list_publications
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


def add_command(
    commands: "argparse._SubParsersAction[ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> ArgumentParser:
    """A command on an index, with the options that all of them have."""
    command = commands.add_parser(name, help=text, description=text)
    command.add_argument("--index", type=Path, default=Path("var/index"), help="index folder")
    command.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    command.set_defaults(run=run)
    return command


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m index", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    told = "read a corpus, make a release of it, verify it and publish it"
    build = add_command(commands, "build", _build, told)
    build.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of PDFs")
    build.add_argument(
        "--if-needed", action="store_true", help="do nothing when the index is up to date"
    )
    told = "list the releases and what was done with them"
    add_command(commands, "releases", show_releases, told)
    told = "check every file of a release, and a sample of its vectors"
    verify = add_command(commands, "verify", verify_releases, told)
    verify.add_argument("release", type=int, nargs="?", help="its number; all when left out")
    told = "what came, went and changed between two releases"
    compare = add_command(commands, "diff", show_diff, told)
    compare.add_argument("old", type=int, help="number of a release")
    compare.add_argument("new", type=int, help="number of another")
    told = "publish an earlier release again, in one step"
    back = add_command(commands, "rollback", roll_back, told)
    back.add_argument("release", type=int, nargs="?", help="its number; else the one before")
    back.add_argument("--reason", default="", help="why; kept in the history")
    return parser


def _build(options: argparse.Namespace) -> int:
    ingest_settings = read_settings(options.config, "ingest", IngestSettings)
    settings = read_settings(options.config, "index", IndexSettings)
    if options.if_needed and (
        why := why_not_needed(
            options.corpus,
            options.index,
            ingest_settings=ingest_settings,
            index_settings=settings,
        )
    ):
        print(why)
        return 0
    list_publications(options.corpus)  # says at once what is wrong; the model takes seconds to load
    embedder = load_model(settings)
    bars = Bars()
    try:
        result = build_index(
            Plan(
                corpus=options.corpus,
                root=options.index,
                embedder=embedder,
                ingest_settings=ingest_settings,
                index_settings=settings,
                on_progress=lambda p: bars.show("indexing", p.done, p.total, p.detail),
            )
        )
    finally:
        bars.close()
    print(result.in_words())
    print(f"{options.index}: release {result.release} published")
    return 0


if __name__ == "__main__":
    sys.exit(main())
