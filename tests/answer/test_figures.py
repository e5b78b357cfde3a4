"""Numbers in words and in digits are the same figures."""

import pytest

from answer.figures import holds_figure, in_digits
from index.terms import words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("within thirty (30) days", "within 30 30 days"),
        ("Forty, fifty or ninety-nine", "40 50 or 99"),
        ("twenty-five of seventeen", "25 of 17"),
        ("one hundred eighty (180) days", "180 180 days"),
        ("a hundred and fifty thousand", "a 150000"),
        ("$1.5 million, or $1,500,000", "1500000 or 1500000"),
        ("two dozen", "24"),
        ("twelve hundred", "1200"),
        ("one half, a half", "half a half"),
        ("one in five", "1 in 5"),
        ("the one hundred", "the 100"),
        ("version 1.2.3 of 2020", "version 1.2.3 of 2020"),
    ],
)
def test_numbers_are_written_in_digits(text: str, read: str) -> None:
    assert " ".join(in_digits(words(text))) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("treat one another well", "treat well"),
        ("No one may enter.", "no may enter"),
        ("one of the goals", "of the goals"),
        ("the one that must pay", "the that must pay"),
        ("talks one-on-one", "talks"),
    ],
)
def test_a_one_that_counts_nothing_is_no_figure(text: str, read: str) -> None:
    assert " ".join(in_digits(words(text))) == read
    assert not holds_figure(text)


@pytest.mark.parametrize("text", ["AB109", "fifteen", "A third of them.", "1,200"])
def test_a_text_with_a_figure(text: str) -> None:
    assert holds_figure(text)
