"""Ratings from the chat, made into judged questions; and what refused questions were about."""

from html import escape
from pathlib import Path

import streamlit as st

from eval.errors import EvalError
from eval.question_files import parse_question_set, write_question_set
from eval.questions import Gold, JudgedQuestion
from ui.evaluation import files
from ui.evaluation.edit_one import question_form
from ui.evaluation.words import percent
from ui.publications import table_html
from ui.quote import lines_html
from ui.site import Site
from usage.errors import UsageError
from usage.gaps import Gap, gaps
from usage.store import Rating

_SET = "from-use"
_OPEN = "rating_open"


def show(site: Site, folder: Path) -> None:
    """The section."""
    try:
        ratings, found = site.usage.ratings(), gaps(site.usage.refusals())
    except UsageError as error:
        st.html(f'<p class="ssa-warning">{escape(str(error))}</p>')
        return
    helpful = sum(rating.given.helpful for rating in ratings)
    st.html(f"<h2>Rated replies</h2><p>{len(ratings)} ratings, {helpful} of them helpful.</p>")
    if not site.usage_settings.ratings:
        st.html("<p>Rating is turned off in config.toml ([usage] ratings).</p>")
    for rating in ratings[:50]:
        _show_rating(site, folder, rating)
    st.html(_gaps_html(found))


def _show_rating(site: Site, folder: Path, rating: Rating) -> None:
    given = rating.given
    verdict = "Helpful" if given.helpful else "Not helpful"
    used = " (made into a question)" if rating.used else ""
    comment = f"<p>{escape(given.comment)}</p>" if given.comment else ""
    st.html(
        f"<h3>{escape(given.question)}</h3><p>{rating.day}: {verdict}, {escape(given.reason)}{used}"
        f"</p>{comment}{_reply_html(rating)}"
    )
    if st.session_state.get(_OPEN) == rating.rating_id:
        changed = question_form(_question_of(rating), f"rating_{rating.rating_id}")
        if changed is not None:
            _add(site, folder, rating, changed)
    elif st.button("Make a question of it", key=f"rating_{rating.rating_id}"):
        st.session_state[_OPEN] = rating.rating_id
        st.rerun()


def _reply_html(rating: Rating) -> str:
    reply = rating.given.reply
    if reply.get("kind") != "answer":
        return f"<p>Refused: {escape(str(reply.get('message')))}</p>"
    quoted = "".join(
        f"<blockquote>{lines_html(s['text'])}</blockquote>" for s in reply["statements"]
    )
    return f'<figure class="ssa-quotation">{quoted}</figure>'


def _question_of(rating: Rating) -> JudgedQuestion:
    """A judged question as far as the rating tells: what was helpful is taken to be right."""
    given = rating.given
    answered = given.reply.get("kind") == "answer"
    cited = [c for s in given.reply.get("statements", []) for c in s["citations"]]
    gold = tuple(
        Gold(file=str(c["file"]), pages=(int(c["page_number"]),), quote=str(c["quote"]))
        for c in (cited if given.helpful else [])
    )
    answerable = answered == given.helpful
    kind = ("followup" if given.history else "fact") if answerable else "near_topic"
    return JudgedQuestion(
        question_id=f"use-{rating.rating_id}",
        question=given.question,
        history=given.history,
        kind=kind,
        answerable=answerable,
        needs="any",
        gold=gold if answerable else (),
        note=f"From use, {rating.day}: {given.reason}. {given.comment}".strip(),
    )


def _add(site: Site, folder: Path, rating: Rating, question: JudgedQuestion) -> None:
    file = files.set_file(folder, _SET)
    if file is None:
        return
    try:
        kept = (
            parse_question_set(file.name, file.read_bytes()).whole(str(file))
            if file.exists()
            else []
        )
        others = [q for q in kept if q.question_id != question.question_id]
        file.parent.mkdir(parents=True, exist_ok=True)
        write_question_set([*others, question], file)
        site.usage.mark_used(rating.rating_id)
    except (EvalError, UsageError, OSError) as error:
        st.html(f'<p class="ssa-warning">{escape(str(error))}</p>')
        return
    del st.session_state[_OPEN]
    st.success(f"Added to the set {file.name}: {len(others) + 1} questions.")


def _gaps_html(found: list[Gap]) -> str:
    total = sum(gap.count for gap in found)
    head = f"<h2>What refused questions were about</h2><p>{total} refused questions.</p>"
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
