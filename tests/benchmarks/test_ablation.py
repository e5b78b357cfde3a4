"""The table of what each part is worth, on figures that can be checked by hand."""

from dataclasses import fields

from answer.settings import AnswerSettings
from benchmarks.ablation import PARTS, differences, table
from index.settings import IndexSettings

_MEASURES = (
    "Recall@1", "Recall@5", "answered", "page hit", "complete", "citation precision",
    "refused near_topic",
)  # fmt: skip


def test_what_both_have_is_compared_question_by_question() -> None:
    whole = {("a", "page hit"): 1.0, ("b", "page hit"): 0.0, ("c", "citation precision"): 1.0}
    without = {("a", "page hit"): 0.0, ("b", "page hit"): 0.0}
    assert differences(whole, without) == {"page hit": [-1.0, 0.0]}


def test_a_clear_difference_is_in_bold() -> None:
    whole = {(str(n), name): 1.0 for n in range(20) for name in _MEASURES}
    worse = dict.fromkeys(whole, 0.0)
    text = table(whole, [("terms", differences(whole, worse)), ("all", differences(whole, whole))])
    _, _, nothing, terms, same = text.splitlines()
    assert nothing == "| nothing |" + " 1.00 |" * 7
    assert terms == "| terms |" + " **-1.00 [-1.00, -1.00]** |" * 7
    assert same == "| all |" + "  |" * 7


def test_every_part_is_a_setting_that_there_is() -> None:
    index = {field.name for field in fields(IndexSettings)}
    answer = {field.name for field in fields(AnswerSettings)}
    for part in PARTS:
        assert part.index.keys() <= index
        assert part.answer.keys() <= answer
        assert part.index or part.answer
