"""Question sets: choose, upload, edit, save, download."""

import hashlib
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
from eval.questions import Fault, JudgedQuestion, ParsedSet
from eval.template import template_bytes
from index.releases import Release
from ui.evaluation import edit_one, edit_table, files
from ui.evaluation.choice import choose
from ui.evaluation.draft import Draft, close_draft, leave_table, open_draft
from ui.evaluation.faults import show_faults
from ui.site import Site

_HERE, _UPLOAD, _NEW = "An existing set", "Upload a file", "A new, empty set"
_NEW_NAME = "new-set.jsonl"
_NOT_NOW, _TABLE, _FORM = "Not now", "In a table", "One question in a form"
_SAVED = "set_saved"  # the file that was saved in the run before this one


def show(site: Site, folder: Path) -> None:
    """The section."""
    _after_saving()
    source = st.radio("Where from", [_HERE, _UPLOAD, _NEW], horizontal=True, key="set_source")
    parsed, name = _opened(source, folder)
    st.download_button(
        "Download the template (XLSX)",
        data=template_bytes,
        file_name="question-set.xlsx",
        mime=files.MIME[".xlsx"],
        on_click="ignore",
    )
    if parsed is None:
        return
    show_faults("Mend these before the set can be run", parsed.faults)
    if parsed.faults:
        st.html("<p>Correct them in the file and upload it again. It will not run until then.</p>")
        fitting = faults_against(site.assistant.release, parsed.questions)
        show_faults("These do not fit the publications that are loaded", fitting)
        return
    _show_set(site, folder, open_draft(name, parsed.questions), Path(name).stem)


def _opened(source: str, folder: Path) -> tuple[ParsedSet | None, str]:
    """The set that is looked at, None when none is chosen yet; and its file's name."""
    if source == _NEW:
        return ParsedSet(questions=(), faults=()), _NEW_NAME
    return _uploaded() if source == _UPLOAD else _chosen(folder)


def _after_saving() -> None:
    """Choose the set that was just saved, here and in the section “Run”."""
    saved = st.session_state.pop(_SAVED, None)
    if saved is None:
        return
    name, count = saved
    st.session_state["set_source"] = _HERE
    st.session_state["set_chosen"] = st.session_state["run_set"] = name
    st.success(f"Saved: {count} questions. Run it in the section “Run”.")


def _uploaded() -> tuple[ParsedSet | None, str]:
    upload = st.file_uploader(
        "A question set: JSON Lines, CSV or XLSX",
        type=[suffix.removeprefix(".") for suffix in SUFFIXES],
        max_upload_size=MAX_BYTES // 2**20,
        key="set_upload",
    )
    if upload is None:
        return None, ""
    return parse_question_set(upload.name, upload.getvalue()), upload.name


def _chosen(folder: Path) -> tuple[ParsedSet | None, str]:
    found = files.question_sets(folder)
    if not found:
        st.html("<p>There is no question set here yet. Upload one.</p>")
        return None, ""
    file = found[choose("Question set", list(found), key="set_chosen")]
    return files.parsed_set(file), file.name


def _show_set(site: Site, folder: Path, draft: Draft, stem: str) -> None:
    how = st.radio("Edit", [_NOT_NOW, _TABLE, _FORM], horizontal=True, key="set_edit")
    edited: Draft | None
    if how == _TABLE:
        edited = edit_table.show(draft)
    else:
        edited = leave_table(draft)
        if how == _FORM:
            edited = edit_one.show(edited)
    if edited is None:
        return
    questions = edited.current
    faults = faults_against(site.assistant.release, questions)
    show_faults("These do not fit the publications that are loaded", faults)
    without = sum(not question.answerable for question in questions)
    st.html(f"<p>{len(questions)} questions, {without} of them without an answer.</p>")
    if edited.changed or edited.in_table is not None:
        st.html('<p class="ssa-warning">Changed, and not saved yet.</p>')
        if st.button("Undo all changes"):
            close_draft(draft)
            st.rerun()
    if not questions:
        st.html("<p>It holds no question yet. Add them in the table or in the form.</p>")
    else:
        _downloads(questions, stem)
        _save(edited, folder, stem)


def faults_against(release: Release, questions: Sequence[JudgedQuestion]) -> list[Fault]:
    """What the loaded publications contradict; worked out once for each set and release."""
    digest = hashlib.sha256(question_set_bytes(questions, ".jsonl")).hexdigest()
    return _faults(digest, f"{release.folder} {release.number}", release, questions)


@st.cache_data(max_entries=8, show_spinner="Checking the set …")
def _faults(
    digest: str, loaded: str, _release: Release, _questions: Sequence[JudgedQuestion]
) -> list[Fault]:
    del digest, loaded  # they tell the cache which set and which release
    return check_against(_questions, _release)


def _downloads(questions: Sequence[JudgedQuestion], stem: str) -> None:
    with st.container(horizontal=True):
        for suffix in SUFFIXES:
            st.download_button(
                f"Download as {suffix.removeprefix('.').upper()}",
                data=partial(question_set_bytes, questions, suffix),
                file_name=f"{stem}{suffix}",
                mime=files.MIME[suffix],
                on_click="ignore",
                key=f"set_download_{suffix}",
            )


def _save(draft: Draft, folder: Path, stem: str) -> None:
    with st.form(f"set_save_{stem}"):
        chosen = st.text_input("Save under the name", value=stem, max_chars=files.MAX_NAME)
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
        write_question_set(draft.current, file)
    except (EvalError, OSError) as error:
        st.html(f'<p class="ssa-warning">{escape(str(error))}</p>')
        return
    close_draft(draft)
    st.session_state[_SAVED] = (file.name, len(draft.current))
    st.rerun()
