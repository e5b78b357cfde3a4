"""Make a release of the publications, compare its answers with the live ones, publish it or not.

python -m staff build      reads the publications, builds aside, compares, publishes if nothing
                           got worse; what is live stays live until then
"""

import argparse
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path

from answer.errors import AnswerError
from answer.formats import reply_lines
from eval.errors import EvalError
from index.build import build_candidate, fingerprint, is_up_to_date, set_aside
from index.embed import SentenceTransformerEmbedder, model_sha256
from index.errors import SearchIndexError
from index.releases import current_number
from index.settings import IndexSettings
from ingest.errors import IngestError
from ingest.progress import Bars
from ingest.report_text import format_reports
from ingest.settings import DEFAULT_PATH, IngestSettings, read_settings
from staff.comparison import compare_releases, keep
from staff.errors import GateClosed, StaffError
from staff.gate import Comparison
from staff.publish import closed_because, discard_candidate, go_back, publish
from staff.settings import Rule, StaffSettings
from staff.work import Phase, StateFile

_NOT_DONE, _CLOSED = 1, 2  # exit codes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        0 done; 1 nothing done; 2 a release is ready, but the gate is closed.
    """
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except GateClosed as error:
        print(f"{error}\n{_ways(options.release)}", file=sys.stderr)
        return _CLOSED
    except (IngestError, SearchIndexError, AnswerError, EvalError, StaffError) as error:
        _end(options, str(error))
        print(f"error: {error}", file=sys.stderr)
        return _NOT_DONE
    except KeyboardInterrupt:
        _end(options, "It was stopped. Nothing was published; starting again goes on.")
        print("stopped; what is published is untouched", file=sys.stderr)
        return 130
    return code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m staff",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], text: str) -> ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--index", type=Path, default=Path("var/index"), help="index folder")
        command.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
        command.set_defaults(run=run)
        return command

    build = add("build", _build, "make a release, compare it, publish it if nothing got worse")
    build.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of PDFs")
    build.add_argument("--if-needed", action="store_true", help="only if something has changed")
    build.add_argument("--ask", action="store_true", help="leave publishing to a later command")
    build.add_argument("--state", type=Path, help="folder where the page looks how far it is")
    gate = add("gate", _gate, "compare a release with the live one, by the question set")
    gate.add_argument("release", type=int, help="its number")
    go_live = add("publish", _publish, "publish a release that has been compared")
    go_live.add_argument("release", type=int, help="its number")
    away = add("discard", _discard, "take away a release that is not to be published")
    away.add_argument("release", type=int, help="its number")
    back = add("rollback", _roll_back, "publish an earlier release again, in one step")
    back.add_argument("release", type=int, nargs="?", help="its number; else the one before")
    for command in (go_live, away, back):
        command.add_argument("--reason", default="", help="why; kept in the history")
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
        if (aside := set_aside(options.index, wanted)) is not None:
            print(
                f"release {aside} holds these publications but was not left published; release "
                f"{current_number(options.index)} stays.\n{_ways(aside)}"
            )
            return 0
    embedder = SentenceTransformerEmbedder(settings.model, model_download=settings.model_download)
    show = _Progress(options)
    try:
        result = build_candidate(
            options.corpus,
            options.index,
            embedder=embedder,
            ingest_settings=ingest_settings,
            index_settings=settings,
            on_progress=lambda p: show(Phase.READING, p.done, p.total, p.detail),
        )
    finally:
        show.close()
    print(format_reports(result.reports))
    print(result.reused)
    if show.state:
        show.state.made(result.release)
    options.release = result.release
    if current_number(options.index) is not None:
        _gate(options)
    if show.state:
        show.state.end(Phase.READY)
    if options.ask:
        print(_ways(result.release))
        return 0
    options.reason = ""
    return _publish(options)


class _Progress:
    """Bars for people at a terminal, and the state for the page."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.state: StateFile | None = getattr(options, "state_file", None)
        if self.state is None and getattr(options, "state", None):
            self.state = options.state_file = StateFile(options.state)
        self._bars = Bars()

    def __call__(self, phase: Phase, done: int, total: int, detail: str = "") -> None:
        self._bars.show(phase.value, done, total, detail)
        if self.state:
            self.state.show(phase, done, total, detail)

    def close(self) -> None:
        self._bars.close()


def _end(options: argparse.Namespace, message: str) -> None:
    """Tell the page that nothing more will come."""
    if getattr(options, "state", None):
        state: StateFile = getattr(options, "state_file", None) or StateFile(options.state)
        state.end(Phase.FAILED, message)


def _gate(options: argparse.Namespace) -> int:
    settings = read_settings(options.config, "staff", StaffSettings)
    show = _Progress(options)
    try:
        comparison = compare_releases(
            options.index,
            options.config,
            Path(settings.gate_questions),
            options.release,
            on_question=lambda done, total: show(Phase.COMPARING, done, total),
        )
    finally:
        show.close()
    keep(Path(settings.folder), comparison)
    print(_comparison_text(comparison))
    closed = closed_because(comparison, live=comparison.live, rule=Rule(settings.gate_rule))
    return _CLOSED if closed else 0


def _comparison_text(comparison: Comparison) -> str:
    beside = f"release {comparison.candidate} beside the live release {comparison.live}"
    lines = [f"{beside}: {comparison.in_words()}"]
    for change in comparison.changes:
        lines += ["", f"{change.question_id} {change.effect.value}: {change.question}"]
        lines += [f"  live  {line}" for line in reply_lines(change.old)]
        lines += [f"  new   {line}" for line in reply_lines(change.new)]
    return "\n".join(lines)


def _publish(options: argparse.Namespace) -> int:
    settings = read_settings(options.config, "staff", StaffSettings)
    publish(
        options.index,
        Path(settings.folder),
        options.release,
        rule=Rule(settings.gate_rule),
        reason=options.reason,
        kept_releases=read_settings(options.config, "index", IndexSettings).kept_releases,
    )
    print(f"{options.index}: release {options.release} published")
    return 0


def _discard(options: argparse.Namespace) -> int:
    try:
        discard_candidate(options.index, options.release, reason=options.reason)
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return _NOT_DONE
    print(f"{options.index}: release {options.release} is gone")
    return 0


def _roll_back(options: argparse.Namespace) -> int:
    number = go_back(options.index, options.release, reason=options.reason)
    print(f"{options.index}: release {number} is published again")
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
