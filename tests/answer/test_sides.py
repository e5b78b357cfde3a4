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
            "Compare the deadlines in Kern County and in Napa County.",
            ["What are the deadlines in Kern County?", "What are the deadlines in Napa County?"],
        ),
        (
            "Compare how many beds stand in Kern and in Napa",
            ["how many beds stand in Kern?", "how many beds stand in Napa?"],
        ),
        (
            "Can a judge decide with a report? And with a recording?",
            ["Can a judge decide with a report?", "Can a judge decide with a recording?"],
        ),
        (
            "Is the fee the same for adults and young people?",
            ["Is the fee for adults?", "Is the fee for young people?"],
        ),
        (
            "What is the difference between a warning and an order?",
            ["What is a warning?", "What is an order?"],
        ),
        (
            "How does probation differ from parole?",
            ["What is probation?", "What is parole?"],
        ),
    ],
)
def test_each_side_is_asked_for(question: str, sides: list[str]) -> None:
    assert [part.text for part in sides_of(question)] == sides


@pytest.mark.parametrize(
    "question",
    [
        "Who should be trained in trauma and grief?",
        "How does it differ from this?",  # nothing is named
        "How does what a county court can order differ from what a state agency may order?",
        "What share lives in cities and towns?",
        "",
    ],
)
def test_what_compares_nothing_has_no_sides(question: str) -> None:
    assert sides_of(question) == ()
