"""Run a set of judged questions and print how good the answers are."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from answer.assistant import open_assistant
from answer.errors import AnswerError
from eval.errors import EvalError
from eval.questions import read_question_set
from eval.run import misquoted, run_questions, summarise
from index.errors import SearchIndexError
from ingest.errors import IngestError
from ingest.progress import Bars
from ingest.settings import DEFAULT_PATH


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 run, 1 nothing done, 2 a false quotation."""
    options = _parser().parse_args(arguments)
    try:
        questions = read_question_set(options.questions)
        assistant = open_assistant(options.index, options.config)
    except (IngestError, SearchIndexError, AnswerError, EvalError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    bars = Bars()
    outcomes = run_questions(
        assistant,
        questions,
        on_progress=lambda done: bars.show("asking", done, len(questions)),
    )
    bars.close()
    print(f"{options.questions}: {len(questions)} questions, release {assistant.release.number}")
    for measure in summarise(outcomes):
        low, high = measure.interval
        print(f"{measure.name:<26}{measure.mean:6.3f}  [{low:.3f}, {high:.3f}]  n={measure.count}")
    quotations = misquoted(assistant, outcomes)
    found = quotations.count - len(quotations.faults)
    by_ocr = f", {quotations.by_ocr} by OCR" if quotations.by_ocr else ""
    print(f"quotations on their page  {found} of {quotations.count}{by_ocr}")
    for fault in quotations.faults:
        print(f"  not found: {fault}")
    return 2 if quotations.faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("questions", type=Path, help="judged questions as JSON Lines")
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="index folder")
    parser.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
