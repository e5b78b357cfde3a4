"""Who uses the page now: asked anew at every click, and again in every action of the staff."""

import logging
import time
from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAuthError

from access.errors import AccessError, NotAllowed
from access.password import Door, is_set
from access.roles import Person, Role, login_holds, role_of_claims
from access.settings import AccessSettings

_STAFF_UNTIL = "staff_until"  # monotonic seconds; kept on the server, out of a browser's reach
_PERSON = "person"  # as of the beginning of this click, with the time until which it holds
_NAME_CLAIMS = ("email", "preferred_username", "name", "sub")
_SECONDS = 60
_LOG = logging.getLogger(__name__)


def enter(settings: AccessSettings) -> Person:
    """Find out who uses the page; to be called once at the beginning of every click."""
    person = _person(settings)
    now = time.monotonic()
    until = now + settings.staff_minutes * _SECONDS
    if person.role is Role.STAFF and settings.staff == "password":
        st.session_state[_STAFF_UNTIL] = until
    st.session_state[_PERSON] = (person, until)
    return person


def require_staff() -> Person:
    """Who is about to do something that only staff may.

    Raises:
        NotAllowed: it is no member of the staff, or one who has been away too long.
    """
    entered: tuple[Person, float] = st.session_state.get(_PERSON, (Person(role=Role.NOBODY), 0.0))
    person, until = entered
    if person.role is not Role.STAFF or time.monotonic() > until:
        message = "This is for staff. Log in on the page “Staff” and try again."
        raise NotAllowed(message)
    return person


def show_login(settings: AccessSettings) -> None:
    """The page on which staff, or everybody where that is set, log in."""
    st.title("Log in", anchor=False)
    if settings.officials == "login" or settings.staff == "login":
        st.html("<p>You log in at your organisation; the password is never typed here.</p>")
        if st.button("Log in at your organisation", type="primary"):
            _log_in_at_provider()
    if settings.staff == "password":
        _show_password(settings)


def show_leave() -> None:
    """The button with which somebody who is logged in leaves."""
    if not st.button("Log out"):
        return
    st.session_state.pop(_STAFF_UNTIL, None)
    st.session_state.pop(_PERSON, None)
    if _logged_in():
        st.logout()
        st.stop()  # drawn anew, the page would stay, and the cookie of the login with it
    st.rerun()


def _person(settings: AccessSettings) -> Person:
    claims = dict(st.user) if _logged_in() else {}
    if not login_holds(claims, now=time.time(), hours=settings.login_hours):
        claims = {}
    name = next((str(claims[key]) for key in _NAME_CLAIMS if claims.get(key)), "")
    if _is_staff(settings, claims):
        return Person(role=Role.STAFF, name=name)
    let_in = settings.officials == "open" or bool(claims)
    return Person(role=Role.OFFICIAL if let_in else Role.NOBODY, name=name)


def _is_staff(settings: AccessSettings, claims: Mapping[str, object]) -> bool:
    if settings.staff == "login":
        return bool(claims) and role_of_claims(claims, settings) is Role.STAFF
    if settings.staff == "password":
        return bool(time.monotonic() < st.session_state.get(_STAFF_UNTIL, 0.0))
    return settings.staff == "open"


def _logged_in() -> bool:
    return bool(st.user.get("is_logged_in"))


def _log_in_at_provider() -> None:
    try:
        st.login()
    except StreamlitAuthError:
        _LOG.exception("login at the provider is not set up")
        st.error(
            "Logging in is not set up on this server yet. Whoever runs it finds in docs/access.md "
            "what its file of secrets must hold; trying again does not help before."
        )


def _show_password(settings: AccessSettings) -> None:
    file = Path(settings.password_file)
    st.html("<h2>Staff</h2>")
    if not is_set(file):
        st.info(
            "Staff have no password yet. Whoever runs this computer sets one with "
            "`python -m access set-password`."
        )
        return
    with st.form("staff_login"):
        password = st.text_input("Staff password", type="password", autocomplete="current-password")
        tried = st.form_submit_button("Log in", type="primary")
    if not tried:
        return
    try:
        right = door_of(str(file)).opens_with(password)
    except AccessError as error:
        st.error(str(error))
        return
    if not right:
        st.error("This is not the staff password.")
        return
    st.session_state[_STAFF_UNTIL] = time.monotonic() + settings.staff_minutes * _SECONDS
    st.rerun()


@st.cache_resource(show_spinner=False)
def door_of(file: str) -> Door:
    """The one door of all sessions: wrong passwords count wherever they are typed."""
    return Door(Path(file))
