"""A new release in the making, in a process of its own; its state lies on the disk.

Closing the page or killing the server loses nothing. When the process itself is killed, what is
published stays, the next build takes away what it left, and finds again what it had worked out.

    FOLDER/work.json   how far the last work has come
    FOLDER/work.log    what the process said
"""

import json
import os
import signal
import time
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from eval.background import Busy, is_running, spawn
from ingest.whole_file import write_whole
from staff.errors import StaffError, WorkUnderWay

_LOCK, _STATE, _LOG = ".working", "work.json", "work.log"
_SECONDS_BETWEEN = 0.3  # two writings of the state


class Phase(StrEnum):
    """What the work is at."""

    STARTING = "starting"
    READING = "reading the publications"
    COMPARING = "asking the question set"
    READY = "ready"  # a release is there, to be published or discarded
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """How far the last work has come."""

    phase: Phase
    pid: int
    done: int = 0  # files or questions
    total: int = 0
    detail: str = ""
    release: int | None = None  # that it has made
    message: str = ""  # why it failed, or why there is nothing to do


def start(folder: Path, *, corpus: Path, index: Path, config: Path) -> None:
    """Make a release of the corpus and compare it with the live one, in the background.

    Raises:
        WorkUnderWay: a release is being made already.
        StaffError: the folder cannot be written.
    """
    arguments = ["build", "--ask", "--corpus", str(corpus), "--index", str(index)]
    arguments += ["--config", str(config), "--state", str(folder)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        pid = spawn("staff", arguments, lock=folder / _LOCK, log=folder / _LOG)
    except Busy as error:
        message = "a release is being made already; wait for its end or stop it"
        raise WorkUnderWay(message) from error
    except OSError as error:
        message = f"{folder}: cannot be written ({error.strerror or error}); give write access"
        raise StaffError(message) from error
    known = _read(folder)
    if known is None or known.pid != pid:  # the process may have written already
        _write(folder, Work(phase=Phase.STARTING, pid=pid))


def status(folder: Path) -> Work | None:
    """How far the last work has come; None when there was none. One that was killed has failed."""
    running = is_running(folder / _LOCK)
    work = _read(folder)
    if work is None or running or work.phase in (Phase.READY, Phase.FAILED):
        return work
    message = "It was stopped before it was done. Nothing was published; starting again goes on."
    return replace(work, phase=Phase.FAILED, message=message)


def running(folder: Path) -> bool:
    """Whether a release is being made."""
    return is_running(folder / _LOCK)


def stop(folder: Path) -> None:
    """Stop what is being made; what is published stays. Nothing happens when nothing is."""
    work = _read(folder)
    if work and running(folder):
        os.kill(work.pid, signal.SIGINT)  # alive: it holds the lock


class StateFile:
    """What the process writes for `status`."""

    def __init__(self, folder: Path) -> None:
        """Write to a folder's state."""
        self._folder = folder
        self._work = Work(phase=Phase.STARTING, pid=os.getpid())
        self._written = 0.0

    def show(self, phase: Phase, done: int, total: int, detail: str = "") -> None:
        """How far it is; written a few times a second at most."""
        same = phase is self._work.phase
        self._work = replace(self._work, phase=phase, done=done, total=total, detail=detail)
        if not same or time.monotonic() - self._written > _SECONDS_BETWEEN:
            self._write()

    def made(self, release: int) -> None:
        """A release is there."""
        self._work = replace(self._work, release=release)
        self._write()

    def end(self, phase: Phase, message: str = "") -> None:
        """Nothing more will come."""
        self._work = replace(self._work, phase=phase, message=message)
        self._write()

    def _write(self) -> None:
        _write(self._folder, self._work)
        self._written = time.monotonic()


def _read(folder: Path) -> Work | None:
    try:
        data = json.loads((folder / _STATE).read_text("utf-8"))
        return Work(**{**data, "phase": Phase(data["phase"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write(folder: Path, work: Work) -> None:
    write_whole(folder / _STATE, json.dumps(asdict(work)).encode())
