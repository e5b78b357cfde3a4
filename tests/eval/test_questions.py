from typing import Any

from eval.questions import parse_records, question_from, question_record

GOOD: dict[str, Any] = {
    "id": "q1",
    "question": "What?",
    "history": [],
    "kind": "fact",
    "answerable": True,
    "needs": "any",
    "gold": [{"doc": "a.pdf", "pages": [2, 3], "quote": "words"}],
    "answer": "Words.",
    "note": "",
}


def faults_of(**changes: object) -> list[str]:
    parsed = parse_records([("line 1", {**GOOD, **changes})])
    return [fault.what for fault in parsed.faults]


def test_a_record_is_read_with_its_gold_and_written_as_it_was() -> None:
    question = question_from(GOOD)
    assert question.question_id == "q1"
    assert question.gold[0].pages == (2, 3)
    assert question.needs == "any"
    assert question_record(question) == GOOD


def test_what_may_be_left_out_has_a_default() -> None:
    least = {key: GOOD[key] for key in ("id", "question", "kind", "answerable", "gold")}
    question = question_from(least)
    assert (question.needs, question.history, question.answer) == ("any", (), None)


def test_each_fault_is_told() -> None:
    assert faults_of(id=" ") == ["the id is missing"]
    assert faults_of(question=None) == ["the question is missing"]
    assert faults_of(history="And then?") == ["the earlier questions are no list of texts"]
    assert faults_of(answerable="perhaps") == ['"answerable" is neither yes nor no']
    assert faults_of(needs="some") == ['needs is "some"']
    assert faults_of(gold=[]) == ["answerable, but no page is given"]
    assert faults_of(answerable=False, kind="near_topic") == ["not answerable, but a page is given"]
    assert faults_of(gold=[{"doc": "", "pages": [0], "quote": " "}]) == [
        "the gold entry names no file",
        "the gold entry has no pages, or pages that are no numbers from 1",
        "the gold entry has no quote",
    ]


def test_a_kind_is_corrected_to_the_nearest_one() -> None:
    (fault,) = parse_records([("line 1", {**GOOD, "kind": "lists"})]).faults
    assert fault.remedy.startswith("did you mean list? ")


def test_a_kind_must_fit_what_is_answerable() -> None:
    assert faults_of(kind="near_topic") == [
        'the kind "near_topic" does not go with answerable = yes'
    ]


def test_all_faults_of_a_set_are_told_at_once_and_the_rest_is_read() -> None:
    parsed = parse_records(
        [("row 2", GOOD), ("row 3", {**GOOD, "gold": []}), ("row 4", {**GOOD, "id": ""})]
    )
    assert [str(fault).split(";")[0] for fault in parsed.faults] == [
        "row 3: answerable, but no page is given",
        'row 3: the id "q1" stands in row 2 too',
        "row 4: the id is missing",
    ]
    assert [question.question_id for question in parsed.questions] == ["q1"]


def test_what_is_no_record_is_a_fault() -> None:
    assert parse_records([("line 1", [1, 2])]).faults[0].what == "is no question"


def test_half_a_character_is_a_fault() -> None:
    assert faults_of(note="half \ud800") == ["holds a damaged character"]
