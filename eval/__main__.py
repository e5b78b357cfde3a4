"""Run judged questions, see where answers are lost, compare runs."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from answer.assistant import open_assistant
from answer.errors import AnswerError
from answer.pipeline import Assistant
from eval.check import check_against
from eval.compare import Verdict, compare
from eval.errors import EvalError
from eval.question_files import parse_file, read_question_set, write_question_set
from eval.questions import Fault, JudgedQuestion
from eval.report import comparison_text, misses_text, summary_text
from eval.run import run_questions
from eval.runs import RunWriter, header_for, read_header, read_run
from eval.summary import Tally, summarise
from eval.template import write_template
from eval.trec import write_trec
from index.errors import SearchIndexError
from ingest.errors import IngestError
from ingest.progress import Bars
from ingest.settings import DEFAULT_PATH

_INDEX = Path("var/index")
_RUNS = Path("var/eval/runs")
_NOT_DONE, _FOUND = 1, 2  # exit codes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        0 done; 1 nothing done, or stopped half-way; 2 done, and it found what should not be: a
        false quotation (run), a faulty question (check), or a worse run (compare).
    """
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return _NOT_DONE
    except (IngestError, SearchIndexError, AnswerError, EvalError) as error:
        print(f"error: {error}", file=sys.stderr)
        return _NOT_DONE
    except BrokenPipeError:  # the reader of a pipe, such as head, has seen enough
        sys.stderr.close()
        return 0
    return code


def _run(options: argparse.Namespace) -> int:
    questions = read_question_set(options.questions)
    assistant = open_assistant(options.index, options.config)
    _warn(check_against(questions, assistant.release))
    header = header_for(assistant, questions, options.questions.name)
    writer = RunWriter(options.json or _next_run(options.questions, header.key), header)
    try:
        tally = _ask_the_rest(assistant, questions, writer)
    except KeyboardInterrupt:
        writer.close()
        print(f"stopped; {len(writer.done)} answers are kept: the same command goes on from there")
        return _NOT_DONE
    writer.finish()
    summary = tally.summary()
    print(summary_text(header, summary))
    print(f"saved as {writer.out}; open it with: python -m eval show {writer.out}")
    return _FOUND if summary.faults else 0


def _ask_the_rest(
    assistant: Assistant, questions: Sequence[JudgedQuestion], writer: RunWriter
) -> Tally:
    """Ask what an earlier, stopped run has not asked; count all outcomes in."""
    tally = Tally()
    for outcome in writer.outcomes():
        tally.add(outcome)
    if writer.done:
        print(f"going on after {len(writer.done)} questions of a run that was stopped")
    bars = Bars()
    try:
        for outcome in run_questions(assistant, questions[len(writer.done) :]):
            writer.add(outcome)
            tally.add(outcome)
            bars.show("asking", len(writer.done), len(questions))
    finally:
        bars.close()
    return tally


def _next_run(questions: Path, key: tuple[object, ...]) -> Path:
    """A new name, or that of an equal run that was stopped."""
    for part in sorted(_RUNS.glob(f"{questions.stem}-*.json.part")):
        found = read_header(part)
        if found and found.key == key:
            return part.with_suffix("")
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    return _RUNS / f"{questions.stem}-{now}.json"


def _show(options: argparse.Namespace) -> int:
    run = read_run(options.run)
    print(summary_text(run.header, summarise(run.outcomes)))
    if options.misses:
        print(misses_text(run.outcomes))
    return 0


def _compare(options: argparse.Namespace) -> int:
    comparison = compare(read_run(options.old), read_run(options.new))
    print(comparison_text(comparison))
    return _FOUND if comparison.verdict is Verdict.WORSE else 0


def _check(options: argparse.Namespace) -> int:
    parsed = parse_file(options.questions)
    if not parsed.faults:
        parsed.whole(str(options.questions))  # a set without questions is refused
    assistant = open_assistant(options.index, options.config)
    faults = [*parsed.faults, *check_against(parsed.questions, assistant.release)]
    for fault in faults:
        print(fault)
    without = f"{len(parsed.questions)} questions without a fault of form"
    print(f"{options.questions}: {without}, {len(faults)} faults")
    return _FOUND if faults else 0


def _warn(faults: Sequence[Fault]) -> None:
    for fault in faults:
        print(f"warning: {fault}", file=sys.stderr)


def _template(options: argparse.Namespace) -> int:
    write_template(options.out)
    print(f"wrote {options.out}: fill in the sheet “Questions”, then: python -m eval check …")
    return 0


def _convert(options: argparse.Namespace) -> int:
    questions = read_question_set(options.questions)
    write_question_set(questions, options.out)
    print(f"wrote {len(questions)} questions to {options.out}")
    return 0


def _trec(options: argparse.Namespace) -> int:
    for file in write_trec(read_run(options.run), options.folder):
        print(f"wrote {file}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description=__doc__,
        epilog="How to write questions, and what the figures mean: docs/writing-questions.md and "
        "docs/evaluation.md.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    assistant = argparse.ArgumentParser(add_help=False)
    assistant.add_argument("questions", type=Path, help="judged questions: .jsonl, .csv or .xlsx")
    assistant.add_argument("--index", type=Path, default=_INDEX, help="index folder")
    assistant.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")

    run = commands.add_parser("run", parents=[assistant], help="ask every question and judge it")
    run.add_argument("--json", type=Path, metavar="OUT", help=f"the run's file; else in {_RUNS}")
    run.set_defaults(command=_run)

    show = commands.add_parser("show", help="print the figures of a run that was saved")
    show.add_argument("run", type=Path, help="a run's file")
    show.add_argument("--misses", action="store_true", help="every miss: gold, and what was shown")
    show.set_defaults(command=_show)

    both = commands.add_parser("compare", help="what got better or worse; exit code 2 for worse")
    both.add_argument("old", type=Path, help="a run's file")
    both.add_argument("new", type=Path, help="a later run of the same questions")
    both.set_defaults(command=_compare)

    check = commands.add_parser("check", parents=[assistant], help="look for faults in a set")
    check.set_defaults(command=_check)

    template = commands.add_parser("template", help="make a spreadsheet to write questions in")
    template.add_argument("out", type=Path, metavar="OUT.xlsx")
    template.set_defaults(command=_template)

    convert = commands.add_parser("convert", help="a set from one form to another")
    convert.add_argument("questions", type=Path, help="judged questions: .jsonl, .csv or .xlsx")
    convert.add_argument("out", type=Path, help="the file to write; its ending names the form")
    convert.set_defaults(command=_convert)

    trec = commands.add_parser("trec", help="topics, qrels and run file for TREC tools")
    trec.add_argument("run", type=Path, help="a run's file")
    trec.add_argument("folder", type=Path, help="where the three files go")
    trec.set_defaults(command=_trec)
    return parser


if __name__ == "__main__":
    sys.exit(main())
