import json
from dataclasses import replace
from pathlib import Path

import pytest

from answer.pipeline import Assistant
from answer.reply import Answer
from eval.__main__ import main
from eval.questions import Gold, JudgedQuestion
from eval.run import misquoted, run_questions, summarise
from tests.conftest import ROOT

STARTER_SET = ROOT / "eval" / "sets" / "starter.jsonl"

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
    seen: list[int] = []
    outcomes = run_questions(assistant, [PRINCIPLES, PIZZA], on_progress=seen.append)
    assert seen == [1, 2]
    means = {measure.name: (measure.mean, measure.count) for measure in summarise(outcomes)}
    assert means["page hit"] == (1.0, 1)
    assert means["quote hit"] == (1.0, 1)
    assert means["refused off_topic"] == (1.0, 1)
    assert isinstance(outcomes[0].reply, Answer)


def test_gold_on_another_page_scores_nothing(assistant: Assistant) -> None:
    elsewhere = JudgedQuestion(
        question_id="q3",
        question=PRINCIPLES.question,
        history=(),
        kind="list",
        answerable=True,
        needs="any",
        gold=(Gold(file="02-public-health-frame.pdf", pages=(1,), quote="no such words"),),
    )
    (outcome,) = run_questions(assistant, [elsewhere], on_progress=lambda _: None)
    assert outcome.values["page hit"] == 0
    assert outcome.values["quote hit"] == 0
    assert outcome.values["citation precision"] == 0


def test_every_quotation_of_the_starter_set_stands_on_its_page(
    capsys: pytest.CaptureFixture[str], starter_index: Path
) -> None:
    assert main([str(STARTER_SET), "--index", str(starter_index)]) == 0
    printed = capsys.readouterr().out
    count = printed.split("quotations on their page")[1].split()
    assert count[0] == count[2] != "0"
    assert "page hit" in printed


def test_a_quotation_that_does_not_stand_on_its_page_is_named(assistant: Assistant) -> None:
    (outcome,) = run_questions(assistant, [PRINCIPLES], on_progress=lambda _: None)
    assert isinstance(outcome.reply, Answer)
    statement = outcome.reply.statements[0]
    words = "There are six principles."
    forged = replace(statement.citations[0], cited_text=words, pieces=(words,))
    reply = replace(outcome.reply, statements=(replace(statement, citations=(forged,)),))
    quotations = misquoted(assistant, [replace(outcome, reply=reply)])
    assert (quotations.count, quotations.by_ocr) == (1, 0)
    assert quotations.faults == ("q1: starter-overview page 4: 'There are six principles.'",)


def test_a_quotation_of_a_page_that_ocr_read_is_held_against_the_stored_page(
    assistant: Assistant,
) -> None:
    (outcome,) = run_questions(assistant, [PRINCIPLES], on_progress=lambda _: None)
    assert isinstance(outcome.reply, Answer)
    statement = outcome.reply.statements[0]
    recognised = tuple(replace(c, ocr_confidence=0.9) for c in statement.citations)
    reply = replace(outcome.reply, statements=(replace(statement, citations=recognised),))
    quotations = misquoted(assistant, [replace(outcome, reply=reply)])
    assert (quotations.count, quotations.by_ocr) == (len(recognised), len(recognised))
    assert quotations.faults == ()


def test_the_starter_set_is_judged_against_pages_that_exist(assistant: Assistant) -> None:
    pages = {d.file: d.page_count for d in assistant.release.documents if d.file}
    for line in STARTER_SET.read_text("utf-8").splitlines():
        for gold in json.loads(line)["gold"]:
            assert all(1 <= page <= pages[gold["doc"]] for page in gold["pages"]), line


def test_a_missing_set_is_one_line_and_no_traceback(
    capsys: pytest.CaptureFixture[str], starter_index: Path
) -> None:
    assert main(["nowhere.jsonl", "--index", str(starter_index)]) == 1
    assert capsys.readouterr().err.startswith("error: nowhere.jsonl: cannot be read")
