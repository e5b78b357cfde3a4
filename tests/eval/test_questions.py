import json
from pathlib import Path

import pytest

from eval.errors import QuestionSetInvalid
from eval.questions import read_question_set

GOOD = {
    "id": "q1",
    "question": "What?",
    "history": [],
    "kind": "fact",
    "answerable": True,
    "needs": "any",
    "gold": [{"doc": "a.pdf", "pages": [2, 3], "quote": "words"}],
}


def written(folder: Path, *records: object) -> Path:
    file = folder / "set.jsonl"
    file.write_text("\n".join(json.dumps(record) for record in records), "utf-8")
    return file


def test_a_set_is_read_with_its_gold(tmp_path: Path) -> None:
    (question,) = read_question_set(written(tmp_path, GOOD))
    assert question.question_id == "q1"
    assert question.gold[0].pages == (2, 3)
    assert question.needs == "any"


def test_every_faulty_line_is_named_at_once(tmp_path: Path) -> None:
    without_gold = {**GOOD, "gold": []}
    without_kind = {key: value for key, value in GOOD.items() if key != "kind"}
    with pytest.raises(QuestionSetInvalid) as caught:
        read_question_set(written(tmp_path, GOOD, without_gold, without_kind))
    message = str(caught.value)
    assert "line 2: ValueError: an answerable question needs gold" in message
    assert "line 3: KeyError: 'kind'" in message
    assert "line 1" not in message


def test_an_empty_set_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.jsonl"
    file.write_text("\n", "utf-8")
    with pytest.raises(QuestionSetInvalid, match="holds no question"):
        read_question_set(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetInvalid, match=r"none\.jsonl: cannot be read"):
        read_question_set(tmp_path / "none.jsonl")
