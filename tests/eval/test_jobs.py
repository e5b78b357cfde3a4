import json
import os
import signal
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from eval import jobs
from eval.jobs import Job, JobRunning, JobStatus
from eval.question_files import read_question_set, write_question_set
from eval.runs import part_of, read_run
from tests.conftest import ROOT

STARTER_SET = ROOT / "eval" / "sets" / "starter.jsonl"
_WAIT_S = 120


def wait_for(folder: Path, reached: Callable[[JobStatus], bool]) -> JobStatus:
    deadline = time.monotonic() + _WAIT_S
    while time.monotonic() < deadline:
        status = jobs.status(folder)
        if status is not None and reached(status):
            return status
        time.sleep(0.02)
    pytest.fail(f"the run did not get there: {jobs.status(folder)}")


_QUESTIONS = 60  # more than are answered before a stop is heard


@pytest.fixture
def start(starter_index: Path, tmp_path: Path) -> Callable[[], Path]:
    questions = tmp_path / "set.jsonl"
    write_question_set(read_question_set(STARTER_SET)[:_QUESTIONS], questions)
    out = tmp_path / "runs" / "run.json"

    def started() -> Path:
        jobs.start(
            tmp_path / "runs",
            questions=questions,
            index=starter_index,
            config=ROOT / "config.toml",
            out=out,
        )
        return out

    return started


def test_a_run_goes_on_by_itself_after_it_was_stopped_and_killed(
    start: Callable[[], Path], tmp_path: Path
) -> None:
    folder = tmp_path / "runs"
    out = start()
    with pytest.raises(JobRunning, match="another run goes on"):
        start()
    stopped = wait_for(folder, lambda status: status.done >= 3)
    assert stopped.running
    assert stopped.total == _QUESTIONS
    jobs.cancel(folder)
    ended = wait_for(folder, lambda status: not status.running)
    assert not ended.finished
    assert 3 <= ended.done < _QUESTIONS
    assert ended.message == "It was stopped; what it has done is kept."
    assert [state.job.out for state in jobs.unfinished(folder)] == [str(out)]

    start()
    further = wait_for(folder, lambda status: status.done > ended.done)
    os.kill(further.job.pid, signal.SIGKILL)
    killed = wait_for(folder, lambda status: not status.running)
    assert part_of(out).exists()
    assert killed.done >= further.done
    assert killed.message.startswith("It ended without a word")

    start()
    wait_for(folder, lambda status: status.finished)
    run = read_run(out)
    ids = [outcome.question.question_id for outcome in run.outcomes]
    assert ids == [q.question_id for q in read_question_set(tmp_path / "set.jsonl")]
    assert jobs.unfinished(folder) == []


def test_a_run_that_cannot_begin_says_why(tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    jobs.start(
        folder,
        questions=tmp_path / "none.jsonl",
        index=tmp_path / "no-index",
        config=ROOT / "config.toml",
        out=folder / "run.json",
    )
    ended = wait_for(folder, lambda status: not status.running)
    assert not ended.finished
    assert "none.jsonl: cannot be read" in ended.message
    jobs.discard(folder, ended.job)
    assert jobs.status(folder) is None
    assert jobs.unfinished(folder) == []


def test_every_fault_of_a_set_is_told(tmp_path: Path) -> None:
    folder, questions = tmp_path / "runs", tmp_path / "set.jsonl"
    questions.write_text("1\n2\n", "utf-8")
    jobs.start(
        folder, questions=questions, index=tmp_path, config=ROOT / "config.toml", out=folder / "a"
    )
    ended = wait_for(folder, lambda status: not status.running)
    assert "line 1: is no question" in ended.message
    assert "line 2: is no question" in ended.message


def test_a_run_stopped_while_it_opens_the_index_says_so(
    start: Callable[[], Path], tmp_path: Path
) -> None:
    start()
    log = jobs.log_of(tmp_path / "runs" / "run.json")
    deadline = time.monotonic() + _WAIT_S
    while True:  # a signal before Python is up leaves no word
        assert time.monotonic() < deadline
        jobs.cancel(tmp_path / "runs")
        ended = wait_for(tmp_path / "runs", lambda status: not status.running)
        if "KeyboardInterrupt" in log.read_text("utf-8"):
            break
        start()
        time.sleep(0.4)
    assert ended.message == "It was stopped while the publications were being opened."
    assert ended.done == 0


def test_a_stopped_run_is_still_known_after_another_one(tmp_path: Path) -> None:
    """What `start` leaves of a run that ended half-way, with a later job's record beside it."""
    runs = tmp_path / "runs"
    runs.mkdir()
    for name in ("old", "last"):
        out = runs / f"{name}.json"
        job = Job(questions="q", index="i", config="c", out=str(out), pid=1)
        jobs.record_of(out).write_text(json.dumps(asdict(job)), "utf-8")
    (runs / "last.json").write_text("{}", "utf-8")
    part_of(runs / "old.json").write_text("", "utf-8")
    (kept,) = jobs.unfinished(runs)
    assert kept.job.out == str(runs / "old.json")
    assert not jobs.record_of(runs / "last.json").exists()  # it is finished
    jobs.discard(runs, kept.job)
    assert sorted(file.name for file in runs.iterdir()) == ["last.json"]


def test_nothing_is_stopped_where_nothing_runs(tmp_path: Path) -> None:
    jobs.cancel(tmp_path)
    assert jobs.status(tmp_path) is None


def test_a_job_whose_process_is_gone_is_not_taken_for_another_one(tmp_path: Path) -> None:
    """The number of an ended process may be another's by now: here it is this test's own."""
    record = f'{{"questions": "q", "index": "i", "config": "c", "out": "o", "pid": {os.getpid()}}}'
    (tmp_path / "job.json").write_text(record, "utf-8")
    status = jobs.status(tmp_path)
    assert status is not None
    assert not status.running
    jobs.cancel(tmp_path)  # would end this test
