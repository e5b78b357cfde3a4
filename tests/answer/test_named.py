"""What a question names, and whether a page has it."""

import pytest

from answer.held import file_words
from answer.named import abbreviations_in, names_in, unmet, years_in


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What does Santa Cruz County do?", ["santa", "cruz"]),
        ("Who is Mark Ghaly's successor?", ["mark", "ghaly"]),
        ("What happens in California in March?", ["california"]),
        ("Which agencies lead?", []),
        ("Is it so? Which agencies lead?", []),
        ("What does the CSJ say?", []),
        ("What did Stockton and Stockton’s police do?", ["stockton"]),
    ],
)
def test_the_names_of_a_question(question: str, expected: list[str]) -> None:
    assert names_in(question) == expected


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("What does Alameda do?", "Sacramento and Stockton met.", ["alameda"]),
        ("What does Sacramento do?", "Sacramento and Stockton met.", []),
        ("What does Sacremento do?", "Sacramento and Stockton met.", []),  # misspelt
        ("What do Californians say?", "The Californian view.", []),
        ("What do Sacramento and Fresno do?", "Sacramento met.", ["fresno"]),
        ("What do they do?", "", []),
        ("What was new in 2019?", "New in 2020.", ["2019"]),
        ("What was new in 2019?", "The plan of 2019-20.", []),
        ("What did Fresno do in 2019?", "Sacramento met.", ["fresno", "2019"]),
    ],
)
def test_names_and_years_that_the_texts_do_not_hold(
    question: str, text: str, missing: list[str]
) -> None:
    wanted = names_in(question)
    assert unmet(wanted, years_in(question), ["Other words.", text]) == missing


def test_the_abbreviations_of_a_question() -> None:
    assert abbreviations_in("Is VOCA money for a CoC due in AB109 plans?") == ["voca", "coc", "ab"]


def test_a_file_name_is_taken_apart() -> None:
    assert file_words("CBvipNOFO_2017.pdf") == "cbvip nofo 2017"


def test_the_years_of_a_question() -> None:
    assert years_in("Was it 2019 or 2020, and not 12019 or 20 counties in 2019?") == [
        "2019",
        "2020",
    ]
