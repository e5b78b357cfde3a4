"""Texts of publications and of users -> HTML in which every character of theirs is escaped.

Text that comes from a PDF or from a user is never given to Streamlit's markdown, which would
fetch images, open links and swallow characters. It passes through here instead.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlsplit

from answer.cite import flow
from answer.formats import LEAD_LABEL, citation_line
from answer.reply import LeadSentence, Statement
from ingest.document import Document, Page
from ingest.note_marks import BRACKETED

# The marks of a publication's own notes; raised and named, so that nobody takes them for ours.
# A letter counts only after a mark and before a space: "[t]he" is the author's own change.
_NOTE_MARKS = re.compile(rf"{BRACKETED}|(?<=[.,:;)\]])\[[a-z]\](?!\S)")

# The style sheet says the same to screen readers, which skip titles; what is copied holds neither.
_RAISED = r'<sup class="ssa-note-mark" title="note mark of the publication">\g<0></sup>'


def source_label(number: int) -> str:
    """How a quotation of an answer is referred to: unlike the note marks of publications."""
    return f"Source {number}"


def lines_html(text: str) -> str:
    """Each line of a text as a paragraph; no character is left out or added."""
    raised = _NOTE_MARKS.sub(_RAISED, escape(text))
    return "".join(f"<p>{line}</p>" for line in raised.splitlines())


def quotation_html(
    number: int,
    statement: Statement,
    documents: Mapping[str, Document],
    *,
    related: bool = False,
    language: str = "en",
) -> str:
    """A numbered quotation with the places where it stands under it.

    Args:
        number: of the quotation in its reply, from 1.
        statement: what is quoted.
        documents: doc_id -> document, of every citation.
        related: the quotation is offered as reading and answers nothing; it looks different.
        language: of the notes on it; the quotation is in English.
    """
    sources = "".join(
        f"<p>{escape(citation_line(citation, documents))}</p>" for citation in statement.sources
    )
    heads = "\n".join(each.text for each in statement.heads)
    head = f"<strong>{lines_html(heads)}</strong>" if heads else ""
    kind = "ssa-quotation ssa-related" if related else "ssa-quotation"
    notes = "".join(warning_html(note, language=language) for note in statement.notes)
    label = f'<span class="ssa-number">{source_label(number)}</span>'
    return (
        f'<figure class="{kind}">{path_html(statement)}'
        f"<blockquote>{head}{lines_html(statement.text)}</blockquote>"
        f"<figcaption>{label}<div>{sources}{notes}</div></figcaption></figure>"
    )


def path_html(statement: Statement) -> str:
    """The headings that a quotation stands under: they say what it is about."""
    path = " › ".join(statement.passage.heading_path)
    return f'<p class="ssa-path">{escape(path)}</p>' if path else ""


def lead_html(lead: Sequence[LeadSentence]) -> str:
    """What a language model chose, marked as that, each sentence with its quotation's number."""
    sentences = " ".join(
        f'{escape(sentence.text)} <span class="ssa-number">({source_label(sentence.number)})</span>'
        for sentence in lead
    )
    return f'<div class="ssa-lead"><p>{sentences}</p><p class="ssa-small">{LEAD_LABEL}.</p></div>'


def warning_html(warning: str, *, language: str = "en") -> str:
    """What a reader must know of an answer, a quotation or a publication; nothing for ""."""
    if not warning:
        return ""
    return f'<p class="ssa-warning" lang="{language}"><strong>{escape(warning)}</strong></p>'


def passage_html(statement: Statement) -> str:
    """The headings of a passage, then the passage with the quoted words marked."""
    passage = statement.passage
    start, end = statement.start_char, statement.end_char
    before = flow(passage, 0, start)
    after = flow(passage, end, len(passage.text))
    if start and any(
        sentence.opens and sentence.start_char == start for sentence in passage.sentences
    ):
        before += "\n"
    elif passage.text[:start][-1:].isspace():
        before += " "
    if passage.text[end : end + 1].isspace() and not after.startswith("\n"):
        after = " " + after
    marked = f"<mark>{escape(statement.text)}</mark>"
    return (
        f'{path_html(statement)}<p class="ssa-passage">{escape(before)}{marked}{escape(after)}</p>'
    )


def recognised_html(page: Page) -> str:
    """A warning above a page whose words a machine read from its picture; else nothing."""
    if page.ocr is None:
        return ""
    return (
        '<p class="ssa-warning"><strong>The words of this page were recognised by OCR from its '
        f"image, with a confidence of {round(100 * page.ocr.confidence)}%. Compare them with the "
        "image before you rely on them.</strong></p>"
    )


def page_text_html(page: Page, start_char: int, end_char: int) -> str:
    """The text of a page, printed line by printed line, with some words marked."""
    before, after = page.text[:start_char], page.text[end_char:]
    quoted = page.text[start_char:end_char]
    marked = f"<mark>{escape(quoted)}</mark>" if quoted else ""
    return f'<p class="ssa-passage">{escape(before)}{marked}{escape(after)}</p>'


def address_html(url: str) -> str:
    """A public address as a link if it is one that a browser may safely open, else as text."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return escape(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return escape(url)
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(url)}</a>'
