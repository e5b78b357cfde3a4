import json
from pathlib import Path

import pytest

from answer.pipeline import Assistant
from eval.errors import RunInvalid
from eval.outcome import Outcome
from eval.question_files import read_question_set
from eval.run import run_questions
from eval.runs import RunHeader, RunWriter, header_for, part_of, read_header, read_run
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def header(assistant: Assistant) -> RunHeader:
    questions = read_question_set(ROOT / "eval" / "sets" / "starter.jsonl")[:4]
    return header_for(assistant, questions, "starter.jsonl")


@pytest.fixture(scope="module")
def outcomes(assistant: Assistant) -> list[Outcome]:
    questions = read_question_set(ROOT / "eval" / "sets" / "starter.jsonl")[:4]
    return list(run_questions(assistant, questions))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "runs" / "run.json"


def test_a_run_is_read_back_as_it_was_written(
    header: RunHeader, outcomes: list[Outcome], out: Path
) -> None:
    writer = RunWriter(out, header)
    for outcome in outcomes:
        writer.add(outcome)
    writer.finish()
    run = read_run(out)
    assert run.header == header
    assert list(run.outcomes) == outcomes
    assert not part_of(out).exists()
    assert [path.name for path in out.parent.iterdir()] == ["run.json"]


def test_a_stopped_run_goes_on_where_it_was(
    header: RunHeader, outcomes: list[Outcome], out: Path
) -> None:
    first = RunWriter(out, header)
    first.add(outcomes[0])
    first.add(outcomes[1])
    first.close()
    with part_of(out).open("a") as stream:
        stream.write('{"question": {"id": "cut o')  # killed in the middle of a line
    second = RunWriter(out, header)
    assert second.done == [outcomes[0].question.question_id, outcomes[1].question.question_id]
    for outcome in outcomes[2:]:
        second.add(outcome)
    second.finish()
    assert list(read_run(out).outcomes) == outcomes


def test_the_part_of_another_run_is_not_taken_up(
    header: RunHeader, outcomes: list[Outcome], out: Path
) -> None:
    first = RunWriter(out, header)
    first.add(outcomes[0])
    first.close()
    changed = json.loads(part_of(out).read_text("utf-8").splitlines()[0])
    changed["settings"]["answer"]["min_support"] = 0.9
    other = RunWriter(out, RunHeader(**changed))
    other.close()
    assert other.done == []


def test_what_is_running_can_be_seen(header: RunHeader, out: Path) -> None:
    assert read_header(part_of(out)) is None
    RunWriter(out, header).close()
    found = read_header(part_of(out))
    assert found is not None
    assert found.questions == 4


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"header": {}, "outcomes": []}', "no json"])
def test_what_is_no_run_is_told_plainly(tmp_path: Path, text: str) -> None:
    file = tmp_path / "run.json"
    file.write_text(text, "utf-8")
    with pytest.raises(RunInvalid, match=r"run\.json: is no run that can be opened"):
        read_run(file)


def test_a_folder_that_cannot_be_written_is_named(header: RunHeader, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(RunInvalid, match="cannot be written"):
        RunWriter(tmp_path / "file" / "run.json", header)
