"""A comparison is asked of each of the two things that it compares."""

import pytest

from answer.sides import sides_of


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "What is paid for a bed under the 2017 notice and under the 2018 notice?",
            [
                "What is paid for a bed under the 2017 notice?",
                "What is paid for a bed under the 2018 notice?",
            ],
        ),
        (
            "Compare how many beds stand in Kern and in Napa.",
            ["how many beds stand in Kern?", "how many beds stand in Napa?"],
        ),
        (
            "Can a judge decide with a report? And with a recording?",
            ["Can a judge decide with a report?", "Can a judge decide with a recording?"],
        ),
        (
            "How many people in California live in cities, and in towns?",
            [
                "How many people in California live in cities?",
                "How many people in California live in towns?",
            ],
        ),
        (
            "I work in Kern. Are staff trained in trauma and in grief?",
            [
                "I work in Kern. Are staff trained in trauma?",
                "I work in Kern. Are staff trained in grief?",
            ],
        ),
    ],
)
def test_each_side_is_asked_for(question: str, sides: list[str]) -> None:
    assert [part.text for part in sides_of(question)] == sides


@pytest.mark.parametrize(
    "question",
    [
        "Who should be trained in trauma and grief?",
        "What share of people on parole and on probation return to prison within three years?",
        "How do counties work with police and with schools to reduce violence?",
        "Is the grant the same for cities and for counties with more than 100,000 people?",
        "What is the difference between a warning and an order?",
        "Is it better in this and in that?",
        "What share lives in cities and towns?",
        "",
    ],
)
def test_what_does_not_end_in_two_sides_has_none(question: str) -> None:
    assert sides_of(question) == ()
