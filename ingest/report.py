"""What happened to each file of a corpus, as data and as lines for people."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ingest.document import Page, Role


class Verdict(StrEnum):
    """The outcome for one file."""

    READ = "read"
    WARNING = "read with warnings"
    UNREADABLE = "unreadable"
    LEFT_OUT = "left out"


@dataclass(frozen=True, kw_only=True, slots=True)
class FileReport:
    """What was read of one file, what was left out and why."""

    file: str
    doc_id: str | None
    verdict: Verdict
    pages: int = 0
    passages: int | None = None  # None: not split yet
    pages_without_text: tuple[int, ...] = ()
    lines_left_out: tuple[tuple[str, int], ...] = ()  # role, how many lines
    notes: tuple[str, ...] = ()  # each says what is the matter and what to do

    @property
    def reason(self) -> str:
        """Why the verdict is what it is, in one line."""
        told = " | ".join(self.notes) or f"all of its {self.pages} pages were read"
        return " ".join(told.split())

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON data."""
        return {
            "file": self.file,
            "doc_id": self.doc_id,
            "verdict": self.verdict.value,
            "reason": self.reason,
            "pages": self.pages,
            "passages": self.passages,
            "pages_without_text": list(self.pages_without_text),
            "lines_left_out": dict(self.lines_left_out),
            "notes": list(self.notes),
        }


def lines_left_out(pages: Sequence[Page]) -> tuple[tuple[str, int], ...]:
    """How many lines of each role were kept out of passages."""
    counts = Counter(
        line.role.value
        for page in pages
        for line in page.lines
        if line.role in (Role.RUNNING, Role.CONTENTS, Role.REFERENCE)
    )
    return tuple(sorted(counts.items()))


def format_reports(reports: Sequence[FileReport]) -> str:
    """A line for each file, its notes under it, and a line of totals."""
    lines = []
    for report in reports:
        counts = _counts(report.pages, report.passages) if report.pages else ""
        lines.append(f"{report.verdict.value:<20} {report.file}  {counts}".rstrip())
        lines.extend(f"{'':<20}   {note}" for note in report.notes)
    totals = Counter(report.verdict for report in reports)
    parts = [f"{totals[verdict]} {verdict.value}" for verdict in Verdict if totals[verdict]]
    pages = sum(report.pages for report in reports)
    split = [report.passages for report in reports if report.passages is not None]
    counts = _counts(pages, sum(split) if split else None)
    lines.append(f"{len(reports)} files: {', '.join(parts)}; {counts}")
    return "\n".join(lines)


def _counts(pages: int, passages: int | None) -> str:
    return f"{pages} pages" if passages is None else f"{pages} pages, {passages} passages"


def exit_code(reports: Sequence[FileReport]) -> int:
    """0 all good, 1 with warnings, 2 something unreadable."""
    verdicts = {report.verdict for report in reports}
    if Verdict.UNREADABLE in verdicts:
        return 2
    return 1 if verdicts - {Verdict.READ} else 0
