"""One question of a run: what was shown beside what should have been, and the pages."""

import re
import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from eval.measures import gold_pages
from eval.outcome import Outcome
from eval.runs import Run
from eval.words import stage_in_words
from index.releases import Release
from ingest.errors import PdfUnreadable
from ui.page_image import page_png
from ui.quote import lines_html
from ui.reference import PageReference
from ui.site import Site

_SHORT = 80  # characters of a quote that tell it from others
_ALL, _MISSES = "All questions", "All misses"


def show(site: Site, run: Run) -> None:
    """Choose a question and look at it."""
    st.html("<h2>Question by question</h2>")
    stages = sorted({o.diagnosis.stage for o in run.outcomes if o.diagnosis})
    kinds = sorted({o.question.kind for o in run.outcomes})
    which = st.selectbox("Show", [_MISSES, *stages, _ALL, *kinds], key="question_filter")
    found = [o for o in run.outcomes if _fits(o, which or _ALL)]
    if not found:
        st.html("<p>There is none.</p>")
        return
    labels = {f"{o.question.question_id}: {o.question.question}": o for o in found}
    chosen = st.selectbox(f"Question ({len(found)})", list(labels), key="question_chosen")
    outcome = labels[chosen]
    st.html(_head_html(outcome))
    shown, gold = st.columns(2)
    with shown:
        st.html(_shown_html(outcome.reply))
    with gold:
        st.html(_gold_html(outcome))
    st.html(_ranking_html(outcome))
    if st.toggle("Show the pages", key="question_pages"):
        _show_pages(site, run, outcome)


def _fits(outcome: Outcome, which: str) -> bool:
    stage = outcome.diagnosis.stage if outcome.diagnosis else None
    return (
        which == _ALL
        or which in (stage, outcome.question.kind)
        or (which == _MISSES and bool(stage))
    )


def _head_html(outcome: Outcome) -> str:
    question = outcome.question
    earlier = "".join(f"<li>{escape(asked)}</li>" for asked in question.history)
    stage = outcome.diagnosis.stage if outcome.diagnosis else None
    lost = f"{stage}: {stage_in_words(stage)}" if stage else "Nothing was missed."
    parts = "".join(
        f"<li>{escape(_short(part.quote))} ({escape(part.file)}, page {part.page}): "
        f"{escape(part.stage)}; the page is "
        f"{f'number {part.rank} of those found' if part.rank else 'not among those found'}</li>"
        for part in (outcome.diagnosis.parts if outcome.diagnosis else ())
    )
    return (
        f"<h3>{escape(question.question)}</h3>"
        + (f"<p>Asked before:</p><ul>{earlier}</ul>" if earlier else "")
        + f"<p>Kind: {escape(question.kind)}. <strong>{escape(lost)}</strong></p>"
        + (f"<ul>{parts}</ul>" if parts else "")
        + (f"<p>Note: {escape(question.note)}</p>" if question.note else "")
    )


def _short(quote: str) -> str:
    return f"“{textwrap.shorten(quote, _SHORT, placeholder=' …')}”"


def _ranking_html(outcome: Outcome) -> str:
    """The pages that were found, best first, folded away."""
    gold = gold_pages(outcome.question)
    items = "".join(
        f"<li>{escape(str(page['file']))}, page {int(page['page_number'])}"
        f"{' (judged right)' if (page['file'], page['page_number']) in gold else ''}</li>"
        for page in outcome.reply["ranking"]
    )
    return (
        f"<details><summary>The best pages</summary><ol>{items}</ol></details>"
        if items
        else "<p>No page was found.</p>"
    )


def _shown_html(reply: dict[str, Any]) -> str:
    if reply["kind"] != "answer":
        return f"<h3>Shown</h3><p>No answer: {escape(str(reply['message']))}</p>"
    blocks = []
    for statement in reply["statements"]:
        places = "".join(
            f"<p>{escape(str(c['file']))}, page {int(c['page_number'])}</p>"
            for c in {(c["file"], c["page_number"]): c for c in statement["citations"]}.values()
        )
        blocks.append(
            f'<figure class="ssa-quotation"><blockquote>{lines_html(statement["text"])}'
            "</blockquote>"
            f"<figcaption>{places}</figcaption></figure>"
        )
    return "<h3>Shown</h3>" + "".join(blocks)


def _gold_html(outcome: Outcome) -> str:
    question = outcome.question
    if not question.gold:
        return "<h3>Judged</h3><p>The publications do not answer this.</p>"
    joined = " and " if question.needs == "all" else " or "
    blocks = [
        f'<figure class="ssa-quotation"><blockquote>{lines_html(gold.quote)}</blockquote>'
        f"<figcaption><p>{escape(gold.file)}, page {', '.join(map(str, gold.pages))}</p>"
        "</figcaption></figure>"
        for gold in question.gold
    ]
    answer = f"<p>{escape(question.answer)}</p>" if question.answer else ""
    return f"<h3>Judged</h3>{answer}" + f"<p>{joined.strip()}</p>".join(blocks)


def _show_pages(site: Site, run: Run, outcome: Outcome) -> None:
    release = site.assistant.release
    if run.header.index_fingerprint != release.manifest.get("fingerprint"):
        st.html(
            '<p class="ssa-warning">This run was made on another index than the one that is '
            "loaded, so its pages are not shown.</p>"
        )
        return
    cited = {
        (str(c["file"]), int(c["page_number"])): "cited"
        for statement in outcome.reply["statements"]
        for c in statement["citations"]
    }
    gold = {(g.file, page): "judged" for g in outcome.question.gold for page in g.pages[:1]}
    files = {document.file: document.doc_id for document in release.documents}
    for (file, page), role in (cited | gold).items():
        told = "cited and judged right" if (file, page) in cited and (file, page) in gold else role
        st.html(f"<h4>{escape(file)}, page {page} ({told})</h4>")
        doc_id = files.get(file)
        if doc_id is None or (doc_id, page) not in release.pages:
            st.html('<p class="ssa-warning">The index has no such page.</p>')
            continue
        quotes = [g.quote for g in outcome.question.gold if (g.file, page) in gold] + [
            str(c["quote"])
            for statement in outcome.reply["statements"]
            for c in statement["citations"]
            if (c["file"], c["page_number"]) == (file, page)
        ]
        reference = _reference(release, doc_id, page, quotes)
        try:
            png = page_png(release, reference, scale=site.settings.image_scale)
        except (PdfUnreadable, OSError):
            st.html('<p class="ssa-warning">The image of this page cannot be made.</p>')
            continue
        marked = ", quoted words in yellow" if reference.end_char else ""
        st.image(png, alt=f"Image of {file}, page {page}{marked}", output_format="PNG")


def _reference(release: Release, doc_id: str, page: int, quotes: Sequence[str]) -> PageReference:
    """The page with the first of some quotes that stands on it, or with none."""
    text = release.pages[doc_id, page].text
    found = (
        re.search(r"\s+".join(map(re.escape, quote.split())), text)
        for quote in quotes
        if quote.split()
    )
    start, end = next((match.span() for match in found if match), (0, 0))
    return PageReference(
        doc_id=doc_id, page_number=page, start_char=start, end_char=end, release=release.number
    )
