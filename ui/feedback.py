"""Whether a reply helped: two buttons below it, a reason, and a word of thanks."""

import functools
import logging
from dataclasses import dataclass
from html import escape

import streamlit as st

from answer.formats import reply_record
from answer.held import HeldWords
from answer.reply import Abstention, Answer, Reply
from answer.understanding import Understanding
from ui import live, session
from ui.session import Turn
from ui.site import Site
from usage.errors import UsageError
from usage.history import needed_history
from usage.store import MAX_COMMENT, NewRating
from usage.topics import refusal_of

# By whether it was answered and whether that helped.
REASONS = {
    (True, True): (
        "It answers my question",
        "It led me to the right page",
        "Another reason",
    ),
    (True, False): (
        "It does not answer my question",
        "Only a part of the answer",
        "The page does not say this",
        "Out of date",
        "Another reason",
    ),
    (False, True): (
        "Right, the publications do not answer this",
        "The related passages helped",
        "Another reason",
    ),
    (False, False): ("The publications do answer this", "I was misunderstood", "Another reason"),
}
MAX_RANKING = 10  # pages of the ranking that are kept with a rating
_ASKED = (
    "Was this reply helpful? If you send a rating, your question and this reply are kept; "
    "not who you are."
)
_NOTE = (
    "Do not type personal data. Kept on the computer that runs this assistant: your question, with "
    "what you asked before where it is needed to understand it, this reply and your rating; not "
    "who you are."
)
_THANKS = "Thank you. Your rating is kept."
_CHANGE = "Your rating of this reply is kept. To change it, click a thumb again."
_COUNT_WAIT_S = 1.0  # a refused question that cannot be counted in this time is not
_SENT = "ratings_sent"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sent:
    """A rating that was sent in this browser tab."""

    turn: Turn
    rating_id: int
    helpful: bool


@st.fragment
def show(site: Site, turn: Turn) -> None:
    """The two buttons, and what follows once one is pressed."""
    if not site.usage_settings.ratings or turn.reply is None:
        return
    sent = _sent(turn)
    with st.container(key=f"ssa_rating_{turn.number}"):
        st.html(f'<p class="ssa-small">{escape(_ASKED)}</p>')
        thumb = st.feedback("thumbs", key=f"thumb-{turn.number}")
        if sent and (thumb is None or bool(thumb) is sent.helpful):
            told = _CHANGE if thumb is None else _THANKS
            st.html(f'<p class="ssa-small">{escape(told)}</p>')
        elif thumb is not None:
            _form(site, turn, turn.reply, helpful=bool(thumb))


def _form(site: Site, turn: Turn, reply: Reply, *, helpful: bool) -> None:
    with st.form(f"rating-{turn.number}", border=True):
        reason = st.radio("Which fits best?", REASONS[isinstance(reply, Answer), helpful])
        comment = st.text_area("Anything to add? (optional)", max_chars=MAX_COMMENT)
        st.html(f'<p class="ssa-small">{escape(_NOTE)}</p>')
        if not st.form_submit_button("Send rating"):
            return
    record = reply_record(reply, turn.documents)
    rating = NewRating(
        helpful=helpful,
        reason=reason or "",
        comment=comment.strip(),
        question=turn.question,
        history=_history(site, turn, reply),
        reply={**record, "ranking": record["ranking"][:MAX_RANKING]},
        release=reply.release,
    )
    _send(site, turn, rating)


def _send(site: Site, turn: Turn, rating: NewRating) -> None:
    sent = _sent(turn)
    try:
        rating_id = site.usage.add_rating(rating, replaces=sent.rating_id if sent else None)
    except UsageError as error:
        _warn_once(f"a rating could not be kept: {error}")
        st.html('<p class="ssa-warning">Your rating could not be kept. Try again later.</p>')
        return
    others = [
        other
        for other in _all_sent()
        if other.turn is not turn and any(other.turn is shown for shown in session.turns())
    ]
    st.session_state[_SENT] = [
        *others,
        _Sent(turn=turn, rating_id=rating_id, helpful=rating.helpful),
    ]
    live.announce(_THANKS)
    st.rerun()  # of the whole page, whose live region says it


def _all_sent() -> list[_Sent]:
    found: list[_Sent] = st.session_state.get(_SENT, [])
    return found


def _sent(turn: Turn) -> _Sent | None:
    """By the turn itself: a new conversation numbers its turns from 1 again."""
    return next((sent for sent in _all_sent() if sent.turn is turn), None)


def _history(site: Site, turn: Turn, reply: Reply) -> tuple[str, ...]:
    assistant = site.assistant
    understanding = Understanding(
        held=HeldWords(release=assistant.release),
        vector_of=assistant.vector_of,
        max_chars=assistant.settings.max_question_chars,
    )
    return needed_history(
        turn.question,
        session.asked_before(turn.number),
        understood=reply.understood,
        query_of=understanding.query,
    )


def count_refusal(site: Site, reply: Abstention) -> None:
    """Keep what a refused question was about; a fault of the record never stops a reply."""
    if not site.usage_settings.refusals:
        return
    refusal = refusal_of(
        reply,
        site.assistant.release,
        min_related=site.assistant.settings.min_related,
        keep_question=site.usage_settings.keep_questions,
    )
    if refusal is None:
        return
    try:
        site.usage.add_refusal(refusal, wait_s=_COUNT_WAIT_S)
    except UsageError as error:
        _warn_once(f"refused questions are not counted: {error}")


@functools.lru_cache(maxsize=64)
def _warn_once(message: str) -> None:
    """Each fault stands in the log once and not with every question."""
    _LOG.warning(message)
