import pytest

from answer.abstain import MESSAGES, message, support
from answer.question import Query
from answer.reply import Reason
from tests.answer.making import even_rarity, scored, sentence_passage


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


def test_a_refusal_names_the_publications_whose_text_could_not_be_read() -> None:
    told = message(Reason.NOT_COVERED, unread=["Probation plan", "Annual report"])
    assert told.endswith(
        " Not searched, because no text could be read: Probation plan; Annual report."
    )
    assert message(Reason.EMPTY, unread=["Probation plan"]) == message(Reason.EMPTY)
