"""Runs on disk: one JSON document each, written question by question so that none is lost.

While a run goes on its outcomes are appended to OUT.part, a line each; when it is stopped, the next
run of the same set on the same release with the same program goes on from there. When every
question is done the part becomes OUT in one step.
"""

import hashlib
import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from answer.pipeline import Assistant
from answer.settings import AnswerSettings
from eval.errors import RunInvalid
from eval.outcome import Outcome, outcome_from, outcome_record
from eval.questions import JudgedQuestion, question_record
from index.source import source_sha256

FORMAT_VERSION = 1
_PART = ".part"
_ROOT = Path(__file__).parent.parent
_PROGRAM = ("ingest", "index", "reader", "answer", "eval")


@dataclass(frozen=True, kw_only=True, slots=True)
class RunHeader:
    """What was asked, of what, by which program."""

    format_version: int
    question_set: str  # name of its file
    questions: int  # how many
    questions_sha256: str  # of their content, whatever file they stand in
    release: int
    index_fingerprint: str  # of the indexed publications and how they were indexed
    model: str
    settings: dict[str, Any]  # the [answer] table and the release's
    program_sha256: str  # of the source of everything that makes and judges answers
    commit: str | None  # of the program; None where it does not run from a git checkout
    started: str  # UTC, ISO 8601

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for runs that must give the same answers."""
        settings = json.dumps(self.settings, sort_keys=True)
        return (self.questions_sha256, self.index_fingerprint, settings, self.program_sha256)


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A finished run."""

    header: RunHeader
    outcomes: tuple[Outcome, ...]


def header_for(assistant: Assistant, questions: Sequence[JudgedQuestion], name: str) -> RunHeader:
    """Describe a run that begins now."""
    manifest = assistant.release.manifest
    records = json.dumps([question_record(question) for question in questions], sort_keys=True)
    return RunHeader(
        format_version=FORMAT_VERSION,
        question_set=name,
        questions=len(questions),
        questions_sha256=hashlib.sha256(records.encode()).hexdigest(),
        release=assistant.release.number,
        index_fingerprint=str(manifest.get("fingerprint")),
        model=str(manifest.get("model", {}).get("name")),
        settings={"answer": _plain(assistant.settings), "index": manifest.get("settings")},
        program_sha256=source_sha256(_ROOT / package for package in _PROGRAM),
        commit=_commit(),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _plain(settings: AnswerSettings) -> dict[str, Any]:
    """Settings as JSON holds them: a date as text."""
    values = asdict(settings)
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


class RunWriter:
    """Appends the outcomes of a run to a part file, and makes the run of it at the end."""

    def __init__(self, out: Path, header: RunHeader) -> None:
        """Begin a run, or go on with the part of an equal one that was stopped.

        Raises:
            RunInvalid: the folder cannot be written.
        """
        self.out, self._part = out, part_of(out)
        kept = _part_lines(self._part, header)
        self.done = [question_id for question_id, _ in kept]  # of earlier outcomes, in order
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            if not kept:
                self._part.write_text(_line(asdict(header)), "utf-8")
            self._stream = self._part.open("a", encoding="utf-8")
        except OSError as error:
            raise _not_writable(out, error) from error

    def add(self, outcome: Outcome) -> None:
        """Append one outcome; it is on disk when this returns."""
        try:
            self._stream.write(_line(outcome_record(outcome)))
            self._stream.flush()
        except OSError as error:
            raise _not_writable(self.out, error) from error
        self.done.append(outcome.question.question_id)

    def outcomes(self) -> Iterator[Outcome]:
        """Every outcome so far, read from disk one by one."""
        with self._part.open(encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                yield outcome_from(json.loads(line))

    def finish(self) -> None:
        """Turn the part into the finished run."""
        self.close()
        temporary = self.out.with_name(f".{self.out.name}-new")
        try:
            with (
                self._part.open(encoding="utf-8") as lines,
                temporary.open("w", encoding="utf-8") as new,
            ):
                new.write(f'{{"header": {next(lines).strip()},\n"outcomes": [\n')
                for number, line in enumerate(lines):
                    new.write((",\n" if number else "") + line.strip())
                new.write("\n]}\n")
                new.flush()
                os.fsync(new.fileno())
            temporary.replace(self.out)
            self._part.unlink()
        except OSError as error:
            raise _not_writable(self.out, error) from error

    def close(self) -> None:
        """Stop; what is done stays in the part file."""
        self._stream.close()


def part_of(out: Path) -> Path:
    """Where the outcomes of an unfinished run stand."""
    return out.with_name(out.name + _PART)


def read_run(file: Path) -> Run:
    """Open a finished run.

    Raises:
        RunInvalid: the file cannot be read, or is no run of this format.
    """
    try:
        record = json.loads(file.read_text("utf-8"))
        return run_from(record)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{file}: is no run that can be opened ({error}); make it again with eval run"
        raise RunInvalid(message) from error


def run_from(record: dict[str, Any]) -> Run:
    """A run from its JSON document.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: the data is of another form.
    """
    header = RunHeader(**record["header"])
    if header.format_version != FORMAT_VERSION:
        message = f"has format {header.format_version}, this program reads {FORMAT_VERSION}"
        raise ValueError(message)
    return Run(header=header, outcomes=tuple(map(outcome_from, record["outcomes"])))


def read_header(part: Path) -> RunHeader | None:
    """The header of a run that is going on; None when there is none to read."""
    try:
        with part.open(encoding="utf-8") as lines:
            return RunHeader(**json.loads(next(lines)))
    except (OSError, ValueError, TypeError, StopIteration):
        return None


def _part_lines(part: Path, header: RunHeader) -> list[tuple[str, str]]:
    """(question id, line) of what an equal run has done; a line that was cut off is dropped."""
    found = read_header(part)
    if found is None or found.key != header.key:
        return []
    lines = part.read_text("utf-8").split("\n")
    kept: list[tuple[str, str]] = []
    for line in lines[1:]:
        try:
            kept.append((json.loads(line)["question"]["id"], line))
        except (ValueError, KeyError, TypeError):
            break
    text = "".join(f"{line}\n" for line in (lines[0], *(line for _, line in kept)))
    part.write_text(text, "utf-8")
    return kept


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _commit() -> str | None:
    """The git commit of the program, marked when files were changed since."""
    if not (_ROOT / ".git").exists():
        return None
    command = ["git", "-C", str(_ROOT), "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20)  # noqa: S603  # no input of others in it
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _not_writable(out: Path, error: OSError) -> RunInvalid:
    return RunInvalid(
        f"{out}: cannot be written ({error.strerror or error}); give write access or free space, "
        "then run it again: what is done is kept"
    )
