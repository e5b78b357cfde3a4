"""Quoted rows of a table, with the heads above them -> a table."""

from collections.abc import Sequence
from html import escape
from itertools import takewhile

from ingest.document import SentenceKind
from ui.note_marks import raised_html
from ui.quoted_lines import QuotedLine


def quoted_table_html(rows: Sequence[QuotedLine]) -> str:
    """A table of the columns that are filled; on a narrow screen each row becomes a block.

    Args:
        rows: of one table, from top to bottom, each with its cells.
    """
    columns = sorted({column for row in rows for column, _ in row.cells})
    heads = list(takewhile(_is_head, rows))
    labels = [
        " ".join(words for head in heads for at, words in head.cells if at == column)
        for column in columns
    ]
    above = "".join(_row_html(row, columns, labels) for row in heads)
    body = "".join(_row_html(row, columns, labels) for row in rows[len(heads) :])
    return (
        '<table class="ssa-table ssa-cells" role="table">'
        + (f'<thead role="rowgroup">{above}</thead>' if above else "")
        + (f'<tbody role="rowgroup">{body}</tbody>' if body else "")
        + "</table>"
    )


def _is_head(row: QuotedLine) -> bool:
    return row.kind is SentenceKind.TABLE_HEAD


def _row_html(row: QuotedLine, columns: Sequence[int], labels: Sequence[str]) -> str:
    if len(row.cells) == 1:  # it names the rows below it, and is of no one column
        words = raised_html(row.cells[0][1])
        return f'<tr role="row"><td role="cell" colspan="{len(columns)}">{words}</td></tr>'
    filled = dict(row.cells)
    cells = [
        _cell_html(filled.get(column, ""), label, is_head=_is_head(row))
        for column, label in zip(columns, labels, strict=True)
    ]
    return f'<tr role="row">{"".join(cells)}</tr>'


def _cell_html(words: str, label: str, *, is_head: bool) -> str:
    if is_head:
        return f'<th scope="col" role="columnheader">{raised_html(words)}</th>'
    named = f' data-label="{escape(label)}"' if label and words else ""
    return f'<td role="cell"{named}>{raised_html(words)}</td>'
