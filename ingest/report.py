"""What happened to each file of a corpus, and to each of its pages, as data.

`docs/ingest-report.md` describes the JSON; `report_text.py` puts it into words for people.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ingest.document import (
    QUOTABLE_ROLES,
    Document,
    Ocr,
    Page,
    PageSpan,
    PageVerdict,
    Passage,
    Role,
)

_CHECK = "look at the page before relying on what is quoted from it"
IN_NO_PASSAGE = "in no passage"  # lines of a quotable role, such as a table row without a letter


class Verdict(StrEnum):
    """The outcome for one file."""

    READ = "read"
    WARNING = "read with warnings"
    UNREADABLE = "unreadable"
    LEFT_OUT = "left out"


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """Lines of one page that no passage holds."""

    role: str  # a Role's value, or IN_NO_PASSAGE
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PageReport:
    """What was read of one page."""

    number: int
    label: str | None
    label_inferred: bool
    verdict: PageVerdict
    reasons: tuple[str, ...]
    lines: int  # printed lines, those left out among them
    left_out: tuple[LeftOut, ...]
    ocr_engine: str | None = None
    ocr_confidence: float | None = None  # 0 … 1

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON data."""
        ocr = {"engine": self.ocr_engine, "confidence": self.ocr_confidence}
        return {
            "number": self.number,
            "label": self.label,
            "label_inferred": self.label_inferred,
            "verdict": self.verdict.value,
            "reasons": list(self.reasons),
            "lines": self.lines,
            "left_out": {item.role: list(item.lines) for item in self.left_out},
            "ocr": ocr if self.ocr_engine else None,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class SamePages:
    """Pages of a file that stand in another file too, or twice in this one."""

    file: str  # the other one; this one's own name for pages that are there twice
    pages: tuple[tuple[int, int], ...]  # of this file and of the other
    share: float  # of this file's pages that have text, 0 … 1
    is_edition: bool = False  # the two look like editions of one publication


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
    remarks: tuple[str, ...] = ()  # worth knowing, nothing to do
    title: str = ""
    described: bool | None = None  # in publications.toml; None: not read
    page_reports: tuple[PageReport, ...] = ()
    same_pages: tuple[SamePages, ...] = ()

    @property
    def reason(self) -> str:
        """Why the verdict is what it is, in one line."""
        told = " | ".join(self.notes) or f"all of its {self.pages} pages were read"
        return " ".join(told.split())

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON data."""
        verdicts = Counter(page.verdict.value for page in self.page_reports)
        return {
            "file": self.file,
            "doc_id": self.doc_id,
            "title": self.title,
            "described": self.described,
            "verdict": self.verdict.value,
            "reason": self.reason,
            "pages": self.pages,
            "passages": self.passages,
            "page_verdicts": dict(sorted(verdicts.items())),
            "pages_without_text": list(self.pages_without_text),
            "lines_left_out": dict(self.lines_left_out),
            "notes": list(self.notes),
            "remarks": list(self.remarks),
            "same_pages": [
                {
                    "file": same.file,
                    "pages": [list(pair) for pair in same.pages],
                    "share": round(same.share, 3),
                    "is_edition": same.is_edition,
                }
                for same in self.same_pages
            ],
            "page_list": [page.as_dict() for page in self.page_reports],
        }


def report_pages(
    document: Document,
    pages: Sequence[Page],
    passages: Sequence[Passage],
    *,
    notes: Sequence[str] = (),
    remarks: Sequence[str] = (),
) -> FileReport:
    """Report on a file that was read.

    Args:
        document: with its page count.
        pages: all of its pages.
        passages: made of the pages; what is in none of them is listed as left out. Their number
            is left open, since they may have been made with another count of word pieces.
        notes: what is the matter with the file besides, each with the remedy.
        remarks: what is worth knowing.
    """
    page_reports = _page_reports(pages, passages)
    without_text = tuple(page.number for page in pages if not page.text.strip())
    all_notes = [*_page_notes(page_reports), *notes]
    if not document.described:
        all_notes.append(
            f'undescribed: indexed as "{document.title}"; add an entry with title, edition and '
            "date to publications.toml"
        )
    return FileReport(
        file=document.file or document.doc_id,
        doc_id=document.doc_id,
        title=document.title,
        described=document.described,
        verdict=Verdict.WARNING if all_notes else Verdict.READ,
        pages=len(pages),
        pages_without_text=without_text,
        lines_left_out=lines_left_out(page_reports),
        notes=tuple(all_notes),
        remarks=(*_page_remarks(page_reports, notes), *remarks),
        page_reports=page_reports,
    )


def lines_left_out(pages: Sequence[PageReport]) -> tuple[tuple[str, int], ...]:
    """How many lines of each role no passage holds; headings stand above passages and count not."""
    counts: Counter[str] = Counter()
    for page in pages:
        for item in page.left_out:
            if item.role != Role.HEADING:
                counts[item.role] += len(item.lines)
    return tuple(sorted(counts.items()))


def _page_reports(pages: Sequence[Page], passages: Sequence[Passage]) -> tuple[PageReport, ...]:
    spans: dict[int, list[PageSpan]] = {page.number: [] for page in pages}
    for passage in passages:
        for span in passage.spans:
            spans[span.page_number].append(span)
    return tuple(_page_report(page, spans[page.number]) for page in pages)


def _page_report(page: Page, spans: Sequence[PageSpan]) -> PageReport:
    ocr: Ocr | None = page.ocr
    return PageReport(
        number=page.number,
        label=page.label,
        label_inferred=page.label_inferred,
        verdict=page.quality.verdict,
        reasons=page.quality.reasons,
        lines=len(page.lines),
        left_out=_left_out(page, spans),
        ocr_engine=ocr.engine if ocr else None,
        ocr_confidence=round(ocr.confidence, 3) if ocr else None,
    )


def _left_out(page: Page, spans: Sequence[PageSpan]) -> tuple[LeftOut, ...]:
    """The lines that are in none of the spans, by role."""
    found: dict[str, list[str]] = {}
    for line in page.lines:
        role = line.role.value
        if line.role in QUOTABLE_ROLES:
            if any(s.start_char < line.end_char and line.start_char < s.end_char for s in spans):
                continue
            role = IN_NO_PASSAGE
        found.setdefault(role, []).append(page.line_text(line))
    return tuple(LeftOut(role=role, lines=tuple(lines)) for role, lines in found.items())


def _page_notes(pages: Sequence[PageReport]) -> list[str]:
    notes = []
    for verdict in (PageVerdict.NEEDS_OCR, PageVerdict.DOUBTS, PageVerdict.READ):
        for told, numbers in _by_reasons(pages, verdict).items():
            said = "" if verdict is PageVerdict.READ else f" {verdict.value}"
            remedy = f"; {_CHECK}" if verdict is PageVerdict.DOUBTS else ""
            notes.append(f"{page_numbers(numbers)}{said}: {told}{remedy}")
    return notes


def _page_remarks(pages: Sequence[PageReport], notes: Sequence[str]) -> list[str]:
    remarks = [
        f"{page_numbers(numbers)}: {told}"
        for told, numbers in _by_reasons(pages, PageVerdict.OCR).items()
    ]
    causes = tuple(note.partition(": ")[2] or note for note in notes)
    for told, numbers in _by_reasons(pages, PageVerdict.EMPTY).items():
        if not told.endswith(causes):  # a page that cannot be read has a note
            remarks.append(f"{page_numbers(numbers)} empty: {told}")
    return remarks


def _by_reasons(pages: Sequence[PageReport], verdict: PageVerdict) -> dict[str, list[int]]:
    """The pages of a verdict by their reasons; where only figures differ, the first page's."""
    told: dict[str, str] = {}
    found: dict[str, list[int]] = {}
    for page in pages:
        if page.verdict is verdict and page.reasons:
            reasons = "; ".join(page.reasons)
            first = told.setdefault(_kind(reasons), reasons)
            found.setdefault(first, []).append(page.number)
    return {
        reasons + _on_first(reasons, pages, numbers): numbers for reasons, numbers in found.items()
    }


def _on_first(told: str, pages: Sequence[PageReport], numbers: Sequence[int]) -> str:
    same = all("; ".join(p.reasons) == told for p in pages if p.number in numbers)
    return "" if same else f" (on page {numbers[0]}; the others are alike)"


def _kind(reasons: str) -> str:
    """Reasons without what differs from page to page: figures, and words that are quoted."""
    return re.sub(r"“[^”]*”|\d+", "", reasons)


def page_numbers(numbers: Sequence[int]) -> str:
    """Page numbers in words, neighbours folded into one range."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = [f"{r[0]}–{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs]
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(named)}"


def exit_code(reports: Sequence[FileReport]) -> int:
    """0 all good, 1 with warnings, 2 something unreadable."""
    verdicts = {report.verdict for report in reports}
    if Verdict.UNREADABLE in verdicts:
        return 2
    return 1 if verdicts - {Verdict.READ} else 0
