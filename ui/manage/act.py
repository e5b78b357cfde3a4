"""An action of the staff: allowed, done, written into the record; or told why not."""

from collections.abc import Callable
from html import escape

import streamlit as st

from index.errors import SearchIndexError
from ingest.errors import IngestError
from staff.errors import StaffError
from ui import door, live
from ui.site import Site
from usage.errors import UsageError


def act(site: Site, action: str, detail: str, step: Callable[[], object]) -> bool:
    """Do something that only staff may.

    Args:
        site: with the record.
        action: what is done, for the record.
        detail: to what, and why.
        step: does it.

    Returns:
        Whether it was done; else the page says why not.

    Raises:
        NotAllowed: it is no member of the staff.
    """
    person = door.require_staff()
    try:
        step()
        site.record.add_action(person.name, action, detail)
    except (StaffError, SearchIndexError, IngestError, UsageError, ValueError) as error:
        warn(str(error))
        return False
    live.announce(f"Done: {action} {detail}")
    return True


def warn(message: str) -> None:
    """Show what is wrong, and have it read out."""
    st.html(f'<p class="ssa-warning">{escape(message)}</p>')
    live.announce(message)
