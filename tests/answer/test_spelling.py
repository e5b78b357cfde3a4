import pytest

from answer.pipeline import Assistant
from answer.reply import Answer
from answer.spelling import mended
from index.terms import stem

_VOCABULARY = ["approach", "health", "public", "survivors", "what"]


def mend(question: str) -> str:
    known = {stem(word) for word in _VOCABULARY}
    return mended(question, knows=lambda term: term in known, vocabulary=lambda: _VOCABULARY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wats the publik helth aproach", "what the public health approach"),
        ("survivers hael", "survivors hael"),
        ("survivers of public health", "survivers of public health"),  # most of it is understood
        ("public health", "public health"),
        ("zebras", "zebras"),  # a word of the language that the publications do not have
        ("Helth in Publik", "Helth in Publik"),  # may be names
        ("xqzv", "xqzv"),  # like nothing
        ("helth@example.org", "helth@example.org"),
    ],
)
def test_only_what_is_no_word_is_mended(typed: str, meant: str) -> None:
    assert mend(typed) == meant


def test_a_misspelt_question_is_answered_and_shown_as_understood(assistant: Assistant) -> None:
    reply = assistant.answer_question("wat is the publik helth aproach to safty")
    assert isinstance(reply, Answer)
    assert "public health approach" in reply.understood
