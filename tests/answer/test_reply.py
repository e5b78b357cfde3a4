import pytest

from answer.errors import UncitedAnswer
from answer.reply import Answer, Statement
from tests.answer.making import sentence_passage


def test_a_statement_without_a_citation_cannot_be_built() -> None:
    with pytest.raises(
        UncitedAnswer, match=r"^a statement without a citation: 'Trust comes first\.'$"
    ):
        Statement(
            text="Trust comes first.",
            passage=sentence_passage("Trust comes first."),
            start_char=0,
            end_char=18,
            citations=(),
        )


def test_an_answer_without_a_statement_cannot_be_built() -> None:
    with pytest.raises(UncitedAnswer, match=r"an answer without a statement: 'Why\?'"):
        Answer(question="Why?", understood="Why?", statements=(), evidence=(), release=1)
