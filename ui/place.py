"""The place in the conversation that a reader left for a cited page, and which sources were open.

Streamlit forgets the state of what is not on the page that is shown, so it is kept beside it.
"""

from collections.abc import Sequence

import streamlit as st

from answer.reply import Answer
from ui.reference import PageReference
from ui.session import Turn

_OPEN = "open_sources"
_LEFT_FOR = "left_for_page"


def source_key(turn_number: int, number: int) -> str:
    """The key of the source of one quotation of one turn, both from 1."""
    return f"source-{turn_number}-{number}"


def reopen(key: str) -> None:
    """Have a source open that was open when the conversation was left; before it is drawn."""
    if key in st.session_state.get(_OPEN, ()) and key not in st.session_state:
        st.session_state[key] = True


def note_open(key: str, *, is_open: bool) -> None:
    """Keep whether a source is open."""
    others = st.session_state.get(_OPEN, frozenset()) - {key}
    st.session_state[_OPEN] = others | {key} if is_open else others


def forget() -> None:
    """Forget all places; those of a new conversation have the same keys."""
    st.session_state[_OPEN] = frozenset()
    st.session_state.pop(_LEFT_FOR, None)


def leave_for(reference: PageReference) -> None:
    """Note which cited words a reader looks at; pages turned to from there name none."""
    if reference.start_char < reference.end_char:
        st.session_state[_LEFT_FOR] = reference


def take_left_for() -> PageReference | None:
    """The cited words that a reader comes back from, once."""
    reference: PageReference | None = st.session_state.pop(_LEFT_FOR, None)
    return reference


def place_of(reference: PageReference, turns: Sequence[Turn]) -> tuple[int, int] | None:
    """The numbers of the last turn and of its quotation with these cited words; None without."""
    for turn in reversed(turns):
        reply = turn.reply
        if reply is None:
            continue
        statements = reply.statements if isinstance(reply, Answer) else reply.related
        for number, statement in enumerate(statements, start=1):
            cited = (PageReference.of(c, reply.release) for c in statement.sources)
            if reference in cited:
                return turn.number, number
    return None
