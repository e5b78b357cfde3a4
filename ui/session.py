"""What is kept of one person's conversation, in memory only, until the browser tab is closed."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from answer.reply import Abstention, Reply
from answer.routes import Route
from ingest.document import Document

_CONVERSATION = "conversation"
_WAITING = "waiting_question"
_TOO_LONG = "too_long_question"


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """One question and what came of it."""

    number: int  # 1-based, in the conversation
    question: str  # of one that was too long, the beginning
    reply: Reply | None  # None: not searched, because too many others were asking
    documents: Mapping[str, Document]  # as they were listed when the question was asked


def turns() -> tuple[Turn, ...]:
    """The conversation so far, oldest first."""
    kept: tuple[Turn, ...] = st.session_state.get(_CONVERSATION, ())
    return kept


def asked_before(number: int) -> tuple[str, ...]:
    """What was asked of the publications before a turn, oldest first.

    What got another reply, because it asked for personal data or spoke of something else, is
    nothing that a later question can lean on.
    """
    return tuple(
        turn.question
        for turn in turns()
        if turn.number < number
        and turn.reply is not None
        and not (isinstance(turn.reply, Abstention) and isinstance(turn.reply.reason, Route))
    )


def keep(turn: Turn, *, max_turns: int) -> None:
    """Add a turn; the oldest goes when there are too many."""
    st.session_state[_CONVERSATION] = (*turns(), turn)[-max_turns:]


def start_again() -> None:
    """Forget the conversation."""
    st.session_state[_CONVERSATION] = ()


def ask_next(question: str) -> None:
    """Have a question asked that was not typed, at the next run of the page."""
    st.session_state[_WAITING] = question


def take_waiting() -> str | None:
    """The question that a button asked for, once."""
    waiting: str | None = st.session_state.pop(_WAITING, None)
    return waiting


def put_back(question: str) -> None:
    """Have a question that was too long stand in the box again, at the next run of the page."""
    st.session_state[_TOO_LONG] = question


def take_too_long() -> str | None:
    """The question that goes back into the box, once."""
    question: str | None = st.session_state.pop(_TOO_LONG, None)
    return question
