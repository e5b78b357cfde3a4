"""What a reader must know beside a quotation: of its edition, its age, and what contradicts it."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace

from answer import messages_es
from answer.differ import contradict
from answer.editions import successors
from answer.reply import Abstention, Answer, Language, Reply, Statement
from ingest.document import Document, Status

_FIGURE = re.compile(r"\d(?:[.,]\d+)*\s?(?:%|percent\b)|[$€£]\s?\d|\b\d{1,3}(?:,\d{3})+\b")
_LAW = re.compile(
    r"\b(?:laws?|legal(?:ly)?|statut\w+|legislat\w+|(?:penal|criminal) code|sentenc(?:e|es|ed|ing)|"
    r"felon(?:y|ies)|misdemeanou?rs?|parole|mandatory minimums?|constitution\w*|ordinances?|"
    r"(?:senate|assembly|house) bill|proposition \d+|prop\. ?\d+|[ASH]B[ -]?\d+)\b|§",
    re.IGNORECASE,
)
_ENGLISH = {
    "superseded": "Superseded: the publisher has replaced this edition.",
    "superseded by": "Superseded: the publisher has replaced this edition by {successor}.",
    "withdrawn": "Withdrawn by the publisher.",
    "law": "Issued {issued}: the law may have changed since.",
    "figures": "Figures as of this publication, issued {issued}.",
    "differ": (
        "These quotations are similar but differ in a figure, a duty or a “not”. Compare their "
        "publications and dates."
    ),
}


def edition_note(
    document: Document, successor: Document | None, language: Language = Language.ENGLISH
) -> str:
    """A warning when a publication is not the edition to go by; "" when it is.

    Args:
        document: what is quoted.
        successor: what has replaced it; None when nothing has.
        language: of the note.
    """
    wording = _wording(language)
    if document.status is Status.WITHDRAWN:
        return wording["withdrawn"]
    if successor:
        issued = successor.issued.isoformat() if successor.issued else ""
        parts = (successor.title, successor.edition, issued)
        return wording["superseded by"].format(successor=", ".join(p for p in parts if p))
    return wording["superseded"] if document.status is Status.SUPERSEDED else ""


def with_notes(reply: Reply, documents: Mapping[str, Document], *, old_before: dt.date) -> Reply:
    """A reply whose quotations carry what must be known of them.

    Args:
        reply: quotations without notes.
        documents: doc_id -> document, all of the release.
        old_before: publications issued before this day are old.
    """
    after = successors(documents.values())

    def noted(statement: Statement) -> Statement:
        document = documents[statement.passage.doc_id]
        notes = (
            edition_note(document, after.get(document.doc_id), reply.language),
            _age_note(statement, document, old_before, reply.language),
        )
        return replace(statement, notes=tuple(note for note in notes if note))

    if isinstance(reply, Abstention):
        return replace(reply, related=tuple(map(noted, reply.related)))
    note = _wording(reply.language)["differ"] if _some_differ(reply) else ""
    return replace(reply, statements=tuple(map(noted, reply.statements)), note=note)


def _age_note(
    statement: Statement, document: Document, old_before: dt.date, language: Language
) -> str:
    """What the age of a publication means for a quotation: old law, else old figures."""
    if document.issued is None or document.issued >= old_before:
        return ""
    issued = document.issued.isoformat()
    quoted = " ".join(part.text for part in statement.parts)  # with the heads of a row
    if _LAW.search(" ".join([*statement.passage.heading_path, quoted])):
        return _wording(language)["law"].format(issued=issued)
    return _wording(language)["figures"].format(issued=issued) if _FIGURE.search(quoted) else ""


def _some_differ(answer: Answer) -> bool:
    """Whether two publications that are quoted speak alike and yet say different things."""
    return any(
        one.passage.doc_id != other.passage.doc_id and contradict(one.sentences, other.sentences)
        for number, one in enumerate(answer.statements)
        for other in answer.statements[:number]
    )


def _wording(language: Language) -> Mapping[str, str]:
    return messages_es.NOTES if language is Language.SPANISH else _ENGLISH
