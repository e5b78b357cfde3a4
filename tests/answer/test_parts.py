"""A question that asks several things is told from one that asks one thing."""

import pytest

from answer.parts import Part, parts_of


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Who leads the council, and when does it meet?",
            [
                Part(asked="Who leads the council?", text="Who leads the council?"),
                Part(asked="when does it meet?", text="leads the council: when does it meet?"),
            ],
        ),
        (
            "In the 2017 notice, what is the deadline and who can apply?",
            [
                Part(
                    asked="what is the deadline?",
                    text="In the 2017 notice, what is the deadline?",
                ),
                Part(
                    asked="who can apply?", text="In the 2017 notice, the deadline: who can apply?"
                ),
            ],
        ),
        (
            "What is a sobriety court? How are judges of it chosen?",
            [
                Part(asked="What is a sobriety court?", text="What is a sobriety court?"),
                Part(
                    asked="How are judges of it chosen?",
                    text="a sobriety court: How are judges of it chosen?",
                ),
            ],
        ),
        (
            "What is parole, who grants it, and how long do most people stay on it?",
            [
                Part(asked="What is parole?", text="What is parole?"),
                Part(asked="who grants it?", text="parole: who grants it?"),
                Part(
                    asked="how long do most people stay on it?",
                    text="how long do most people stay on it?",
                ),
            ],
        ),
    ],
)
def test_each_part_is_told_in_its_own_words_and_standing_alone(
    question: str, parts: list[Part]
) -> None:
    assert list(parts_of(question)) == parts


@pytest.mark.parametrize(
    "question",
    [
        "What are the five principles?",
        "Who leads the council and the board?",  # one question of two bodies
        "What does it say about who is hurt and how they heal?",  # one, told and not asked
        "cost and benefit of diversion",
        "What about it? And why?",  # no subject in either
        "",
    ],
)
def test_a_question_that_asks_one_thing_has_no_parts(question: str) -> None:
    assert parts_of(question) == ()
