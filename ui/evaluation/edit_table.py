"""A question set in a table: a row for each place where an answer stands."""

import re
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from eval.question_files import parse_question_set
from eval.questions import KINDS, Fault
from eval.rows import COLUMNS, csv_bytes, rows_of_questions
from ui.evaluation.draft import Draft, leave_table, note_table
from ui.evaluation.faults import show_faults

_NOTE = """
<p>The last, empty row takes a new question. A second place where the answer stands is a row of its
own, with id and question left empty. To delete rows, tick them at their left and press Delete. If
the table does not suit your keyboard or screen reader, take “One question in a form”.</p>
"""
_ROW = re.compile(r"row (\d+)")


def show(draft: Draft) -> Draft | None:
    """The draft with what the table holds; None while that has faults."""
    st.html(_NOTE)
    if _key(draft) not in st.session_state:  # drawn anew: its own record of the changes is gone
        draft = leave_table(draft)
    table = [dict(zip(COLUMNS, row, strict=True)) for row in rows_of_questions(draft.questions)]
    table = table or [dict.fromkeys(COLUMNS, "")]  # without a row it would have no columns
    edited = st.data_editor(
        table,
        num_rows="dynamic",
        width="stretch",
        column_config=_columns(),
        key=_key(draft),
        alt="Table of the questions of this set; it can be edited",
    )
    rows = [[str(row.get(column) or "") for column in COLUMNS] for row in edited]
    if rows == [list(row.values()) for row in table]:
        return note_table(draft, draft.questions)
    parsed = parse_question_set("table.csv", csv_bytes(rows))
    faults = [_in_table(fault, rows) for fault in parsed.faults]
    show_faults("Mend these before the set can be saved", faults)
    return None if faults else note_table(draft, parsed.questions)


def _key(draft: Draft) -> str:
    return f"set_table_{draft.origin[:8]}_{draft.version}"


def _columns() -> dict[str, ColumnConfig]:
    choice, text = st.column_config.SelectboxColumn, st.column_config.TextColumn
    return {
        "kind": choice(options=list(KINDS), width="small"),
        "answerable": choice(options=["yes", "no"], width="small"),
        "needs": choice(options=["any", "all"], width="small"),
        "question": text(width="large"),
        "quote": text(width="large"),
    }


def _in_table(fault: Fault, rows: Sequence[Sequence[str]]) -> Fault:
    """A fault with the row of the table, which has no row for the head, and the question's id."""
    found = _ROW.fullmatch(fault.where)
    number = int(found[1]) - 1 if found else 0
    if not 1 <= number <= len(rows):
        return fault
    question_id = rows[number - 1][0]
    return replace(fault, where=f"row {number}" + (f" ({question_id})" if question_id else ""))
