"""A run of a question set in the background: started, watched, stopped, gone on with."""

import json
import os
import signal
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.background import Busy, is_running, spawn
from eval.errors import EvalError
from eval.runs import part_of, read_header

_LOCK, _JOB = ".running", "job.json"
_RECORD = ".job"  # beside each run that is not finished: how to go on with it
_STOPPED = "It was stopped; what it has done is kept."
_STOPPED_EARLY = "It was stopped while the publications were being opened."
_NO_WORD = "It ended without a word, as when the computer is restarted; going on loses nothing."


class JobRunning(EvalError):
    """Another run goes on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A run that was started."""

    questions: str  # file of the question set
    index: str
    config: str
    out: str  # file of the run
    pid: int


@dataclass(frozen=True, kw_only=True, slots=True)
class JobStatus:
    """How far the last run has come."""

    job: Job
    running: bool
    finished: bool
    done: int
    total: int | None  # None: not known yet
    message: str  # what the process last said, where it ended without finishing


def start(folder: Path, *, questions: Path, index: Path, config: Path, out: Path) -> Job:
    """Run a question set in the background.

    Args:
        folder: where runs and their state are kept; one run at a time goes on in it.
        questions: the set.
        index: index folder.
        config: settings file.
        out: the run's file; an equal run that was stopped there goes on.

    Raises:
        JobRunning: one goes on already.
        EvalError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        options = ["--index", str(index), "--config", str(config), "--json", str(out)]
        pid = spawn("eval", ["run", str(questions), *options], lock=folder / _LOCK, log=log_of(out))
        job = Job(
            questions=str(questions), index=str(index), config=str(config), out=str(out), pid=pid
        )
        for record in (folder / _JOB, record_of(out)):
            record.write_text(json.dumps(asdict(job)), "utf-8")
    except Busy as error:
        message = "another run goes on; wait for its end or stop it"
        raise JobRunning(message) from error
    except OSError as error:
        message = f"{folder}: cannot be written ({error.strerror or error}); give write access"
        raise EvalError(message) from error
    return job


def status(folder: Path) -> JobStatus | None:
    """How far the last run that was started has come; None when there was none."""
    job = _read_job(folder / _JOB)
    return _status(job, running=is_running(folder / _LOCK)) if job else None


def unfinished(folder: Path) -> list[JobStatus]:
    """The runs that were stopped or ended half-way, the newest first; not the one that goes on."""
    last = status(folder)
    running = last.job.out if last and last.running else None
    found = []
    for record in sorted(folder.glob(f"*{_RECORD}"), key=changed_at, reverse=True):
        job = _read_job(record)
        if job is None or job.out == running:
            continue
        state = _status(job, running=False)
        if state.finished:
            record.unlink(missing_ok=True)
        else:
            found.append(state)
    return found


def _status(job: Job, *, running: bool) -> JobStatus:
    out = Path(job.out)
    part = part_of(out)
    header = read_header(part)
    finished = not running and out.exists() and not part.exists()
    return JobStatus(
        job=job,
        running=running,
        finished=finished,
        done=_lines(part) - 1 if header else 0,
        total=header.questions if header else None,
        message="" if running or finished else _last_words(log_of(out)),
    )


def cancel(folder: Path) -> None:
    """Stop the run that goes on; what it has done is kept. Nothing happens when none does."""
    found = status(folder)
    if found and found.running:
        os.kill(found.job.pid, signal.SIGINT)  # alive: it holds the lock


def discard(folder: Path, job: Job) -> None:
    """Delete what an unfinished run has done; one that goes on is left alone."""
    found = status(folder)
    if found and found.job.out == job.out:
        if found.running:
            return
        (folder / _JOB).unlink(missing_ok=True)
    out = Path(job.out)
    for file in (part_of(out), log_of(out), record_of(out)):
        file.unlink(missing_ok=True)


def log_of(out: Path) -> Path:
    """Where the process writes what it says."""
    return out.with_name(out.name + ".log")


def record_of(out: Path) -> Path:
    """Where it is kept how to go on with a run."""
    return out.with_name(out.name + _RECORD)


def _read_job(record: Path) -> Job | None:
    try:
        return Job(**json.loads(record.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def changed_at(file: Path) -> float:
    """When a file was last written, seconds; 0 when it is gone."""
    try:
        return file.stat().st_mtime
    except OSError:  # deleted since it was listed
        return 0.0


def _lines(file: Path) -> int:
    try:
        with file.open("rb") as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(2**20), b""))
    except OSError:
        return 0


def _last_words(log: Path) -> str:
    """What a run said when it ended: the error with all its lines, or that it was stopped."""
    try:
        lines = log.read_text("utf-8", errors="replace").replace("\r", "\n").splitlines()
    except OSError:
        return _NO_WORD
    told = [n for n, line in enumerate(lines) if line.startswith(("error:", "stopped;"))]
    if told:
        stopped = lines[told[-1]].startswith("stopped;")
        return _STOPPED if stopped else "\n".join(lines[told[-1] :])
    if "KeyboardInterrupt" in lines:
        return _STOPPED_EARLY
    if any(line.startswith("Traceback ") for line in lines):
        return f"It failed by a fault of the program, which stands in {log}."
    return _NO_WORD
