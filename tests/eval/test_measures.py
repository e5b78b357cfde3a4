"""Every expected value is a fraction that can be worked out from the lines above it."""

import pytest

from eval.measures import (
    bootstrap_interval,
    citation_precision,
    complete,
    folded,
    nearest_rank,
    page_hit,
    quote_hit,
    recall_at,
)
from eval.questions import Gold, JudgedQuestion


def judged(*gold: Gold, needs: str = "any") -> JudgedQuestion:
    return JudgedQuestion(
        question_id="q",
        question="?",
        history=(),
        kind="fact",
        answerable=bool(gold),
        needs="all" if needs == "all" else "any",
        gold=gold,
    )


A3 = Gold(file="a.pdf", pages=(3, 4), quote="one two three four five")
B7 = Gold(file="b.pdf", pages=(7,), quote="six seven")
RANKING = [("a.pdf", 1), ("a.pdf", 4), ("b.pdf", 9), ("b.pdf", 7)]


def test_recall_counts_a_gold_page_within_the_first_k() -> None:
    assert recall_at(1, RANKING, judged(A3)) == 0
    assert recall_at(2, RANKING, judged(A3)) == 1


def test_recall_is_the_share_of_needed_entries_when_all_are_needed() -> None:
    assert recall_at(2, RANKING, judged(A3, B7, needs="all")) == 1 / 2
    assert recall_at(4, RANKING, judged(A3, B7, needs="all")) == 1


def test_a_question_without_a_ranking_scores_nothing() -> None:
    assert recall_at(10, [], judged(A3)) == 0
    assert page_hit([], judged(A3)) == 0
    assert complete([], judged(A3)) == 0


def test_citation_precision_counts_each_page_once() -> None:
    cited = [("a.pdf", 3), ("a.pdf", 3), ("a.pdf", 9), ("c.pdf", 3)]
    assert citation_precision(cited, judged(A3)) == 1 / 3


def test_complete_is_the_share_of_needed_parts_that_are_cited() -> None:
    assert complete([("a.pdf", 4)], judged(A3, B7, needs="all")) == 1 / 2
    assert complete([("a.pdf", 4)], judged(A3, B7)) == 1


def test_quote_hit_needs_three_fifths_of_the_gold_words_from_the_gold_file() -> None:
    assert quote_hit([("a.pdf", "One, two and three.")], judged(A3)) == 1  # 3 of 5
    assert quote_hit([("a.pdf", "one two")], judged(A3)) == 0  # 2 of 5
    assert quote_hit([("b.pdf", "one two three four five")], judged(A3)) == 0


def test_quote_hit_adds_up_the_quotations_of_one_file() -> None:
    assert quote_hit([("a.pdf", "one two"), ("a.pdf", "five")], judged(A3)) == 1


def test_the_interval_of_equal_values_is_that_value() -> None:
    assert bootstrap_interval([1.0] * 20) == (1.0, 1.0)


def test_the_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    values = [0.0, 1.0] * 50
    low, high = bootstrap_interval(values)
    assert low < 0.5 < high
    assert bootstrap_interval(values) == (low, high)
    assert high - low == pytest.approx(0.2, abs=0.06)  # 2 * 1.96 * sqrt(.25 / 100) = .196


def test_folding_takes_case_space_ligatures_and_hyphens_away() -> None:
    assert folded("Evidence-\nbased  ﬁrst") == folded("evidencebased FIRST")
    assert folded("may") != folded("must")


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        # Of six values 95 of 100 are 5.7 values, so all six; half of them are three.
        ([6.0, 5.0, 4.0, 3.0, 2.0, 1.0], 95, 6.0),
        ([6.0, 5.0, 4.0, 3.0, 2.0, 1.0], 50, 3.0),
        ([float(n) for n in range(1, 101)], 95, 95.0),
        ([float(n) for n in range(1, 21)], 95, 19.0),
        ([7.0], 1, 7.0),
    ],
)
def test_a_percentile_by_nearest_rank_is_not_exceeded_by_so_many(
    values: list[float], percent: int, expected: float
) -> None:
    assert nearest_rank(values, percent) == expected
