"""Ask the publications a question, or a file of questions."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from answer.assistant import open_assistant
from answer.errors import AnswerError
from answer.formats import reply_record, reply_text
from answer.pipeline import Assistant
from answer.questions import BatchQuestion, read_questions
from index.errors import SearchIndexError
from ingest.errors import IngestError
from ingest.settings import DEFAULT_PATH


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 replied (abstentions too), 1 nothing done."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if (options.question is None) == (options.batch is None):
        parser.error("give either a question in quotes or --batch FILE")
    try:
        questions = read_questions(options.batch) if options.batch else []
        assistant = open_assistant(options.index, options.config)
        if options.batch:
            _print_batch(assistant, questions)
        else:
            _print_one(assistant, options.question, options.history, as_json=options.json)
    except (IngestError, SearchIndexError, AnswerError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of a pipe, such as head, has seen enough
        sys.stderr.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m answer", description=__doc__)
    parser.add_argument("question", nargs="?", help="the question, in quotes")
    parser.add_argument(
        "--history",
        action="append",
        default=[],
        metavar="QUESTION",
        help="an earlier question of the conversation; may be repeated, oldest first",
    )
    parser.add_argument("--json", action="store_true", help="print the reply as JSON")
    parser.add_argument("--batch", type=Path, metavar="FILE", help="JSON Lines with id, question")
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="index folder")
    parser.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    return parser


def _print_one(
    assistant: Assistant, question: str, history: Sequence[str], *, as_json: bool
) -> None:
    reply = assistant.answer_question(question, history)
    documents = assistant.release.documents_by_id
    if as_json:
        print(json.dumps(reply_record(reply, documents), ensure_ascii=False, indent=1))
    else:
        print(reply_text(reply, documents))


def _print_batch(assistant: Assistant, questions: Sequence[BatchQuestion]) -> None:
    documents = assistant.release.documents_by_id
    for asked in questions:
        start = time.perf_counter()
        reply = assistant.answer_question(asked.question, asked.history)
        seconds = time.perf_counter() - start
        record = {
            "id": asked.question_id,
            **reply_record(reply, documents),
            "seconds": round(seconds, 4),
        }
        print(json.dumps(record, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main())
