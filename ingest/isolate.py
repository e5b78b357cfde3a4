"""Each PDF is read in a child process with limits, so that no file can hang or exhaust the build.

Every child has a pipe of its own. In the pools of `concurrent.futures` and of pebble all children
write to one pipe: one that is killed in the middle of a message takes the others with it.
"""

import contextlib
import io
import math
import multiprocessing
import os
import pickle
import resource
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path

from ingest.document import Document
from ingest.errors import ReadersFail
from ingest.ocr.pages import OcrPlan, plan_ocr
from ingest.read import Limits, Outcome, Reading, read_or_report
from ingest.report import FileReport, Verdict
from ingest.settings import IngestSettings

_MIB = 2**20
_WALL_FACTOR = 4  # a child on a busy machine waits for its turn: only computing counts as time
_AHEAD = 3  # jobs begun for each child while the result of an earlier job is waited for
_STILL_AT_IT = b""  # a message of a child: it has started, or is at work that may take long
_GOES_ON, _ENDS = b"+", b"-"  # first byte of a result: whether the child takes another job

_pulse: Callable[[], None] | None = None  # in a child: renews its time


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A file to be read."""

    document: Document
    pdf_bytes: bytes
    password: str = ""


def read_guarded(
    jobs: Iterable[Job | Outcome], *, settings: IngestSettings, ocr_cache: Path | None = None
) -> Iterator[Outcome]:
    """Read files side by side in child processes.

    Args:
        jobs: taken one by one as children get free, so that few files are held at once. An
            outcome that is known already may stand in place of a job and is passed on.
        settings: the number of processes and the limits.
        ocr_cache: the folder where the words that OCR finds are kept; None: nowhere.

    Yields:
        The outcome of each job, in the order of the jobs. A file that goes over a limit or makes
        its reader crash is reported, and the others go on.

    Raises:
        ReadersFail: no child process can be started.
        SettingsInvalid: the engine for OCR that is asked for is not installed.
    """
    most = max(settings.processes, 0) or os.cpu_count() or 1
    ocr = plan_ocr(settings, cache=ocr_cache)
    waiting = iter(jobs)
    children: list[_Child] = []
    done: dict[int, Outcome | memoryview] = {}  # pickled as long as it waits: that is smaller
    begun = given = 0
    exhausted = False
    try:
        while not exhausted or given < begun:
            while not exhausted and begun - given < _AHEAD * most and _is_free(children, most):
                job = next(waiting, None)
                if job is None:
                    exhausted = True
                    break
                if isinstance(job, Job):
                    _idle(children, settings, ocr).begin(begun, job)
                else:
                    done[begun] = job
                begun += 1
            for child in _ready(children):
                outcome = child.collect()
                if outcome is not None:
                    done[child.position] = outcome
            children = [child for child in children if child.alive]
            while given in done:
                yield _opened(done.pop(given))
                given += 1
    finally:
        for child in children:
            child.stop()


def still_at_it() -> None:
    """Renew the time of the file that is being read, before work that rightly takes long.

    A page of OCR is such work. Without effect outside a child process.
    """
    if _pulse is not None:
        _pulse()


class _Child:
    """A process that reads one file after the other, as the parent sees it."""

    def __init__(self, settings: IngestSettings, ocr: OcrPlan) -> None:
        # Spawned and not forked: the parent runs threads, which a fork would leave locked.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.position = -1  # of the job that it reads
        self.busy = False
        self.alive = True
        self._settings = settings
        self._process = context.Process(target=_serve, args=(theirs, settings, ocr), daemon=True)
        self._process.start()
        theirs.close()
        self._started = False
        self._deadline = math.inf
        self._document: Document | None = None

    def begin(self, position: int, job: Job) -> None:
        """Give the idle child a job."""
        self.position, self._document, self.busy = position, job.document, True
        self._renew()
        with contextlib.suppress(OSError):  # it is dead: `collect` finds out how it died
            self.connection.send(job)

    def _renew(self) -> None:
        self._deadline = time.monotonic() + _WALL_FACTOR * self._settings.max_file_s

    @property
    def seconds_left(self) -> float:
        """Until its file counts as hanging."""
        return max(self._deadline - time.monotonic(), 0.0) if self.busy else math.inf

    def collect(self) -> FileReport | memoryview | None:
        """The pickled result of its job, or the report that it has none; None: not done yet."""
        if not self.connection.poll():
            return self._ended(hangs=True) if self.seconds_left == 0 else None
        try:
            message = self.connection.recv_bytes()
        except (EOFError, OSError):
            return self._ended(hangs=False)
        self._started = True
        if message == _STILL_AT_IT:
            self._renew()
            return None
        self.busy = False
        if message[:1] == _ENDS:
            self.stop()
        return memoryview(message)[1:]

    def _ended(self, *, hangs: bool) -> FileReport:
        if not hangs:
            self._process.join(1)  # its pipe is closed a moment before it ends
        code = self._process.exitcode
        self.stop()
        if not self._started and not hangs:
            message = (
                "the processes that read PDFs cannot be started (see the messages above); run "
                "the installation again"
            )
            raise ReadersFail(message)
        assert self._document is not None  # noqa: S101  # for mypy: `begin` was called
        return _unreadable(self._document, _cause(code, self._settings, hangs=hangs))

    def stop(self) -> None:
        """End the process, whatever it is doing; once is enough."""
        if not self.alive:
            return
        self.alive = self.busy = False
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()


def _is_free(children: list[_Child], most: int) -> bool:
    return len(children) < most or not all(child.busy for child in children)


def _idle(children: list[_Child], settings: IngestSettings, ocr: OcrPlan) -> _Child:
    """A child without a job, a new one where all are busy."""
    for child in children:
        if not child.busy:
            return child
    children.append(_Child(settings, ocr))
    return children[-1]


def _ready(children: list[_Child]) -> list[_Child]:
    """Wait until a busy child has something to say or runs out of time; none is busy: at once."""
    busy = [child for child in children if child.busy]
    left = min((child.seconds_left for child in busy), default=0.0)
    readable = wait([child.connection for child in busy], timeout=left)
    return [c for c in busy if c.connection in readable or c.seconds_left == 0]


def _cause(code: int | None, settings: IngestSettings, *, hangs: bool) -> str:
    """Why a child ended without a result, and what to do about it."""
    if hangs or code == -signal.SIGXCPU:
        return (
            f"takes more than {settings.max_file_s} seconds to read; print it to a new PDF in a "
            "viewer and put that in its place, or raise [ingest] max_file_s in config.toml"
        )
    if code == -signal.SIGKILL:
        return (
            "needs more memory than there is; split it into parts, or lower [ingest] processes "
            "in config.toml"
        )
    name = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
    return (
        f"makes its reader crash ({name}): it is damaged or needs more memory than "
        f"{settings.max_memory_mib} MiB; print it to a new PDF in a viewer and put that in its "
        "place, or raise [ingest] max_memory_mib in config.toml"
    )


def _opened(outcome: Outcome | memoryview) -> Outcome:
    if isinstance(outcome, memoryview):
        loaded: Outcome = pickle.loads(outcome)  # noqa: S301  # written by our own child
        return loaded
    return outcome


def _serve(connection: Connection, settings: IngestSettings, ocr: OcrPlan) -> None:
    """What a child does: read the files that it is sent until the pipe is closed."""
    global _pulse  # noqa: PLW0603  # one child, one pipe
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C stops the parent, and that its children
    _silence()
    before = _address_space()
    _limit_memory(before, settings.max_memory_mib)

    def pulse() -> None:
        _limit_computing(settings.max_file_s)
        connection.send_bytes(_STILL_AT_IT)

    _pulse = pulse
    ocr = replace(ocr, still_at_it=still_at_it)
    pulse()
    while True:
        try:
            job: Job = connection.recv()
        except EOFError:
            return
        except MemoryError:
            return
        _limit_computing(settings.max_file_s)
        result = _result(job, settings, ocr)
        # Memory in pieces is not given back: after a large file a fresh child goes on.
        ends = _address_space() - before > settings.max_memory_mib * _MIB / 4
        result[:1] = _ENDS if ends else _GOES_ON
        connection.send_bytes(result)
        del job, result
        if ends:
            return


def _result(job: Job, settings: IngestSettings, ocr: OcrPlan) -> memoryview:
    """A byte to fill in and the pickled outcome; a report where that is too large."""
    outcome = read_or_report(
        job.pdf_bytes,
        job.document,
        max_file_mib=settings.max_file_mib,
        password=job.password,
        limits=Limits(
            max_pages=settings.max_file_pages,
            max_page_chars=settings.max_page_chars,
            max_chars=settings.max_file_chars,
        ),
        ocr=ocr,
    )
    with contextlib.suppress(MemoryError):
        result = _pickled(outcome)
        copy = outcome.unlocked if isinstance(outcome, Reading) else None
        if len(result) - len(copy or b"") <= settings.max_output_mib * _MIB:
            return result
    del outcome
    cause = (
        f"gives more than {settings.max_output_mib} MiB of text and positions; split it into "
        "parts, or raise [ingest] max_output_mib in config.toml"
    )
    return _pickled(_unreadable(job.document, cause))


def _pickled(outcome: Outcome) -> memoryview:
    buffer = io.BytesIO()
    buffer.write(_GOES_ON)
    pickle.dump(outcome, buffer)
    return buffer.getbuffer()


def _unreadable(document: Document, cause: str) -> FileReport:
    file = document.file or document.doc_id
    return FileReport(
        file=file,
        doc_id=document.doc_id,
        verdict=Verdict.UNREADABLE,
        notes=(f"{file}: {cause}",),
    )


def _silence() -> None:
    """Send what libraries print of a file to nowhere: the report says what matters."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not say (macOS)."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def _limit_memory(before: int, max_mib: int) -> None:
    """Let the process have so much more address space than after its start.

    macOS does not enforce this limit; there the time limit and the page limits have to do.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = before + max_mib * _MIB
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no file behind


def _limit_computing(max_s: int) -> None:
    """End the process (SIGXCPU) when it computes for so many seconds from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(used.ru_utime + used.ru_stime) + max_s
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))
