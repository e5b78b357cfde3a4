"""What is wrong with a question set, as a table."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from eval.questions import Fault
from ui.publications import table_html


def show_faults(heading: str, faults: Sequence[Fault]) -> None:
    """A table of faults, each with its remedy; nothing where there is none."""
    if not faults:
        return
    rows = [(_shown(f.where), (_shown(f.what), _shown(f.remedy))) for f in faults]
    st.html(
        f"<h2>{heading} ({len(faults)})</h2>"
        + table_html("Every fault", ("Where", "What is wrong", "What to do"), rows)
    )


def _shown(text: str) -> str:
    return escape(text.encode("utf-8", "replace").decode())  # half a character cannot be shown
