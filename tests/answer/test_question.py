import pytest

from answer.question import Query, leans_on_history, read_question
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
    ],
)
def test_what_cannot_be_searched_is_told_why(question: str, reason: Reason) -> None:
    assert read_question(question, [], max_chars=50) is reason


def test_a_question_is_searched_with_its_white_space_folded() -> None:
    asked = " Who should\nlead the  county team? "
    expected = "Who should lead the county team?"
    assert read_question(asked, [], max_chars=50) == Query(question=expected, text=expected)


@pytest.mark.parametrize(
    "question", ["What about survivors?", "And who leads it?", "How long does it take?", "Why?"]
)
def test_a_follow_up_is_completed_by_the_last_question(question: str) -> None:
    history = ["What is trust?", "Who defines well-being in a county?", " "]
    assert read_question(question, history, max_chars=500) == Query(
        question=question, text=f"Who defines well-being in a county? {question}"
    )


def test_a_change_of_topic_is_searched_alone() -> None:
    asked = "Which agencies share responsibility for pretrial release decisions?"
    history = ["Who defines well-being in a county?"]
    assert not leans_on_history(asked)
    assert read_question(asked, history, max_chars=500) == Query(question=asked, text=asked)


def test_a_first_question_is_never_completed() -> None:
    assert read_question("And why?", [], max_chars=500) == Query(
        question="And why?", text="And why?"
    )
