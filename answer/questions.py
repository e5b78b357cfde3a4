"""A file of questions -> questions, without their labels being read."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from answer.errors import QuestionFileInvalid

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchQuestion:
    """One question of a batch."""

    question_id: str
    question: str
    history: tuple[str, ...]  # earlier questions of the conversation, oldest first


def read_questions(file: Path) -> list[BatchQuestion]:
    """Read JSON Lines with "id", "question" and, for a follow-up, "history".

    Raises:
        QuestionFileInvalid: the file cannot be read or has faulty lines; all are named.
    """
    ids: set[str] = set()

    def parse(line: str) -> BatchQuestion:
        question = _question(json.loads(line), ids)
        ids.add(question.question_id)
        return question

    return parse_lines(file, parse)


def parse_lines(file: Path, parse: Callable[[str], T]) -> list[T]:
    """Read a text file line by line; empty lines are passed over.

    Args:
        file: UTF-8; only a line feed ends a line, since JSON texts may hold other separators.
        parse: makes a value of a line, or raises ValueError with what is wrong with it.

    Raises:
        QuestionFileInvalid: the file cannot be read or has faulty lines; all are named.
    """
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file}: cannot be read ({error}); name a UTF-8 file of JSON Lines"
        raise QuestionFileInvalid(message) from error
    values: list[T] = []
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values.append(parse(line))
        except ValueError as error:
            faults.append(f"line {number}: {error}")
    if faults:
        message = f"{file}: mend these lines, then try again:\n  " + "\n  ".join(faults)
        raise QuestionFileInvalid(message)
    return values


def _question(record: Any, ids: set[str]) -> BatchQuestion:  # noqa: ANN401  # any JSON value
    if not isinstance(record, dict):
        message = "is not a JSON object"
        raise ValueError(message)  # noqa: TRY004  # one kind of fault for the whole line
    question_id, question = record.get("id"), record.get("question")
    history = record.get("history") or []
    if not isinstance(question_id, str) or not question_id:
        message = '"id" is missing or no text'
        raise ValueError(message)
    if question_id in ids:
        message = f'the id "{question_id}" stands on an earlier line too'
        raise ValueError(message)
    if not isinstance(question, str):
        message = '"question" is missing or no text'
        raise ValueError(message)  # noqa: TRY004
    if not isinstance(history, list) or not all(isinstance(item, str) for item in history):
        message = '"history" is not a list of texts'
        raise ValueError(message)
    return BatchQuestion(question_id=question_id, question=question, history=tuple(history))
