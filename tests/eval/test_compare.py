from dataclasses import replace

import pytest

from eval.compare import Verdict, compare, randomisation_p
from eval.diagnose import Stage
from eval.outcome import Diagnosis, Outcome, Quotations
from eval.questions import JudgedQuestion
from eval.report import comparison_text
from eval.runs import FORMAT_VERSION, Run, RunHeader

HEADER = RunHeader(
    format_version=FORMAT_VERSION,
    question_set="set.jsonl",
    questions=8,
    questions_sha256="0",
    release=1,
    index_fingerprint="0",
    model="m",
    settings={},
    program_sha256="0",
    commit=None,
    started="2026-11-25T00:00:00+00:00",
)


def outcome(number: int, hit: float) -> Outcome:
    return Outcome(
        question=JudgedQuestion(
            question_id=f"q{number}",
            question=f"What is {number}?",
            history=(),
            kind="near_topic",
            answerable=False,
            needs="any",
            gold=(),
        ),
        reply={},
        values={"refused near_topic": hit},
        diagnosis=None if hit else Diagnosis(stage=Stage.NOTHING_ANSWERS, parts=()),
        quotations=Quotations(count=0, by_ocr=0, faults=()),
        seconds=0.0,
    )


def _run(*hits: float) -> Run:
    return Run(
        header=HEADER, outcomes=tuple(outcome(n, hit) for n, hit in enumerate(hits, start=1))
    )


def test_a_run_against_itself_is_the_same() -> None:
    comparison = compare(_run(1, 0, 1), _run(1, 0, 1))
    assert comparison.verdict is Verdict.SAME
    assert comparison.questions == ()
    assert (comparison.measures[0].fell_p, comparison.measures[0].rose_p) == (1, 1)


@pytest.mark.parametrize(
    ("differences", "fell", "rose"),
    [
        # Of the 2^4 sign patterns only one is as low as four falls; all are as high.
        ([-1, -1, -1, -1], 1 / 16, 1),
        ([-1, -1, -1, -1, -1], 1 / 32, 1),
        ([-1], 1 / 2, 1),
        # One rise, three falls: as low are the pattern of four falls and the four with one rise.
        ([1, -1, -1, -1], 5 / 16, 15 / 16),
        # Questions that did not change carry no sign.
        ([0, 0, -1, -1, -1, -1, -1, 0], 1 / 32, 1),
    ],
)
def test_the_randomisation_test_is_exact_where_few_questions_changed(
    differences: list[float], fell: float, rose: float
) -> None:
    assert randomisation_p(differences) == pytest.approx((fell, rose))


def test_many_changes_are_tested_at_random_and_the_same_way_each_time() -> None:
    differences = [-1.0] * 12 + [1.0] * 8
    low, high = randomisation_p(differences)
    # Exactly: the chance of 12 or more falls among 20 fair coins is 0.2517.
    assert low == pytest.approx(0.2517, abs=0.02)
    assert (low, high) == randomisation_p(differences)


def test_four_losses_are_noise_and_five_are_not() -> None:
    four = compare(_run(*[1] * 8), _run(0, 0, 0, 0, 1, 1, 1, 1))
    five = compare(_run(*[1] * 8), _run(0, 0, 0, 0, 0, 1, 1, 1))
    assert four.verdict is Verdict.SAME
    assert five.verdict is Verdict.WORSE
    assert five.measures[0].worse == ("q1", "q2", "q3", "q4", "q5")
    assert five.stages == {Stage.NOTHING_ANSWERS: (0, 5)}
    text = comparison_text(five)
    assert "refused near_topic fell beyond noise: q1, q2, q3, q4, q5" in text
    assert text.endswith("verdict: worse")


def test_five_gains_are_better() -> None:
    assert compare(_run(*[0] * 8), _run(1, 1, 1, 1, 1, 0, 0, 0)).verdict is Verdict.BETTER


def test_one_false_quotation_is_worse_whatever_else_rose() -> None:
    new = _run(*[1] * 8)
    quotations = Quotations(count=1, by_ocr=0, faults=("guide page 1: 'no such words'",))
    outcomes = (replace(new.outcomes[0], quotations=quotations), *new.outcomes[1:])
    comparison = compare(_run(*[0] * 8), replace(new, outcomes=outcomes))
    assert comparison.verdict is Verdict.WORSE
    assert "not on its page: q1: guide page 1: 'no such words'" in comparison_text(comparison)


def test_a_question_that_was_judged_anew_is_left_out() -> None:
    new = _run(1, 1)
    explained = replace(new.outcomes[0].question, note="only for people")
    judged_anew = replace(new.outcomes[1].question, question="What is two?")
    outcomes = (
        replace(new.outcomes[0], question=explained),
        replace(new.outcomes[1], question=judged_anew),
    )
    comparison = compare(_run(1, 0, 0), replace(new, outcomes=outcomes))
    assert comparison.compared == 1
    assert comparison.left_out == ("q2", "q3")


def test_four_questions_cannot_tell_and_five_can() -> None:
    # All worse: chance alone explains 1 of 2^4 = 6 of 100 relabellings, and 1 of 2^5 = 3 of 100.
    four = compare(_run(1, 1, 1, 1), _run(0, 0, 0, 0))
    assert four.verdict is Verdict.TOO_FEW
    assert compare(_run(*[1] * 5), _run(*[0] * 5)).verdict is Verdict.WORSE
    # In a set of five a fall could show; that of one question does not.
    assert compare(_run(*[1] * 5), _run(0, 1, 1, 1, 1)).verdict is Verdict.SAME
