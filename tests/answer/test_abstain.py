import pytest

from answer.abstain import MESSAGES, abbreviations, file_words, names, support, unmet, years
from answer.question import Query
from answer.reply import Reason
from tests.answer.making import even_rarity, scored, sentence_passage


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
    assert names(question) == expected


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
    wanted = names(question)
    assert unmet(wanted, years(question), ["Other words.", text]) == missing


def test_the_abbreviations_of_a_question() -> None:
    assert abbreviations("Is VOCA money for a CoC due in AB109 plans?") == ["voca", "coc", "ab"]


def test_a_file_name_is_taken_apart() -> None:
    assert file_words("CBvipNOFO_2017.pdf") == "cbvip nofo 2017"


def test_the_years_of_a_question() -> None:
    assert years("Was it 2019 or 2020, and not 12019 or 20 counties in 2019?") == ["2019", "2020"]


def test_support_is_the_best_cosine_and_the_best_coverage() -> None:
    evidence = [
        scored(sentence_passage("Trust grew."), 0.1, dense=0.3),
        scored(sentence_passage("Trust of the county."), 0.1, dense=0.4, rank=2),
    ]
    # Of trust, county and court the second passage holds two: 0.4 + 2/3.
    found = support(query("trust, county, court"), evidence, lambda p: p.text, even_rarity)
    assert found == pytest.approx(0.4 + 2 / 3)


def test_coverage_counts_in_the_nearest_five_passages_only() -> None:
    far = [scored(sentence_passage("Rain fell."), 0.1, dense=0.2, rank=n) for n in range(1, 6)]
    sixth = scored(sentence_passage("Trust grew."), 0.1, dense=0.1, rank=6)
    assert support(query("trust"), [*far, sixth], lambda p: p.text, even_rarity) == pytest.approx(
        0.2
    )


def test_every_reason_has_its_message() -> None:
    assert set(MESSAGES) == set(Reason)


def query(text: str, *glosses: str) -> Query:
    return Query(question=text, text=text, glosses=glosses)


def test_of_words_of_like_meaning_one_is_enough() -> None:
    text = "Survivors need shelter."
    evidence = [scored(sentence_passage(text), 0.2, dense=0.2)]
    plain = support(query("victim survivor shelter court"), evidence, lambda p: p.text, even_rarity)
    glossed = query("victim survivor shelter court", "victim survivor", "shelter", "court")
    grouped = support(glossed, evidence, lambda p: p.text, even_rarity)
    assert plain == pytest.approx(0.2 + 2 / 4)
    assert grouped == pytest.approx(0.2 + 2 / 3)
