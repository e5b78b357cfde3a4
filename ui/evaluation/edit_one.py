"""One question in a plain form: for the keyboard, and for long texts."""

import streamlit as st

from eval.questions import KINDS, JudgedQuestion, parse_records, question_record
from eval.rows import COLUMNS, records_of_rows
from ui.evaluation.draft import Draft, take
from ui.evaluation.faults import show_faults

_NEW = "A new question"
_TOLD = "set_form_told"


def show(draft: Draft) -> Draft:
    """The draft with what was changed in the form."""
    told = st.session_state.pop(_TOLD, None)
    if told:
        st.success(told)
    places = {f"{q.question_id}: {q.question}": n for n, q in enumerate(draft.questions)}
    key = f"{draft.origin[:8]}_{draft.version}"
    chosen = st.selectbox("Question to edit", [_NEW, *places], key=f"set_one_{key}")
    at = places.get(chosen or _NEW)
    question = None if at is None else draft.questions[at]
    changed = question_form(question, f"{key}_{at}")
    if changed is not None:
        _keep(draft, at, changed)
    if at is not None and st.button("Delete this question", key=f"set_delete_{key}_{at}"):
        st.session_state[_TOLD] = "Deleted. Save the set to store this."
        take(draft, [q for n, q in enumerate(draft.questions) if n != at])
        st.rerun()
    return draft


def _keep(draft: Draft, at: int | None, changed: JudgedQuestion) -> None:
    others = [q.question_id for n, q in enumerate(draft.questions) if n != at]
    if changed.question_id in others:
        st.error("Another question of this set has this id. Give each an id of its own.")
        return
    questions = list(draft.questions)
    if at is None:
        questions.append(changed)
    else:
        questions[at] = changed
    st.session_state[_TOLD] = "Kept. Save the set to store this."
    take(draft, questions)
    st.rerun()


def question_form(
    question: JudgedQuestion | None, key: str, *, submit: str = "Keep this question"
) -> JudgedQuestion | None:
    """A form for one question; gives it when the button is pressed and it has no fault.

    Args:
        question: what the form begins with; None for empty fields.
        key: different for each form.
        submit: what the button says.
    """
    record = question_record(question) if question else {}
    cells: dict[str, str] = {}
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
        answerable = st.checkbox("The publications answer it", record.get("answerable", True))
        cells["answerable"] = "yes" if answerable else "no"
        every = st.checkbox("Every place below is needed", record.get("needs") == "all")
        cells["needs"] = "all" if every else "any"
        gold = st.text_area(
            "Where it stands: file | pages | quote, one place a line",
            value="\n".join(
                f"{g['doc']} | {'; '.join(map(str, g['pages']))} | {' '.join(g['quote'].split())}"
                for g in record.get("gold", [])
            ),
        )
        cells["answer"] = st.text_area("Reference answer", value=record.get("answer") or "")
        cells["note"] = st.text_area("Note", value=record.get("note", ""))
        if not st.form_submit_button(submit):
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
    parsed = parse_records([("this question", record) for _, record in records])
    show_faults("Mend these", parsed.faults)
    return parsed.questions[0] if parsed.questions and not parsed.faults else None
