from pathlib import Path

import pytest

from answer.errors import QuestionFileInvalid
from answer.questions import BatchQuestion, read_questions


def test_questions_are_read_in_order_and_labels_are_not(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(
        '{"id": "b", "question": "Why?", "history": ["Who?"], "gold": 7}\n\n'
        '{"id": "a", "question": "", "history": null}\n'
    )
    assert read_questions(file) == [
        BatchQuestion(question_id="b", question="Why?", history=("Who?",)),
        BatchQuestion(question_id="a", question="", history=()),
    ]


def test_every_faulty_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(
        '{"id": "a", "question": "Why?"}\n[1]\n{"question": "Why?"}\n{"id": "a", "question": '
        '"Who?"}\n'
        '{"id": "b"}\n{"id": "c", "question": "?", "history": "Who?"}\n{half\n'
    )
    with pytest.raises(QuestionFileInvalid) as caught:
        read_questions(file)
    lines = str(caught.value).splitlines()
    assert lines[:6] == [
        f"{file}: mend these lines, then try again:",
        "  line 2: is not a JSON object",
        '  line 3: "id" is missing or no text',
        '  line 4: the id "a" stands on an earlier line too',
        '  line 5: "question" is missing or no text',
        '  line 6: "history" is not a list of texts',
    ]
    assert lines[6].startswith("  line 7: ")
    assert len(lines) == 7


def test_a_line_separator_inside_a_question_does_not_part_its_line(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": "a", "question": "Who\u2028and why?"}\n', encoding="utf-8")
    assert read_questions(file)[0].question == "Who\u2028and why?"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "q.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(QuestionFileInvalid) as caught:
        read_questions(file)
    assert str(caught.value).startswith(f"{file}: cannot be read (")
    assert str(caught.value).endswith("name a UTF-8 file of JSON Lines")
