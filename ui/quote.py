"""Texts of publications and of users -> HTML in which every character of theirs is escaped.

Text that comes from a PDF or from a user is never given to Streamlit's markdown, which would
fetch images, open links and swallow characters. It passes through here instead.
"""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

from answer.cite import flow
from answer.formats import LEAD_LABEL, citation_line
from answer.reply import LeadSentence, Statement
from ingest.document import Document, Page, SentenceKind
from ui.note_marks import raised_html
from ui.publishers import publishers_line
from ui.quoted_lines import QuotedLine, quoted_lines
from ui.quoted_table import quoted_table_html


def source_label(number: int) -> str:
    """How a quotation of an answer is referred to: unlike the note marks of publications."""
    return f"Source {number}"


def lines_html(text: str) -> str:
    """Each line of a text as a paragraph; no character is left out or added."""
    return "".join(f"<p>{line}</p>" for line in raised_html(text).splitlines())


def _quoted_html(statement: Statement) -> str:
    """What is quoted, line by line, rows of a table of several columns as a table."""
    lines = [
        (line, part is not statement) for part in statement.parts for line in quoted_lines(part)
    ]
    stretches = groupby(lines, key=lambda each: each[0].block if each[0].cells else None)
    return "".join(_stretch_html(list(stretch)) for _, stretch in stretches)


def _stretch_html(stretch: Sequence[tuple[QuotedLine, bool]]) -> str:
    rows = [line for line, _ in stretch]
    if len({column for row in rows for column, _ in row.cells}) > 1:
        return quoted_table_html(rows)
    return "".join(_line_html(line, above=above) for line, above in stretch)


def _line_html(line: QuotedLine, *, above: bool) -> str:
    """One line; those that the quotation stands under are bold, list items hang on their mark."""
    item = line.kind is SentenceKind.LIST_ITEM
    kinds = [name for name, holds in (("ssa-head", above), ("ssa-item", item)) if holds]
    named = f' class="{" ".join(kinds)}"' if kinds else ""
    return f"<p{named}>{raised_html(line.text)}</p>"


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
    quoted = {citation.doc_id: documents[citation.doc_id] for citation in statement.sources}
    issuer = publishers_line(list(quoted.values()))
    issued = f"<p>Issued by {escape(issuer)}</p>" if issuer else ""
    kind = "ssa-quotation ssa-related" if related else "ssa-quotation"
    notes = "".join(warning_html(note, language=language) for note in statement.notes)
    label = f'<span class="ssa-number">{source_label(number)}</span>'
    return (
        f'<figure class="{kind}">{path_html(statement)}'
        f"<blockquote>{_quoted_html(statement)}</blockquote>"
        f"<figcaption>{label}<div>{sources}{issued}{notes}</div></figcaption></figure>"
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
    marked = f"{raised_html(before)}<mark>{raised_html(statement.text)}</mark>{raised_html(after)}"
    return f'{path_html(statement)}<p class="ssa-passage">{marked}</p>'


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
