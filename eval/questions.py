"""Judged questions: what is asked, and which pages answer it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from answer.errors import QuestionFileInvalid
from answer.questions import parse_lines
from eval.errors import QuestionSetInvalid


@dataclass(frozen=True, kw_only=True, slots=True)
class Gold:
    """One entry of evidence: each of its pages alone supports the answer."""

    file: str
    pages: tuple[int, ...]  # physical, 1-based
    quote: str


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedQuestion:
    """A question with its judgement."""

    question_id: str
    question: str
    history: tuple[str, ...]
    kind: str
    answerable: bool
    needs: Literal["any", "all"]  # whether each gold entry alone answers, or all are needed
    gold: tuple[Gold, ...]
    answer: str | None = None  # reference answer, for people; None when there is none
    note: str = ""  # what makes it hard, or why there is no answer


def read_question_set(file: Path) -> list[JudgedQuestion]:
    """Read a question set from JSON Lines.

    Raises:
        QuestionSetInvalid: the file cannot be read or has faulty lines; all are named.
    """
    try:
        questions = parse_lines(file, _parse)
    except QuestionFileInvalid as error:
        raise QuestionSetInvalid(str(error)) from error
    if not questions:
        message = f"{file}: it holds no question; name a file of judged questions"
        raise QuestionSetInvalid(message)
    return questions


def _parse(line: str) -> JudgedQuestion:
    try:
        return _question(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{type(error).__name__}: {error}"
        raise ValueError(message) from error


def _question(record: dict[str, Any]) -> JudgedQuestion:
    answerable = record["answerable"]
    gold = tuple(
        Gold(file=entry["doc"], pages=tuple(entry["pages"]), quote=entry["quote"])
        for entry in record["gold"]
    )
    if not isinstance(answerable, bool):
        message = '"answerable" must be true or false'
        raise TypeError(message)
    if answerable != bool(gold):
        message = "an answerable question needs gold, an unanswerable one must have none"
        raise ValueError(message)
    needs = record.get("needs") or "any"
    if needs not in ("any", "all"):
        message = '"needs" must be "any" or "all"'
        raise ValueError(message)
    return JudgedQuestion(
        question_id=record["id"],
        question=record["question"],
        history=tuple(record["history"]),
        kind=record["kind"],
        answerable=answerable,
        needs="all" if needs == "all" else "any",
        gold=gold,
        answer=record.get("answer"),
        note=record.get("note") or "",
    )
