"""Workbooks of spreadsheet programs, read and written. The only importer of openpyxl."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

_MAX_UNPACKED = 200 * 2**20  # bytes; a workbook is a ZIP archive and could be a bomb
_MAX_ROWS, _MAX_COLUMNS = 100_000, 40
_DEFAULT_WIDTH = 18
_CHECKED_ROWS = 2_000  # rows of a template that have drop-downs


class SpreadsheetInvalid(Exception):
    """A file that is no table that can be read; the message says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str | float | None]]
    widths: Sequence[int] = ()  # of the columns, in characters
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by column: a drop-down


def sheet_rows(data: bytes, title: str) -> list[list[str]]:
    """The cells of one sheet as texts, as they are seen; the first sheet where none has the title.

    Formulas are not worked out: what the program that wrote the file last saw is read.

    Raises:
        SpreadsheetInvalid: it is no workbook, or too large a one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _MAX_UNPACKED:
            message = f"the workbook unpacks to more than {_MAX_UNPACKED // 2**20} MB"
            raise SpreadsheetInvalid(message)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book[title] if title in book.sheetnames else book[book.sheetnames[0]]
        rows = sheet.iter_rows(max_row=_MAX_ROWS, max_col=_MAX_COLUMNS, values_only=True)
        return [[_seen(value) for value in row] for row in rows]
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        SyntaxError,  # of its XML: the parser's ParseError is one
    ) as error:
        message = f"this is no workbook that can be read ({type(error).__name__})"
        raise SpreadsheetInvalid(message) from error


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with a bold, frozen head on every sheet; every text is written as text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for made in sheets:
        sheet = book.create_sheet(made.title)
        sheet.append(list(made.head))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="E6EEF5")
        sheet.freeze_panes = "A2"
        for number, row in enumerate(made.rows, start=2):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(row=number, column=column)
                cell.value = (
                    ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
                )
                if isinstance(value, str):
                    cell.data_type = "s"  # never a formula
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        for column, _ in enumerate(made.head, start=1):
            width = made.widths[column - 1] if column <= len(made.widths) else _DEFAULT_WIDTH
            sheet.column_dimensions[get_column_letter(column)].width = width
        for name, choices in made.choices.items():
            letter = get_column_letter(list(made.head).index(name) + 1)
            rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            rule.showErrorMessage = True  # else the list is only offered
            rule.error = f"Choose one of: {', '.join(choices)}"[:250]
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{_CHECKED_ROWS}")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _seen(value: object) -> str:
    """A cell as it is seen: 4 and not 4.0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
