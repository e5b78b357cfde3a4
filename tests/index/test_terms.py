import pytest

from index.terms import STOP_WORDS, stem, terms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The County’s Plan", ["the", "county", "plan"]),
        ("1,200 beds, 20.6%", ["1200", "beds", "20.6"]),
        ("Información café", ["informacion", "cafe"]),
        ("well-being/safety_plan", ["well", "being", "safety", "plan"]),
        ("don't", ["don"]),
        ("— …", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_terms_are_stems_without_function_words_repeats_kept() -> None:
    assert terms("What are the guiding guides of guiding counties?") == [
        "guid",
        "guid",
        "guid",
        "counti",
    ]


def test_a_question_of_function_words_has_no_term() -> None:
    assert terms("What is it, and how can we do that?") == []


def test_the_number_and_the_form_of_a_word_do_not_matter() -> None:
    assert stem("counties") == stem("county")
    assert "not" in STOP_WORDS
