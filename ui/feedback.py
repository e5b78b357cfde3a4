"""Whether a reply helped: two buttons below it, a reason, and a word of thanks."""

import logging
from html import escape

import streamlit as st

from answer.formats import reply_record
from answer.reply import Abstention, Answer
from ui import live, session
from ui.session import Turn
from ui.site import Site
from usage.errors import UsageError
from usage.store import MAX_COMMENT, NewRating
from usage.topics import refusal_of

# By whether it was answered and whether that helped.
REASONS = {
    (True, True): ("It answers my question", "It led me to the right page"),
    (True, False): (
        "It does not answer my question",
        "Only a part of the answer",
        "The page does not say this",
        "Out of date",
        "Another reason",
    ),
    (False, True): ("Right, the publications do not answer this", "The related passages helped"),
    (False, False): ("The publications do answer this", "I was misunderstood", "Another reason"),
}
_NOTE = (
    "Sending keeps your question, this reply and your rating on the computer that runs this "
    "assistant, so that the publisher can improve it. It does not keep who you are. Please type no "
    "personal data."
)
_LOG = logging.getLogger(__name__)


@st.fragment
def show(site: Site, turn: Turn) -> None:
    """The two buttons, and what follows once one is pressed."""
    if not site.usage_settings.ratings or turn.reply is None:
        return
    sent: dict[int, int] = st.session_state.setdefault("ratings_sent", {})
    with st.container(key=f"ssa_rating_{turn.number}"):
        st.html('<p class="ssa-small">Was this reply helpful?</p>')
        thumb = st.feedback("thumbs", key=f"thumb-{turn.number}")
        if thumb is None:
            return
        if turn.number in sent and st.session_state.get(f"sent-{turn.number}") == thumb:
            st.html('<p class="ssa-small">Thank you. Your rating is kept.</p>')
            return
        _form(site, turn, helpful=bool(thumb))


def _form(site: Site, turn: Turn, *, helpful: bool) -> None:
    answered = isinstance(turn.reply, Answer)
    with st.form(f"rating-{turn.number}", border=True):
        reason = st.radio("Which fits best?", REASONS[answered, helpful])
        comment = st.text_area("Anything to add? (may be left empty)", max_chars=MAX_COMMENT)
        st.html(f'<p class="ssa-small">{escape(_NOTE)}</p>')
        if st.form_submit_button("Send rating"):
            _send(
                site,
                turn,
                NewRating(
                    helpful=helpful,
                    reason=reason or "",
                    comment=comment.strip(),
                    question=turn.question,
                    history=_history(turn),
                    reply=reply_record(turn.reply, turn.documents) if turn.reply else {},
                    release=turn.reply.release if turn.reply else 0,
                ),
            )


def _send(site: Site, turn: Turn, rating: NewRating) -> None:
    sent: dict[int, int] = st.session_state["ratings_sent"]
    try:
        sent[turn.number] = site.usage.add_rating(rating, replaces=sent.get(turn.number))
    except UsageError as error:
        _LOG.warning("a rating could not be kept: %s", error)
        st.html('<p class="ssa-warning">Your rating could not be kept. Try again later.</p>')
        return
    st.session_state[f"sent-{turn.number}"] = int(rating.helpful)
    live.announce("Thank you. Your rating is kept.")
    st.rerun()


def _history(turn: Turn) -> tuple[str, ...]:
    return tuple(
        earlier.question
        for earlier in session.turns()
        if earlier.number < turn.number and earlier.reply is not None
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
        site.usage.add_refusal(refusal)
    except UsageError as error:
        _LOG.warning("a refused question could not be counted: %s", error)
