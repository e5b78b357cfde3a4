"""What was done, told once at the top of the section after the page was drawn anew."""

from collections.abc import Sequence
from html import escape

import streamlit as st

_TOLD = "manage_told"


def tell(done: Sequence[str], *, refused: Sequence[str] = ()) -> None:
    """Have something told when the page is drawn next.

    Args:
        done: a sentence for each thing that was done.
        refused: one for each that was not, and why.
    """
    st.session_state[_TOLD] = (tuple(done), tuple(refused))


def show() -> None:
    """Show what is to be told, once."""
    done, refused = st.session_state.pop(_TOLD, ((), ()))
    if done:
        sentences = "".join(f"<p>{escape(sentence)}</p>" for sentence in done)
        st.html(f'<div class="ssa-notice">{sentences}</div>')
    for sentence in refused:
        st.html(f'<p class="ssa-warning">{escape(sentence)}</p>')
