"""One question in a plain form: for the keyboard, and for long texts."""

from collections.abc import Sequence

import streamlit as st

from eval.questions import KINDS, JudgedQuestion, parse_records, question_record
from eval.rows import COLUMNS, records_of_rows, rows_of_questions
from ui.evaluation.faults import show_faults

_NEW = "A new question"


def show(questions: Sequence[JudgedQuestion], name: str) -> list[JudgedQuestion]:
    """The set with what was changed in the form so far."""
    key = f"set_changes_{name}"
    changes: dict[str, JudgedQuestion] = st.session_state.setdefault(key, {})
    merged = {q.question_id: q for q in questions} | changes
    chosen = st.selectbox("Question", [_NEW, *merged], key=f"set_one_{name}")
    question = merged.get(chosen or _NEW)
    changed = question_form(question, f"{name}_{chosen}")
    if changed is not None:
        changes[changed.question_id] = changed
        st.success("Kept. Save the set to store it.")
    return list((merged | changes).values())


def question_form(question: JudgedQuestion | None, key: str) -> JudgedQuestion | None:
    """A form for one question; gives it when the button is pressed and it has no fault."""
    record = question_record(question) if question else {}
    own = rows_of_questions([question])[0] if question else [""] * len(COLUMNS)
    cells = dict(zip(COLUMNS, own, strict=True))
    with st.form(f"one_{key}"):
        cells["id"] = st.text_input("Id", value=record.get("id", ""))
        cells["question"] = st.text_area("Question", value=record.get("question", ""))
        cells["earlier questions"] = st.text_area(
            "Earlier questions of the conversation, one a line",
            value="\n".join(record.get("history", [])),
        )
        kinds = list(KINDS)
        at = kinds.index(record["kind"]) if record.get("kind") in kinds else 0
        cells["kind"] = st.selectbox("Kind", kinds, index=at) or ""
        cells["answerable"] = (
            "yes"
            if st.checkbox("The publications answer it", record.get("answerable", True))
            else "no"
        )
        cells["needs"] = (
            "all"
            if st.checkbox("Every place below is needed", record.get("needs") == "all")
            else "any"
        )
        gold = st.text_area(
            "Where it stands: file | pages | quote, one place a line",
            value="\n".join(
                f"{g['doc']} | {'; '.join(map(str, g['pages']))} | {' '.join(g['quote'].split())}"
                for g in record.get("gold", [])
            ),
        )
        cells["answer"] = st.text_area("Reference answer", value=record.get("answer") or "")
        cells["note"] = st.text_area("Note", value=record.get("note", ""))
        if not st.form_submit_button("Keep this question"):
            return None
    return _question(cells, gold)


def _question(cells: dict[str, str], gold: str) -> JudgedQuestion | None:
    places = [line.split("|", maxsplit=2) for line in gold.splitlines() if line.strip()]
    rows = []
    for number, place in enumerate(places or [[]]):
        file, pages, quote = (*(part.strip() for part in place), "", "", "")[:3]
        row = cells if number == 0 else dict.fromkeys(COLUMNS, "")
        rows.append([{**row, "file": file, "pages": pages, "quote": quote}[c] for c in COLUMNS])
    records, _ = records_of_rows([list(COLUMNS), *rows])
    parsed = parse_records(records)
    show_faults("Mend these", parsed.faults)
    return parsed.questions[0] if parsed.questions and not parsed.faults else None
