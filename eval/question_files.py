"""Question sets as files: JSON Lines, CSV and XLSX, by the ending of the name."""

import json
from collections.abc import Sequence
from pathlib import Path

from eval.errors import QuestionSetInvalid
from eval.questions import (
    Fault,
    JudgedQuestion,
    ParsedSet,
    parse_records,
    question_record,
)
from eval.rows import COLUMNS, csv_bytes, csv_rows, records_of_rows, rows_of_questions
from eval.spreadsheet import Sheet, SpreadsheetInvalid, sheet_rows, workbook_bytes
from ingest.whole_file import write_whole

SUFFIXES = (".jsonl", ".csv", ".xlsx")
MAX_BYTES = 20 * 2**20  # ten thousand questions take about 10 MB
SHEET = "Questions"


def read_question_set(file: Path) -> list[JudgedQuestion]:
    """Read a question set.

    Raises:
        QuestionSetInvalid: the file cannot be read or has faulty rows; all are named.
    """
    return parse_file(file).whole(str(file))


def parse_file(file: Path) -> ParsedSet:
    """Read a question set with its faults.

    Raises:
        QuestionSetInvalid: the file cannot be read.
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            message = f"{file}: larger than {MAX_BYTES // 2**20} MB; divide it into several sets"
            raise QuestionSetInvalid(message)
        data = file.read_bytes()
    except OSError as error:
        message = f"{file}: cannot be read ({error.strerror or error}); name a question set"
        raise QuestionSetInvalid(message) from error
    return parse_question_set(file.name, data)


def write_question_set(questions: Sequence[JudgedQuestion], file: Path) -> None:
    """Write a question set in the form that the file's ending names.

    Raises:
        QuestionSetInvalid: the ending is not known, or the file cannot be written.
    """
    data = question_set_bytes(questions, file.suffix)
    try:
        write_whole(file, data)
    except OSError as error:
        message = f"{file}: cannot be written ({error.strerror or error}); name another place"
        raise QuestionSetInvalid(message) from error


def parse_question_set(name: str, data: bytes) -> ParsedSet:
    """Read a question set from bytes, such as an upload; every fault is told at once.

    Args:
        name: of the file; its ending names the form.
        data: its content; nothing in it is trusted.
    """
    suffix = Path(name).suffix.lower()
    if len(data) > MAX_BYTES:
        what = f"larger than {MAX_BYTES // 2**20} MB"
        return _unreadable(what, "divide it into several sets")
    if suffix == ".jsonl":
        return _parse_lines(data)
    try:
        if suffix == ".csv":
            return _parse_rows(csv_rows(data))
        if suffix == ".xlsx":
            return _parse_rows(sheet_rows(data, SHEET))
    except SpreadsheetInvalid as error:
        return _unreadable(str(error), "save it again as .xlsx or .csv, or begin with the template")
    return _unreadable(f'the ending "{suffix}" is not known', f"take {', '.join(SUFFIXES)}")


def question_set_bytes(questions: Sequence[JudgedQuestion], suffix: str) -> bytes:
    """A question set as the bytes of a file.

    Args:
        questions: in order.
        suffix: .jsonl, .csv or .xlsx.

    Raises:
        QuestionSetInvalid: the suffix is not known.
    """
    if suffix == ".jsonl":
        records = map(question_record, questions)
        return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()
    if suffix == ".csv":
        return csv_bytes(rows_of_questions(questions))
    if suffix == ".xlsx":
        rows = rows_of_questions(questions)
        return workbook_bytes([Sheet(title=SHEET, head=COLUMNS, rows=rows)])
    message = f'the ending "{suffix}" is not known; take {", ".join(SUFFIXES)}'
    raise QuestionSetInvalid(message)


def _parse_lines(data: bytes) -> ParsedSet:
    try:
        lines = data.decode("utf-8-sig").split("\n")  # JSON texts may hold other separators
    except UnicodeDecodeError:
        return _unreadable("cannot be read as UTF-8", "save it as UTF-8")
    records, faults = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            records.append((f"line {number}", json.loads(line)))
        except (ValueError, RecursionError) as error:
            what = f"is no JSON ({error})"
            fault = Fault(where=f"line {number}", what=what, remedy="write one JSON object a line")
            faults.append(fault)
    parsed = parse_records(records)
    return ParsedSet(questions=parsed.questions, faults=(*faults, *parsed.faults))


def _parse_rows(rows: Sequence[Sequence[str]]) -> ParsedSet:
    records, faults = records_of_rows(rows)
    if faults:
        return ParsedSet(questions=(), faults=tuple(faults))
    return parse_records(records)


def _unreadable(what: str, remedy: str) -> ParsedSet:
    return ParsedSet(questions=(), faults=(Fault(where="file", what=what, remedy=remedy),))
