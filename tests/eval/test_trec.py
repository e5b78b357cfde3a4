from math import log2
from pathlib import Path

import ir_measures
import pytest
from ir_measures import RR, nDCG

from answer.pipeline import Assistant
from eval.question_files import read_question_set
from eval.questions import Gold, JudgedQuestion
from eval.run import run_questions
from eval.runs import Run, header_for
from eval.trec import ranked_measures, write_trec
from tests.conftest import ROOT

QUESTION = JudgedQuestion(
    question_id="q 1",
    question="?",
    history=(),
    kind="fact",
    answerable=True,
    needs="any",
    gold=(Gold(file="a b.pdf", pages=(2, 3), quote="x"),),
)


def test_two_relevant_pages_of_which_one_is_third() -> None:
    ranking = [("a b.pdf", 9), ("c.pdf", 2), ("a b.pdf", 3)]
    found = ranked_measures(ranking, QUESTION)
    assert found["MRR@10"] == pytest.approx(1 / 3)
    assert found["nDCG@10"] == pytest.approx((1 / log2(4)) / (1 + 1 / log2(3)))


def test_an_empty_ranking_is_worth_nothing() -> None:
    assert ranked_measures([], QUESTION) == {"MRR@10": 0, "nDCG@10": 0}


def test_other_tools_read_the_files_and_find_the_same(assistant: Assistant, tmp_path: Path) -> None:
    questions = read_question_set(ROOT / "eval" / "sets" / "starter.jsonl")[:12]
    run = Run(
        header=header_for(assistant, questions, "starter.jsonl"),
        outcomes=tuple(run_questions(assistant, questions)),
    )
    topics, qrels, ranked = write_trec(run, tmp_path / "trec")
    found = ir_measures.calc_aggregate(
        [RR @ 10, nDCG @ 10],
        ir_measures.read_trec_qrels(str(qrels)),
        ir_measures.read_trec_run(str(ranked)),
    )
    own = [o.values for o in run.outcomes if o.question.answerable]
    assert len(own) > 5
    assert found[RR @ 10] == pytest.approx(sum(v["MRR@10"] for v in own) / len(own), abs=1e-4)
    assert found[nDCG @ 10] == pytest.approx(sum(v["nDCG@10"] for v in own) / len(own), abs=1e-4)
    assert len(topics.read_text("utf-8").splitlines()) == 12
