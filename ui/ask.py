"""The conversation: questions, and the quotations that answer them."""

import dataclasses
import datetime as dt
import logging
import threading
import time
from collections.abc import Sequence
from html import escape

import streamlit as st

from answer.errors import AnswerError
from answer.formats import doubt_line
from answer.language_model import LanguageModel
from answer.reply import Abstention, Answer, Reason, Reply
from ingest.document import Document
from ui import feedback, live, place, session
from ui.citation_text import conversation_text
from ui.publishers import loaded_documents, publishers_line
from ui.quote import source_label
from ui.session import Turn
from ui.show_reply import page_address, show_turn
from ui.site import NAME, Site
from usage.errors import UsageError

_LOG = logging.getLogger(__name__)
_BOX_CHARS = 50_000  # Streamlit drops a longer text without a word; the reply says "too long"
_BOX = "question"
_RECORD_WAIT_S = 1.0  # a question that cannot be noted in this time is answered all the same

_NOTICE = """
<div class="ssa-notice">
<p><strong>Answers are quotations only</strong>, word for word from the loaded publications, each
with its page.{issued}{lead} The quotations are not legal advice: read the cited page before you act
on it.</p>
<p><strong>Do not type case details or personal data.</strong> {sent}</p>
</div>
"""
_LEAD = " A sentence of theirs that a language model chose may stand above them, and is marked."
_NOTHING_SENT = "Nothing leaves the computer that runs this assistant."
_SENT = "Questions, with the quotations found, are sent to the language model at {host}."


def show(site: Site) -> None:
    """Draw the page, and answer what has been asked."""
    st.title(NAME, anchor=False)
    st.html(_notice(site.assistant.language_model, loaded_documents(site.assistant.release)))
    conversation = st.container()
    # In a container of its own, or Streamlit scrolls to the end whenever anything is opened.
    with st.container(key="ssa_box"):
        typed = _show_box()
    question = typed or session.take_waiting()
    with conversation:
        if question:
            _answer(site, question)
        _show_conversation(site)
    _return_to_place()


def _return_to_place() -> None:
    """Bring the source to the top whose page a reader comes back from."""
    reference = place.take_left_for()
    found = reference and place.place_of(reference, session.turns())
    if found:
        turn_number, number = found
        key = place.source_key(turn_number, number)
        message = f"Back at {source_label(number)} of question {turn_number}."
        live.announce(message, to_top=f".st-key-{key}")


def _show_box() -> str | None:
    """The box to type in, with what was too long to be searched; gives what has been sent."""
    too_long = session.take_too_long()
    if too_long:
        st.session_state[_BOX] = too_long
    typed = st.chat_input("Type your question", max_chars=_BOX_CHARS, key=_BOX)
    return typed if typed and typed.strip() else None


def _notice(language_model: LanguageModel | None, loaded: Sequence[Document]) -> str:
    """What an official should know before asking."""
    issuers = publishers_line(loaded)
    issued = f" These were issued by {escape(issuers)}." if issuers else ""
    if language_model is None:
        return _NOTICE.format(issued=issued, lead="", sent=_NOTHING_SENT)
    sent = _SENT.format(host=escape(language_model.settings.host))
    return _NOTICE.format(issued=issued, lead=_LEAD, sent=sent)


def _show_conversation(site: Site) -> None:
    turns = session.turns()
    if not turns:
        _show_examples(site)
        return
    if turns[0].number > 1:
        st.html('<p class="ssa-small">Earlier questions are no longer shown.</p>')
    for turn in turns:
        show_turn(site, turn)
    if turns[-1].reply is None:
        st.button("Ask this again", on_click=session.ask_next, args=(turns[-1].question,))
    with st.container(horizontal=True):
        st.button("New conversation", on_click=_start_again)
        st.download_button(
            "Save this conversation",
            conversation_text(turns, page_address, saved=dt.datetime.now().astimezone().date()),
            file_name="conversation.txt",
            mime="text/plain",
            on_click="ignore",
        )


def _start_again() -> None:
    session.start_again()
    place.forget()


def _show_examples(site: Site) -> None:
    release = site.assistant.release
    loaded = len(loaded_documents(release))
    st.html(
        f'<p class="ssa-small">{loaded} publications are loaded (index release {release.number}); '
        "the page “Publications” lists them.</p>"
    )
    if not site.settings.examples:
        return
    st.html("<h2>Questions to start with</h2>")
    for number, example in enumerate(site.settings.examples):
        st.button(example, key=f"example-{number}", on_click=session.ask_next, args=(example,))


def _answer(site: Site, question: str) -> None:
    """Search, keep what came of it, and say so to screen readers."""
    earlier = session.turns()
    number = earlier[-1].number + 1 if earlier else 1
    history = session.asked_before(number)
    try:
        with st.spinner("Searching the publications …"):
            reply = _search(site, question, history)
    except AnswerError:
        st.error("This question could not be answered because of a fault in the program.")
        return
    max_chars = site.assistant.settings.max_question_chars
    too_long = isinstance(reply, Abstention) and reply.reason is Reason.TOO_LONG
    turn = Turn(
        number=number,
        question=f"{question[:max_chars]} …" if too_long else question,
        reply=reply,
        documents=site.assistant.release.documents_by_id,
    )
    session.keep(turn, max_turns=site.settings.max_turns)
    live.announce(f"Question {number}: {_summary(reply)}", to_top="h2.ssa-question")
    if too_long:  # back into the box, which has been drawn: it can be shortened there
        session.put_back(question)
        st.rerun()


def _search(site: Site, question: str, history: Sequence[str]) -> Reply | None:
    """Ask the assistant; None when too many others are asking."""
    semaphore = gate(site.settings.questions_at_once)
    if not semaphore.acquire(timeout=site.settings.max_wait_s):
        return None
    start = time.perf_counter()
    try:
        reply = site.assistant.answer_question(question, history)
    finally:
        semaphore.release()
    _note(site, question, reply, time.perf_counter() - start)
    if isinstance(reply, Abstention):
        feedback.count_refusal(site, reply)
    # The ranking is not shown, and a rating keeps only its first pages.
    return dataclasses.replace(reply, evidence=reply.evidence[: feedback.MAX_RANKING])


def _note(site: Site, question: str, reply: Reply, seconds: float) -> None:
    """Write the line of the record; an official gets the answer even when that fails."""
    try:
        site.record.add_question(question, reply, seconds=seconds, wait_s=_RECORD_WAIT_S)
    except UsageError as error:
        _LOG.error("A question is missing in the record: %s", error)


@st.cache_resource(show_spinner=False)
def gate(questions_at_once: int) -> threading.BoundedSemaphore:
    """What all sessions pass through, so that too many do not queue up in silence."""
    return threading.BoundedSemaphore(questions_at_once)


def _summary(reply: Reply | None) -> str:
    if reply is None:
        return "not searched, the assistant is busy. Please try again."
    if isinstance(reply, Answer):
        count = len(reply.statements)
        quotations = "one quotation" if count == 1 else f"{count} quotations"
        return f"answered with {quotations}. {doubt_line(reply)}".rstrip()
    return f"no answer. {reply.message}"
