"""The ingest report in words: a block for each file, remedies that many files need told once."""

from collections import Counter
from collections.abc import Sequence

from ingest.document import Role
from ingest.report import FileReport, PageReport, Verdict, page_numbers

_WIDTH = 20  # of the verdict's column
_FEW_FILES = 2  # a remedy that more files need is told once, at the end
_SHOWN_CHARS = 40  # of a running line
_SHOWN_LINES = 3  # running lines of one file
_MIN_PAGES = 2


def format_reports(reports: Sequence[FileReport]) -> str:
    """A block for each file, the remedies that many files share, and a line of totals."""
    remedies = _shared_remedies(reports)
    lines = [line for report in reports for line in _block(report, remedies)]
    lines += [f"[{number}] {remedy}" for remedy, number in remedies.items()]
    totals = Counter(report.verdict for report in reports)
    parts = [f"{totals[verdict]} {verdict.value}" for verdict in Verdict if totals[verdict]]
    pages = sum(report.pages for report in reports)
    split = [report.passages for report in reports if report.passages is not None]
    counts = _counts(pages, sum(split) if split else None)
    lines.append(f"{len(reports)} files: {', '.join(parts)}; {counts}")
    return "\n".join(lines)


def left_out_text(pages: Sequence[PageReport]) -> str:
    """What no passage holds, by role: how many lines, on which pages."""
    parts = []
    for role in dict.fromkeys(item.role for page in pages for item in page.left_out):
        if role == Role.HEADING:  # stands above its passages
            continue
        texts = {
            page.number: lines
            for page in pages
            for lines in (tuple(t for i in page.left_out if i.role == role for t in i.lines),)
            if lines
        }
        count = sum(map(len, texts.values()))
        part = f"{count} {'line' if count == 1 else 'lines'} of {role}"
        if role == Role.RUNNING:
            parts.append(part + _repeated(list(texts.values())))
        else:
            parts.append(f"{part} ({page_numbers(list(texts))})")
    return "; ".join(parts)


def _repeated(pages: Sequence[Sequence[str]]) -> str:
    """The running lines that recur, with how often; page numbers are not worth a word."""
    counts = Counter(" ".join(text.split()) for lines in pages for text in set(lines))
    told = [
        f"“{_shortened(text)}” on {count} pages"
        for text, count in counts.most_common()
        if count >= _MIN_PAGES and not text.isdecimal()
    ]
    return f" ({', '.join(told[:_SHOWN_LINES])})" if told else ""


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…"


def _block(report: FileReport, remedies: dict[str, int]) -> list[str]:
    counts = _counts(report.pages, report.passages) if report.pages else ""
    indent = f"{'':<{_WIDTH}}   "
    lines = [f"{report.verdict.value:<{_WIDTH}} {report.file}  {counts}".rstrip()]
    for note in report.notes:
        cause, remedy = _parts(note)
        number = remedies.get(remedy)
        lines.append(indent + (f"{cause} [{number}]" if number else note))
    lines += [f"{indent}({remark})" for remark in report.remarks]
    left_out = left_out_text(report.page_reports)
    if left_out:
        lines.append(f"{indent}(left out: {left_out})")
    return lines


def _shared_remedies(reports: Sequence[FileReport]) -> dict[str, int]:
    """The remedies that many files need, numbered from 1."""
    counts = Counter(
        remedy for report in reports for remedy in {_parts(note)[1] for note in report.notes}
    )
    shared = [remedy for remedy, count in counts.items() if remedy and count > _FEW_FILES]
    return {remedy: number for number, remedy in enumerate(shared, start=1)}


def _parts(note: str) -> tuple[str, str]:
    """What is the matter and what to do: notes have the remedy after the last semicolon."""
    cause, _, remedy = note.rpartition("; ")
    return cause, remedy if cause else ""


def _counts(pages: int, passages: int | None) -> str:
    return f"{pages} pages" if passages is None else f"{pages} pages, {passages} passages"
