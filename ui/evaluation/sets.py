"""Question sets: choose, upload, edit, save, download."""

from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from eval.check import check_against
from eval.errors import EvalError
from eval.question_files import (
    MAX_BYTES,
    SUFFIXES,
    parse_question_set,
    question_set_bytes,
    write_question_set,
)
from eval.questions import JudgedQuestion, ParsedSet
from eval.rows import COLUMNS, csv_bytes, rows_of_questions
from eval.template import template_bytes
from ui.evaluation import edit_one, files
from ui.evaluation.faults import show_faults
from ui.site import Site

_MIME = {
    ".jsonl": "application/jsonl",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def show(site: Site, folder: Path) -> None:
    """The section."""
    source = st.radio(
        "Where from", ["A set that is here", "Upload a file"], horizontal=True, key="set_source"
    )
    parsed, name = _uploaded() if source == "Upload a file" else _chosen(folder)
    st.download_button(
        "Download the template (XLSX)",
        data=template_bytes,
        file_name="question-set.xlsx",
        mime=_MIME[".xlsx"],
        on_click="ignore",
    )
    if parsed is None:
        return
    show_faults("Mend these before the set can be run", parsed.faults)
    if not parsed.questions:
        return
    questions = list(parsed.questions)
    faults = check_against(questions, site.assistant.release)
    show_faults("These do not fit the publications that are loaded", faults)
    without = sum(not question.answerable for question in questions)
    st.html(f"<p>{len(questions)} questions, {without} of them without an answer.</p>")
    if not parsed.faults:
        _downloads(questions, name)
    edited = _edited(questions, name)
    if edited is not None and not parsed.faults:
        _save(edited, folder, name)


def _uploaded() -> tuple[ParsedSet | None, str]:
    upload = st.file_uploader(
        "A question set: JSON Lines, CSV or XLSX",
        type=[suffix.removeprefix(".") for suffix in SUFFIXES],
        max_upload_size=MAX_BYTES // 2**20,
        key="set_upload",
    )
    if upload is None:
        return None, ""
    return parse_question_set(upload.name, upload.getvalue()), Path(upload.name).stem


def _chosen(folder: Path) -> tuple[ParsedSet | None, str]:
    found = files.question_sets(folder)
    chosen = st.selectbox("Question set", list(found), key="set_chosen")
    try:
        data = found[chosen].read_bytes()
    except OSError:
        st.html('<p class="ssa-warning">This set cannot be read.</p>')
        return None, ""
    return parse_question_set(found[chosen].name, data), found[chosen].stem


def _downloads(questions: Sequence[JudgedQuestion], name: str) -> None:
    with st.container(horizontal=True):
        for suffix in SUFFIXES:
            st.download_button(
                f"Download as {suffix.removeprefix('.').upper()}",
                data=partial(question_set_bytes, questions, suffix),
                file_name=f"{name}{suffix}",
                mime=_MIME[suffix],
                on_click="ignore",
                key=f"set_download_{suffix}",
            )


def _edited(questions: list[JudgedQuestion], name: str) -> list[JudgedQuestion] | None:
    """The set after editing; None while it has faults."""
    how = st.radio(
        "Edit", ["Not now", "In a table", "One question in a form"], horizontal=True, key="set_edit"
    )
    if how == "One question in a form":
        return edit_one.show(questions, name)
    if how == "Not now":
        return questions
    table = [dict(zip(COLUMNS, row, strict=True)) for row in rows_of_questions(questions)]
    changed = st.data_editor(table, num_rows="dynamic", key=f"set_table_{name}", width="stretch")
    rows = [[str(row.get(column) or "") for column in COLUMNS] for row in changed]
    parsed = parse_question_set("table.csv", csv_bytes(rows))
    show_faults("Mend these before the set can be saved", parsed.faults)
    return None if parsed.faults else list(parsed.questions)


def _save(questions: Sequence[JudgedQuestion], folder: Path, name: str) -> None:
    with st.form("set_save"):
        chosen = st.text_input("Save under the name", value=name, max_chars=60)
        replace = st.checkbox("Replace a set of this name")
        if not st.form_submit_button("Save the set"):
            return
    file = files.set_file(folder, chosen.strip())
    if file is None:
        st.error("A name has letters, digits, spaces, dots, hyphens and underscores only.")
        return
    if file.exists() and not replace:
        st.error("There is a set of this name. Tick “Replace”, or choose another name.")
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_question_set(questions, file)
    except (EvalError, OSError) as error:
        st.html(f'<p class="ssa-warning">{escape(str(error))}</p>')
        return
    st.success(f"Saved: {len(questions)} questions. Run it in the section “Run”.")
