"""Ratings from the chat, made into judged questions; and what refused questions were about."""

from html import escape
from pathlib import Path

import streamlit as st

from eval.errors import EvalError
from eval.question_files import write_question_set
from eval.questions import JudgedQuestion
from eval.words import percent
from ui.evaluation import files
from ui.evaluation.edit_one import question_form
from ui.evaluation.faults import show_faults
from ui.evaluation.rated import question_of
from ui.evaluation.sets import faults_against
from ui.publications import table_html
from ui.quote import lines_html
from ui.site import Site
from usage.errors import UsageError
from usage.gaps import Gap, gaps
from usage.store import Rating

_SET = "from-use.jsonl"  # offered where nothing has been saved yet
_OPEN, _TOLD = "rating_open", "rating_told"
_CHECK = """
<p class="ssa-small">Check it: take out places that do not answer the question by themselves, and
where nothing is given, find the page that answers or untick “The publications answer it”.</p>
"""
_SHOWN = 20  # at once
_NEW, _ALL = "Not made into a question yet", "All"


def show(site: Site, folder: Path) -> None:
    """The section."""
    try:
        ratings, found = site.usage.ratings(), gaps(site.usage.refusals())
    except UsageError as error:
        st.html(f'<p class="ssa-warning">{escape(str(error))}</p>')
        return
    told = st.session_state.pop(_TOLD, None)
    if told:
        st.success(told)
    _show_ratings(site, folder, ratings)
    st.html(_gaps_html(found, counted=site.usage_settings.refusals))


def _show_ratings(site: Site, folder: Path, ratings: list[Rating]) -> None:
    helpful = sum(rating.given.helpful for rating in ratings)
    st.html(f"<h2>Rated replies</h2><p>Ratings: {len(ratings)}, helpful: {helpful}.</p>")
    if not site.usage_settings.ratings:
        st.html("<p>Rating is turned off in config.toml ([usage] ratings).</p>")
    if not ratings:
        return
    which = st.radio("Show", [_NEW, _ALL], horizontal=True, key="rating_filter")
    listed = [rating for rating in ratings if which == _ALL or not rating.used]
    pages = max(1, -(-len(listed) // _SHOWN))
    page = 1
    if pages > 1:
        page = st.selectbox(f"Part, of {pages}", list(range(1, pages + 1)), key="rating_part")
    for rating in listed[(page - 1) * _SHOWN : page * _SHOWN]:
        _show_rating(site, folder, rating)
    if not listed:
        st.html("<p>There is none.</p>")


def _show_rating(site: Site, folder: Path, rating: Rating) -> None:
    given = rating.given
    verdict = "Helpful" if given.helpful else "Not helpful"
    used = " (made into a question)" if rating.used else ""
    comment = f"<p>Comment: {escape(given.comment)}</p>" if given.comment else ""
    earlier = "".join(f"<li>{escape(asked)}</li>" for asked in given.history)
    st.html(
        f"<h3>{escape(given.question)}</h3>"
        + (f"<p>Asked before:</p><ul>{earlier}</ul>" if earlier else "")
        + f"<p>{rating.day}: {verdict}, {escape(given.reason)}{used}</p>{comment}"
        + _reply_html(rating)
    )
    if st.session_state.get(_OPEN) == rating.rating_id:
        _show_form(site, folder, rating)
    elif st.button("Make it a question", key=f"rating_{rating.rating_id}"):
        st.session_state[_OPEN] = rating.rating_id
        st.rerun()


def _show_form(site: Site, folder: Path, rating: Rating) -> None:
    saved = [file.name for file in files.saved_sets(folder)]
    names = [_SET, *(name for name in saved if name != _SET)]
    name = st.selectbox("Set to add it to", names, key=f"rating_set_{rating.rating_id}")
    st.html(_CHECK)
    changed = question_form(question_of(rating), f"rating_{rating.rating_id}", submit="Add to set")
    if changed is not None:
        _add(site, folder / "sets" / name, rating, changed)


def _reply_html(rating: Rating) -> str:
    reply = rating.given.reply
    if reply.get("kind") != "answer":
        return f"<p>Refused: {escape(str(reply.get('message')))}</p>"
    return "".join(
        f'<figure class="ssa-quotation"><blockquote>{lines_html(s["text"])}</blockquote>'
        f"<figcaption><p>{_places(s)}</p></figcaption></figure>"
        for s in reply["statements"]
    )


def _places(statement: dict[str, list[dict[str, object]]]) -> str:
    places = {f"{c['file']}, page {c['page_number']}": None for c in statement["citations"]}
    return escape("; ".join(places))


def _add(site: Site, file: Path, rating: Rating, question: JudgedQuestion) -> None:
    faults = faults_against(site.assistant.release, [question])
    if faults:
        show_faults("Not added: this does not fit the publications that are loaded", faults)
        return
    try:
        kept = files.parsed_set(file).whole(file.name) if file.exists() else []
        others = [q for q in kept if q.question_id != question.question_id]
        file.parent.mkdir(parents=True, exist_ok=True)
        write_question_set([*others, question], file)
        site.usage.mark_used(rating.rating_id)
    except (EvalError, UsageError, OSError) as error:
        st.html(f'<p class="ssa-warning">{escape(str(error))}</p>')
        return
    del st.session_state[_OPEN]
    count = f"{len(others) + 1} questions" if others else "one question"
    st.session_state[_TOLD] = f"Added. The set has {count} now."
    st.rerun()


def _gaps_html(found: list[Gap], *, counted: bool) -> str:
    total = sum(gap.count for gap in found)
    head = f"<h2>What refused questions were about</h2><p>Refused questions: {total}.</p>"
    if not counted:
        head += "<p>Counting them is turned off in config.toml ([usage] refusals).</p>"
    if not found:
        return head
    rows = [
        (
            escape(gap.topic)
            + "".join(f"<p>{count} × {escape(q)}</p>" for q, count in gap.questions.items()),
            (
                str(gap.count),
                percent(gap.share),
                escape(", ".join(f"{reason} {n}" for reason, n in gap.reasons.items())),
                escape(", ".join(f"{month}: {n}" for month, n in gap.months.items())),
            ),
        )
        for gap in found
    ]
    columns = ("Came near", "Questions", "Share", "Why refused", "When")
    return head + table_html("By the publication and heading that they came near", columns, rows)
