import pytest

from answer.named import Names
from answer.question import Query, is_only_short, leans_on_history, may_stand_alone, read_question
from answer.reply import Reason


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", Reason.EMPTY),
        (" \n\t ", Reason.EMPTY),
        ("What is trust? " * 4, Reason.TOO_LONG),
        ("????", Reason.NO_WORDS),
        ("1234 5678", Reason.NO_WORDS),
        ("xkcdqrt bvnmzzz", Reason.NO_WORDS),
        ("🙂🙂", Reason.NO_WORDS),
        ("Should we do it or not?", Reason.NOTHING_BEFORE),
    ],
)
def test_what_cannot_be_searched_is_told_why(question: str, reason: Reason) -> None:
    assert read_question(question, [], max_chars=50) is reason


def test_a_question_is_searched_with_its_white_space_folded() -> None:
    asked = " Who should\nlead the  county team? "
    expected = "Who should lead the county team?"
    assert read_question(asked, [], max_chars=50) == Query(question=expected, text=expected)


@pytest.mark.parametrize(
    "question",
    [
        "What about survivors?",
        "And who leads it?",
        "How long does it take?",
        "Why?",
        "Ok, and how about the due date of the yearly plan?",
        "¿Y en las zonas rurales del condado vecino?",
    ],
)
def test_a_follow_up_is_completed_by_the_last_question(question: str) -> None:
    history = ["What is trust?", "Who defines well-being in a county?", " "]
    assert read_question(question, history, max_chars=500) == Query(
        question=question,
        text=f"Who defines well-being in a county? {question}",
        before=("Who defines well-being in a county?",),
    )


def test_a_follow_up_to_a_follow_up_keeps_what_both_lean_on() -> None:
    history = ["How many people did Kern County divert in 2019?", "And in 2020?"]
    query = read_question("And how many were women?", history, max_chars=500)
    assert isinstance(query, Query)
    assert query.text == " ".join([*history, "And how many were women?"])
    assert query.names == Names()
    assert query.names_before == Names(names=("kern",), years=("2020",))
    napa = read_question("What about Napa?", history, max_chars=500)
    assert isinstance(napa, Query)
    assert napa.names == Names(names=("napa",))
    assert napa.names_before == Names(years=("2020",))


def test_of_a_long_chain_the_last_questions_are_kept() -> None:
    history = [
        "What does the plan of the whole county say of shelters?",
        "And of Kern?",
        "And why?",
    ]
    query = read_question("And who pays?", history, max_chars=30)
    assert isinstance(query, Query)
    assert query.text == "And of Kern? And why? And who pays?"


def test_a_conversation_may_be_very_long() -> None:
    query = read_question("And who pays?", ["And why?"] * 5000, max_chars=30)
    assert isinstance(query, Query)
    assert query.text == "And why? And why? And why? And who pays?"  # 26 characters before it


@pytest.mark.parametrize("question", ["What is restorative justice?", "What is Proposition 47?"])
def test_who_asks_what_a_thing_is_by_its_name_leans_on_nothing(question: str) -> None:
    query = read_question(question, ["How many beds does the shelter have?"], max_chars=500)
    assert isinstance(query, Query)
    assert query.text == question
    assert leans_on_history("What are the steps?")
    assert leans_on_history("What are some examples?")
    assert leans_on_history("What is not covered?")
    assert leans_on_history("What is required of youth?")
    assert leans_on_history("What is its purpose?")


def test_a_short_question_may_lean_back_or_stand_alone_where_it_names_its_subject() -> None:
    assert may_stand_alone("What did Stockton's police do?")
    assert not may_stand_alone("What about Stockton's police?")
    assert not may_stand_alone("Did they meet Stockton's police?")
    assert may_stand_alone("What are the five principles?")
    assert not may_stand_alone("What are the steps?")
    assert not may_stand_alone("How many in Napa?")
    assert not may_stand_alone("What training is required?")


@pytest.mark.parametrize(
    "question",
    [
        "Is there a survey of what the clients want?",
        "Is it required that agencies share data?",
        "How long does it take to get a permit?",
        "What happens to those who miss an appointment at court?",
        "O'Brien County's plan for shelters: who pays?",
    ],
)
def test_a_word_that_refers_to_nothing_does_not_lean_back(question: str) -> None:
    assert not leans_on_history(question)


@pytest.mark.parametrize(
    "question", ["Are there any?", "Is it required?", "How long does it take?", "Who leads those?"]
)
def test_a_word_that_refers_to_what_was_said_leans_back(question: str) -> None:
    assert leans_on_history(question)
    assert not is_only_short(question)


def test_the_number_of_a_law_is_a_question() -> None:
    asked = "PC 290?"
    assert read_question(asked, [], max_chars=500) == Query(question=asked, text=asked)


def test_a_change_of_topic_is_searched_alone() -> None:
    asked = "Which agencies share responsibility for pretrial release decisions?"
    history = ["Who defines well-being in a county?"]
    assert not leans_on_history(asked)
    assert read_question(asked, history, max_chars=500) == Query(question=asked, text=asked)


def test_a_first_question_is_never_completed() -> None:
    asked = "And who pays?"
    assert read_question(asked, [], max_chars=500) == Query(question=asked, text=asked)


@pytest.mark.parametrize(
    "question",
    [
        "where exactly does it say that?",
        "Which page is that on?",
        "what page?",
        "show me the source",
        "¿Dónde lo dice?".strip("¿"),
    ],
)
def test_who_asks_where_it_stands_is_shown_the_same_again(question: str) -> None:
    query = read_question(question, ["What is a trauma recovery center?"], max_chars=500)
    assert isinstance(query, Query)
    assert query.text == "What is a trauma recovery center?"
    assert not query.brief


def test_who_wants_it_shorter_gets_it_of_the_last_real_question() -> None:
    history = ["Who leads the work?", "and for youth?", "which page?"]
    query = read_question("Shorter, please".replace(",", ""), history, max_chars=500)
    assert isinstance(query, Query)
    assert query.text == "Who leads the work? and for youth?"
    assert query.brief


def test_a_pronoun_with_a_subject_of_its_own_does_not_lean_back() -> None:
    assert not leans_on_history("Must a county publish its yearly safety plan?")
    assert leans_on_history("Must it publish a yearly safety plan?")


def test_without_a_question_before_there_is_nothing_to_repeat() -> None:
    assert read_question("which page?", [], max_chars=500) is Reason.NOTHING_BEFORE
