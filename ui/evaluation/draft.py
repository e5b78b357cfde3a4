"""The question set that is being edited, kept while a person goes from the table to the form."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from eval.question_files import question_set_bytes
from eval.questions import JudgedQuestion

_KEY = "set_drafts"


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A set with what was changed so far."""

    origin: str  # of the set as it was read: another set begins another draft
    questions: tuple[JudgedQuestion, ...]
    version: int = 0  # a new one draws the table and the form anew
    changed: bool = False
    in_table: tuple[JudgedQuestion, ...] | None = None  # typed there and not yet taken over

    @property
    def current(self) -> tuple[JudgedQuestion, ...]:
        """The questions with everything that was typed."""
        return self.questions if self.in_table is None else self.in_table


def open_draft(name: str, questions: Sequence[JudgedQuestion]) -> Draft:
    """The draft of a set, with what was changed in it before; a new one where it is new.

    Args:
        name: where the set comes from.
        questions: as they were read.
    """
    origin = hashlib.sha256(name.encode() + question_set_bytes(questions, ".jsonl")).hexdigest()
    found = _drafts().get(origin)
    return found or _keep(Draft(origin=origin, questions=tuple(questions)))


def take(draft: Draft, questions: Sequence[JudgedQuestion]) -> Draft:
    """Take changed questions over."""
    return _keep(
        Draft(
            origin=draft.origin,
            questions=tuple(questions),
            version=draft.version + 1,
            changed=True,
        )
    )


def note_table(draft: Draft, questions: Sequence[JudgedQuestion]) -> Draft:
    """Remember what the table holds; the table itself keeps its own record of the changes."""
    typed = tuple(questions)
    return _keep(replace(draft, in_table=typed if typed != draft.questions else None))


def leave_table(draft: Draft) -> Draft:
    """Take over what was typed in the table, when it is no longer shown."""
    return draft if draft.in_table is None else take(draft, draft.in_table)


def close_draft(draft: Draft) -> None:
    """Forget what was changed; it is saved, or not wanted."""
    _drafts().pop(draft.origin, None)


def _drafts() -> dict[str, Draft]:
    """By origin, so that looking at another set loses nothing."""
    drafts: dict[str, Draft] = st.session_state.setdefault(_KEY, {})
    return drafts


def _keep(draft: Draft) -> Draft:
    _drafts()[draft.origin] = draft
    return draft
