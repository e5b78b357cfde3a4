"""The kind of a refused question: help for somebody in danger, and never instead of an answer."""

import json
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from answer.kinds import kind_of
from answer.pipeline import Assistant
from answer.reply import Abstention, Answer
from answer.routes import Route, route
from tests.conftest import ROOT

# No form of speech foresees this one.
_IN_DANGER = "i cant go home tonight, he is drunk and has been hitting me again"


def test_somebody_in_danger_whose_words_no_form_foresaw_is_told_whom_to_call(
    assistant: Assistant,
) -> None:
    assert route(_IN_DANGER) is None
    reply = assistant.answer_question(_IN_DANGER)
    assert isinstance(reply, Abstention)
    assert reply.reason is Route.DANGER
    assert "988" in reply.message
    assert reply.related == ()


def test_a_question_that_is_answered_has_no_kind(assistant: Assistant) -> None:
    asked: list[str] = []

    def vector_of(question: str) -> NDArray[np.float32]:
        asked.append(question)
        return np.zeros(384, dtype=np.float32)

    reply = replace(assistant, vector_of=vector_of).answer_question("What are the five principles?")
    assert isinstance(reply, Answer)
    assert asked == []


def test_vectors_of_another_model_have_no_kind() -> None:
    assert kind_of(np.ones(768, dtype=np.float32)) is None


def test_no_practitioner_whose_words_the_forms_have_not_seen_is_turned_away() -> None:
    lines = (ROOT / "benchmarks" / "routes_unseen.jsonl").read_text("utf-8").splitlines()
    asked = [line["question"] for line in map(json.loads, lines) if line["route"] is None]
    assert len(asked) == 107
    assert [question for question in asked if route(question)] == []
