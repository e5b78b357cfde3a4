"""The project's own questions against the run that was last accepted.

After a change that is meant, accept the new run with `make baseline` and say why in the commit.
"""

from pathlib import Path

from eval.compare import Verdict, compare
from eval.question_files import read_question_set
from eval.report import comparison_text
from eval.runs import read_run
from tests.conftest import ROOT

STARTER_SET = ROOT / "eval" / "sets" / "starter.jsonl"
BASELINE = ROOT / "eval" / "baselines" / "starter.json"


def test_no_measure_falls_beyond_noise(starter_run: Path) -> None:
    comparison = compare(read_run(BASELINE), read_run(starter_run))
    assert comparison.verdict is not Verdict.WORSE, comparison_text(comparison)
    assert comparison.left_out == (), "the questions were changed: accept a run with make baseline"


def test_the_set_is_large_enough_and_a_third_of_it_has_no_answer() -> None:
    questions = read_question_set(STARTER_SET)
    without = [question for question in questions if not question.answerable]
    near = [question for question in without if question.kind == "near_topic"]
    assert len(questions) >= 120
    assert 3 * len(without) >= len(questions)
    assert 2 * len(near) > len(without)
    assert {"followup", "list", "multi_part", "spanish"} <= {q.kind for q in questions}


def test_the_form_of_a_question_does_not_tell_whether_it_is_answered() -> None:
    questions = read_question_set(STARTER_SET)
    lengths = {
        answerable: [
            len(q.question.split())
            for q in questions
            if q.answerable is answerable and (answerable or q.kind == "near_topic")
        ]
        for answerable in (True, False)
    }
    means = {answerable: sum(found) / len(found) for answerable, found in lengths.items()}
    assert abs(means[True] - means[False]) < 1  # word
