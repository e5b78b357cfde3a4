from dataclasses import replace

import pytest

from answer.pipeline import Assistant
from answer.reply import Answer
from eval.diagnose import Stage
from eval.questions import Gold, JudgedQuestion
from eval.run import QuotationChecker, run_questions
from eval.summary import summarise

PRINCIPLES = JudgedQuestion(
    question_id="q1",
    question="What are the five principles?",
    history=(),
    kind="list",
    answerable=True,
    needs="any",
    gold=(
        Gold(
            file="01-overview.pdf",
            pages=(4,),
            quote="The Blueprint rests on five principles",
        ),
    ),
)
PIZZA = JudgedQuestion(
    question_id="q2",
    question="What is a good recipe for deep dish pizza?",
    history=(),
    kind="off_topic",
    answerable=False,
    needs="any",
    gold=(),
)


def test_a_right_answer_and_a_right_refusal_score_one(assistant: Assistant) -> None:
    outcomes = list(run_questions(assistant, [PRINCIPLES, PIZZA]))
    summary = summarise(outcomes)
    means = {measure.name: (measure.mean, measure.count) for measure in summary.measures}
    assert means["page hit"] == (1.0, 1)
    assert means["quote hit"] == (1.0, 1)
    assert means["refused off_topic"] == (1.0, 1)
    assert outcomes[0].reply["kind"] == "answer"
    assert [outcome.diagnosis for outcome in outcomes] == [None, None]
    assert summary.quotations > 0
    assert summary.faults == ()


def test_gold_on_another_page_scores_nothing(assistant: Assistant) -> None:
    gold = Gold(file="02-public-health-frame.pdf", pages=(1,), quote="zyxw vuts rqpo")
    (outcome,) = run_questions(assistant, [replace(PRINCIPLES, gold=(gold,))])
    assert outcome.values["page hit"] == 0
    assert outcome.values["quote hit"] == 0
    assert outcome.values["citation precision"] == 0
    assert outcome.diagnosis is not None
    assert outcome.diagnosis.stage is Stage.PAGE_NOT_READABLE  # no page holds such words


def test_an_answer_where_nothing_answers_is_a_miss(assistant: Assistant) -> None:
    near = replace(PRINCIPLES, kind="near_topic", answerable=False, gold=())
    (outcome,) = run_questions(assistant, [near])
    assert outcome.values == {"refused near_topic": 0, "refused or doubted near_topic": 0}
    assert outcome.diagnosis is not None
    assert outcome.diagnosis.stage is Stage.NOTHING_ANSWERS


@pytest.fixture
def answer(assistant: Assistant) -> Answer:
    reply = assistant.answer_question(PRINCIPLES.question)
    assert isinstance(reply, Answer)
    return reply


def test_a_quotation_that_does_not_stand_on_its_page_is_named(
    assistant: Assistant, answer: Answer
) -> None:
    statement = answer.statements[0]
    words = "There are six principles."
    forged = replace(statement.citations[0], cited_text=words, pieces=(words,))
    reply = replace(answer, statements=(replace(statement, citations=(forged,)),))
    quotations = QuotationChecker(assistant).check(reply)
    assert (quotations.count, quotations.by_ocr) == (1, 0)
    assert quotations.faults == ("starter-overview page 4: 'There are six principles.'",)


def test_a_quotation_of_a_page_that_ocr_read_is_held_against_the_stored_page(
    assistant: Assistant, answer: Answer
) -> None:
    statement = answer.statements[0]
    recognised = tuple(replace(c, ocr_confidence=0.9) for c in statement.citations)
    reply = replace(answer, statements=(replace(statement, citations=recognised),))
    quotations = QuotationChecker(assistant).check(reply)
    assert (quotations.count, quotations.by_ocr) == (len(recognised), len(recognised))
    assert quotations.faults == ()
