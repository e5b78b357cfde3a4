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
            "What training do officers get and how often is it required?",
            [
                Part(asked="What training do officers get?", text="What training do officers get?"),
                Part(
                    asked="how often is it required?",
                    text="training officers get: how often is it required?",
                ),
            ],
        ),
        (
            "Our county, which has three judges, has no drug court. What is one and who runs it?",
            [
                Part(
                    asked="What is one?",
                    text="Our county, which has three judges, has no drug court. What is one?",
                ),
                Part(
                    asked="who runs it?",
                    text="Our county, which has three judges, has no drug court. one: who runs it?",
                ),
            ],
        ),
        (
            "What is the number of the hotline and what hours?",
            [
                Part(
                    asked="What is the number of the hotline?",
                    text="What is the number of the hotline?",
                ),
                Part(asked="what hours?", text="the number of the hotline: what hours?"),
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
            "What is parole, when is it granted, and how long do most people stay on it?",
            [
                Part(asked="What is parole?", text="What is parole?"),
                Part(asked="when is it granted?", text="parole: when is it granted?"),
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
        "How are people who complete and do not complete the program tracked?",
        "What happens if a person is arrested and is on parole?",
        "What information must and must not be shared with victims?",
        "How many cases were opened in April and May 2021?",
        "How does the prosecutor decide whom to charge and whom to divert?",
        "Probation, which is a county function, serves adults and is funded by the state.",
        " and ".join(["who is it"] * 30),  # too many
        "",
    ],
)
def test_a_question_that_asks_one_thing_has_no_parts(question: str) -> None:
    assert parts_of(question) == ()
