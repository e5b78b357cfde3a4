"""A choice that is still made when one comes back to its section."""

from collections.abc import Sequence

import streamlit as st


def choose(label: str, options: Sequence[str], *, key: str) -> str:
    """A selectbox whose choice outlives a look at another section, where it is not drawn.

    Args:
        label: of the box.
        options: at least one; the first is chosen at first.
        key: of the widget.
    """
    kept = f"{key}_kept"
    if key not in st.session_state and st.session_state.get(kept) in options:
        st.session_state[key] = st.session_state[kept]
    chosen = st.selectbox(label, options, key=key)
    st.session_state[kept] = chosen
    return chosen
