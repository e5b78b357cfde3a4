"""An action of the staff: allowed, written into the record, done; or told why not.

The record comes first, so that nothing is ever done that stands nowhere.
"""

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
        Whether it was done; else the page says why not, and the record, in which no line can be
        changed, says in a second one that it failed.

    Raises:
        NotAllowed: it is no member of the staff.
    """
    person = door.require_staff()
    try:
        site.record.add_action(person.name, action, detail)
    except UsageError as error:
        warn(f"Nothing was done, because it could not be recorded. {error}")
        return False
    done = False
    try:
        step()
        done = True
        live.announce(f"Done: {action} {detail}")
    except (StaffError, SearchIndexError, IngestError, UsageError, ValueError) as error:
        warn(str(error))
    finally:
        if not done:
            _note_failure(site, person.name, action, detail)
    return done


def _note_failure(site: Site, who: str, action: str, detail: str) -> None:
    """Have the record say that what it says has failed."""
    try:
        site.record.add_action(who, f"failed: {action}", detail)
    except UsageError as error:
        warn(f"The record now says “{action} {detail}” and not that it failed. {error}")


def warn(message: str) -> None:
    """Show what is wrong, and have it read out."""
    st.html(f'<p class="ssa-warning">{escape(message)}</p>')
    live.announce(message)
