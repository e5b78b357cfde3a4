"""The text of a run, from figures that are put in by hand."""

from dataclasses import replace

from eval.outcome import Outcome, Quotations, outcome_from, outcome_record
from eval.report import summary_text
from eval.run_tables import run_workbook
from eval.runs import Run
from eval.spreadsheet import sheet_rows
from eval.summary import summarise
from tests.eval.test_compare import HEADER, outcome

_REFUSED = {"kind": "abstention", "reason": "not covered", "support": 0.5, "statements": []}


def _outcome(number: int, worth: float) -> Outcome:
    return replace(outcome(number, worth), reply={**_REFUSED, "ranking": []})


def _run(*worths: float) -> Run:
    outcomes = tuple(_outcome(number, worth) for number, worth in enumerate(worths, start=1))
    return Run(header=HEADER, outcomes=outcomes)


def test_no_interval_is_printed_where_all_came_out_alike() -> None:
    text = summary_text(HEADER, summarise(_run(1, 1, 1, 1).outcomes))
    assert "[all alike]" in text
    assert "[1.000, 1.000]" not in text
    assert "[all alike]" not in summary_text(HEADER, summarise(_run(1, 0, 1, 0).outcomes))
    rows = sheet_rows(run_workbook(_run(1, 1), summarise(_run(1, 1).outcomes)), "Measures")
    assert rows[1][:5] == ["refused near_topic", "1", "", "", "2"]


def test_the_columns_stand_under_each_other_for_the_longest_name() -> None:
    values = {"answered": 1.0, "refused or doubted near_topic": 1.0}
    one = replace(_outcome(1, 1), values=values)
    _, first, second, *_ = summary_text(HEADER, summarise([one])).splitlines()
    assert first.index("1.000") == second.index("1.000")
    assert first.index("n=1") == second.index("n=1")


def test_torn_quotations_are_counted_and_named_and_outlive_saving() -> None:
    torn = Quotations(count=3, by_ocr=0, faults=(), prose=2, torn=("meets in May.",))
    one = replace(_outcome(7, 1), quotations=torn)
    assert outcome_from(outcome_record(one)) == one
    text = summary_text(HEADER, summarise([one]))
    assert "quotations that are whole sentences: 1 of 2\n  torn: q7: meets in May." in text


def test_a_run_of_an_earlier_version_says_nothing_of_whole_sentences() -> None:
    record = outcome_record(_outcome(1, 1))
    del record["quotations"]["prose"], record["quotations"]["torn"]
    assert "whole sentences" not in summary_text(HEADER, summarise([outcome_from(record)]))
