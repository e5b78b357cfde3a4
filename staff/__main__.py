"""Make a release of the publications, compare its answers with the live ones, publish it or not.

python -m staff build      reads the publications, builds aside, compares, publishes if nothing
                           got worse; what is live stays live until then
"""

import argparse
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from access.settings import AccessSettings
from answer.assistant import query_embedder, write_encoders
from answer.errors import AnswerError
from answer.formats import reply_lines
from eval.errors import EvalError
from index.__main__ import add_command
from index.build import build_candidate, why_not_needed
from index.builder import Plan
from index.commands import roll_back
from index.embed import load_model
from index.errors import SearchIndexError
from index.releases import current_number, release_numbers, unknown_release
from index.settings import IndexSettings
from ingest.errors import IngestError
from ingest.progress import Bars
from ingest.publications import list_publications
from ingest.settings import IngestSettings, read_settings
from staff.backup import Part, back_up, restore
from staff.comparison import compare_releases, keep
from staff.errors import GateClosed, StaffError
from staff.gate import Comparison
from staff.publish import closed_because, discard_candidate, publish
from staff.settings import Rule, StaffSettings
from staff.work import Phase, StateFile
from usage.record_settings import RecordSettings
from usage.settings import UsageSettings

_NOT_DONE, _CLOSED = 1, 2  # exit codes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        0 done; 1 nothing done; 2 a release is ready, but the gate is closed.
    """
    options = _parser().parse_args(arguments)
    options.progress = _Progress(options.state)
    try:
        code: int = options.run(options)
    except GateClosed as error:
        print(error, file=sys.stderr)
        return _CLOSED
    except (IngestError, SearchIndexError, AnswerError, EvalError, StaffError) as error:
        options.progress.failed(str(error))
        print(f"error: {error}", file=sys.stderr)
        return _NOT_DONE
    except KeyboardInterrupt:
        options.progress.failed("It was stopped. Nothing was published; starting again goes on.")
        print("stopped; what is published is untouched", file=sys.stderr)
        return 130
    return code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m staff",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(state=None)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    told = "make a release, compare it, publish it if nothing got worse"
    build = add_command(commands, "build", _build, told)
    build.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of PDFs")
    build.add_argument("--if-needed", action="store_true", help="only if something has changed")
    build.add_argument("--ask", action="store_true", help="leave publishing to a later command")
    build.add_argument("--state", type=Path, help="folder where the page looks how far it is")
    told = "compare a release with the live one, by the question set"
    gate = add_command(commands, "gate", _gate, told)
    told = "publish a release that has been compared"
    go_live = add_command(commands, "publish", _publish, told)
    told = "take away a release that is not to be published"
    away = add_command(commands, "discard", _discard, told)
    for command in (gate, go_live, away):
        command.add_argument("release", type=int, help="its number")
    told = "publish an earlier release again, in one step"
    back = add_command(commands, "rollback", roll_back, told)
    back.add_argument("release", type=int, nargs="?", help="its number; else the one before")
    for command in (go_live, away, back):
        command.add_argument("--reason", default="", help="why; kept in the history")
    told = "write everything that cannot be made again into one file"
    backup = add_command(commands, "backup", _back_up, told)
    backup.add_argument("file", type=Path, help="the file to write, .tar")
    backup.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of PDFs")
    backup.add_argument(
        "--evaluation", type=Path, default=Path("var/eval"), help="sets and runs of the page"
    )
    told = "lay out a backup in an empty folder, and check every file"
    lay_out = add_command(commands, "restore", _restore, told)
    lay_out.add_argument("file", type=Path, help="the backup")
    lay_out.add_argument("folder", type=Path, help="a folder that is empty or not there yet")
    return parser


def _back_up(options: argparse.Namespace) -> int:
    made = back_up(options.file, _parts(options), index=options.index)
    print(f"{options.file}: {made.files} files, {made.size / 2**20:.1f} MiB, {made.made}")
    return 0


def _parts(options: argparse.Namespace) -> list[Part]:
    config = options.config
    staff = read_settings(config, "staff", StaffSettings)
    paths = {
        "config.toml": config,
        "corpus": options.corpus,
        "eval/sets": Path("eval/sets"),
        f"eval/sets/{Path(staff.gate_questions).name}": Path(staff.gate_questions),
        "var/index": options.index,
        "var/eval": options.evaluation,
        "var/staff": Path(staff.folder),
        "var/access/staff.json": Path(
            read_settings(config, "access", AccessSettings).password_file
        ),
        "var/usage.sqlite": Path(read_settings(config, "usage", UsageSettings).file),
        "var/record.sqlite": Path(read_settings(config, "record", RecordSettings).file),
    }
    return [Part(name=name, path=path) for name, path in paths.items()]


def _restore(options: argparse.Namespace) -> int:
    folder = options.folder.resolve()
    found = restore(options.file, folder)
    print(
        f"{folder}: {found.files} files as of {found.made}, each checked.\n"
        "To go on from them, copy what is in this folder over a fresh copy of the program:\n"
        f"cp -a {folder}/. FOLDER_OF_THE_PROGRAM/"
    )
    return 0


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
        _write_encoders(options.config)
        return 0
    list_publications(options.corpus)  # says at once what is wrong; the model takes seconds to load
    embedder = load_model(settings)
    progress: _Progress = options.progress
    try:
        result = build_candidate(
            Plan(
                corpus=options.corpus,
                root=options.index,
                embedder=embedder,
                ingest_settings=ingest_settings,
                index_settings=settings,
                on_progress=lambda p: progress.show(Phase.READING, p.done, p.total, p.detail),
            )
        )
    finally:
        progress.close_bars()
    print(result.in_words())
    progress.made(result.release)
    _write_encoders(options.config)
    if current_number(options.index) is not None:
        _compare(options, result.release)
    progress.ready()
    if options.ask:
        print(_ways(result.release))
        return 0
    _go_live(options, result.release, reason="")
    return 0


def _write_encoders(config: Path) -> None:
    """Write what asking runs; without it asking gives the same answers, and starts later."""
    try:
        write_encoders(config)
    except OSError as error:
        print(
            f"{error.filename}: {error.strerror}: what answers questions is not written there, so "
            "that asking takes seconds longer to start; free space, or set [answer] encoders in "
            "config.toml to another folder",
            file=sys.stderr,
        )


class _Progress:
    """Bars for people at a terminal, and the state for the page where one looks on."""

    def __init__(self, folder: Path | None) -> None:
        self._state = StateFile(folder) if folder else None
        self._bars = Bars()

    def show(self, phase: Phase, done: int, total: int, detail: str = "") -> None:
        self._bars.show(phase.value, done, total, detail)
        if self._state:
            self._state.show(phase, done, total, detail)

    def close_bars(self) -> None:
        self._bars.close()

    def made(self, release: int) -> None:
        if self._state:
            self._state.made(release)

    def ready(self) -> None:
        if self._state:
            self._state.end(Phase.READY)

    def failed(self, message: str) -> None:
        if self._state:
            self._state.end(Phase.FAILED, message)


def _gate(options: argparse.Namespace) -> int:
    return _CLOSED if _compare(options, options.release) else 0


def _compare(options: argparse.Namespace, number: int) -> str:
    """Compare, keep and print; returns why the gate is closed, "" when it is open."""
    settings = read_settings(options.config, "staff", StaffSettings)
    progress: _Progress = options.progress
    try:
        comparison = compare_releases(
            options.index,
            options.config,
            Path(settings.gate_questions),
            number,
            embedder=query_embedder(options.config),
            on_question=lambda done, total: progress.show(Phase.COMPARING, done, total),
        )
    finally:
        progress.close_bars()
    keep(Path(settings.folder), comparison)
    print(_comparison_text(comparison))
    return closed_because(comparison, live=comparison.live, rule=Rule(settings.gate_rule))


def _comparison_text(comparison: Comparison) -> str:
    beside = f"release {comparison.candidate} beside the live release {comparison.live}"
    lines = [f"{beside}: {comparison.in_words()}"]
    if comparison.warning:
        lines.append(f"warning: {comparison.warning}")
    for change in comparison.changes:
        lines += ["", f"{change.question_id} {change.effect.value}: {change.question}"]
        lines += [f"  live  {line}" for line in reply_lines(change.old)]
        lines += [f"  new   {line}" for line in reply_lines(change.new)]
    return "\n".join(lines)


def _publish(options: argparse.Namespace) -> int:
    if options.release not in release_numbers(options.index):
        raise unknown_release(options.index, options.release)
    _go_live(options, options.release, reason=options.reason)
    return 0


def _go_live(options: argparse.Namespace, number: int, *, reason: str) -> None:
    settings = read_settings(options.config, "staff", StaffSettings)
    try:
        publish(
            options.index,
            Path(settings.folder),
            number,
            rule=Rule(settings.gate_rule),
            reason=reason,
            kept_releases=read_settings(options.config, "index", IndexSettings).kept_releases,
        )
    except GateClosed as error:
        message = f"{error}\n{_ways(number)}"
        raise GateClosed(message) from error
    print(f"{options.index}: release {number} published")


def _discard(options: argparse.Namespace) -> int:
    try:
        discard_candidate(options.index, options.release, reason=options.reason)
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return _NOT_DONE
    print(f"{options.index}: release {options.release} is gone")
    return 0


def _ways(number: int) -> str:
    return (
        f"Compare it: python -m staff gate {number}\n"
        f"Publish it: python -m staff publish {number} (where answers got worse: "
        '--reason "why all the same")\n'
        f"Discard it: python -m staff discard {number}"
    )


if __name__ == "__main__":
    sys.exit(main())
