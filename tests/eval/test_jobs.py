import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from eval import jobs
from eval.jobs import JobRunning, JobStatus
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


@pytest.fixture
def start(starter_index: Path, tmp_path: Path) -> Callable[[], Path]:
    questions = tmp_path / "set.jsonl"
    write_question_set(read_question_set(STARTER_SET)[:60], questions)
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
    assert stopped.total == 60
    jobs.cancel(folder)
    ended = wait_for(folder, lambda status: not status.running)
    assert not ended.finished
    assert 3 <= ended.done < 60
    assert ended.message.startswith("stopped; ")

    start()
    further = wait_for(folder, lambda status: status.done > ended.done)
    os.kill(further.job.pid, signal.SIGKILL)
    killed = wait_for(folder, lambda status: not status.running)
    assert part_of(out).exists()
    assert killed.done >= further.done

    start()
    wait_for(folder, lambda status: status.finished)
    run = read_run(out)
    ids = [outcome.question.question_id for outcome in run.outcomes]
    assert ids == [q.question_id for q in read_question_set(tmp_path / "set.jsonl")]


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
    jobs.dismiss(folder)
    assert jobs.status(folder) is None


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
