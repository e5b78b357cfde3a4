"""A reply -> text for people, or data for programs."""

import textwrap
from collections.abc import Mapping
from typing import Any

from answer import messages_es
from answer.ranking import page_ranking
from answer.reply import Answer, Citation, Language, Reply, Statement
from ingest.document import Document

_WIDTH = 88
_NOT_SURE = (
    "I am not sure that this answers your question. It is the closest match in the loaded "
    "publications. Read it carefully before you rely on it."
)
LEAD_LABEL = "Chosen by a language model from the quotations below; rely on the quotations"
Documents = Mapping[str, Document]


def page_name(page_number: int, page_label: str | None) -> str:
    """How a page is named to people: the printed label first, the page of the file with it."""
    if page_label is None:
        return f"page {page_number} of the file"
    return f"p. {page_label} (page {page_number} of the file)"


def citation_line(citation: Citation, documents: Documents) -> str:
    """Publication, edition, date and page of one citation, and whether OCR read its words."""
    document = documents[citation.doc_id]
    issued = f"issued {document.issued.isoformat()}" if document.issued else "date not recorded"
    # A title that was guessed from the file may be that of others too: the file tells them apart.
    title = document.title if document.described else f"{document.title} ({document.file})"
    parts = [title, document.edition, issued]
    where = page_name(citation.page_number, citation.page_label)
    line = f"{', '.join(part for part in parts if part)}, {where}"
    return (
        line if citation.ocr_confidence is None else f"{line} {ocr_note(citation.ocr_confidence)}"
    )


def ocr_note(confidence: float) -> str:
    """What a reader must know of words that a machine read from a picture."""
    return (
        f"(text recognised by OCR, confidence {round(100 * confidence)}%; "
        "compare with the page image)"
    )


def reply_text(reply: Reply, documents: Documents) -> str:
    """A reply as it is printed in a terminal."""
    lines: list[str] = []
    if reply.understood and reply.understood != " ".join(reply.question.split()):
        spanish = reply.language is Language.SPANISH
        label = messages_es.SEARCHED_AS if spanish else "Understood as"
        lines += [f"{label}: {reply.understood}", ""]
    if isinstance(reply, Answer):
        for warning in filter(None, (doubt_line(reply), reply.note)):
            lines += [textwrap.fill(warning, _WIDTH), ""]
        if reply.lead:
            lines += [
                f"{LEAD_LABEL}:",
                *(f"  {s.text} (Source {s.number})" for s in reply.lead),
                "",
            ]
        lines += _statements(reply.statements, documents)
        told = part_lines(reply)
        lines += [textwrap.fill(line, _WIDTH) for line in told] + ([""] if told else [])
    else:
        lines += [textwrap.fill(reply.message, _WIDTH), ""]
        if reply.related:
            spanish = reply.language is Language.SPANISH
            heading = messages_es.RELATED if spanish else "Related passages, not an answer"
            lines += [f"{heading}:", ""]
            lines += _statements(reply.related, documents)
    lines.append(f"(index release {reply.release})")
    return "\n".join(lines)


def doubt_line(answer: Answer) -> str:
    """What is said above quotations that may not answer; "" where there is no doubt."""
    return "" if answer.sure else _not_sure(answer.language)


def _not_sure(language: Language) -> str:
    return messages_es.NOT_SURE if language is Language.SPANISH else _NOT_SURE


def part_lines(answer: Answer) -> list[str]:
    """What is said of the parts of a question that the quotations do not, or may not, answer."""
    none = "I found no page that answers this part of your question"
    doubt = "I am not sure that the quotations answer this part of your question"
    return [
        *(f"{none}: “{part}”" for part in answer.unanswered),
        *(f"{doubt}: “{part}”" for part in answer.doubted),
    ]


def _statements(statements: tuple[Statement, ...], documents: Documents) -> list[str]:
    lines: list[str] = []
    for number, statement in enumerate(statements, start=1):
        if statement.passage.heading_path:
            lines.append(f"  ({' > '.join(statement.passage.heading_path)})")
        for part in quoted_lines(statement):
            lines += textwrap.wrap(
                part,
                _WIDTH,
                initial_indent="  ",
                subsequent_indent="  ",
                break_long_words=False,  # addresses of pages stay whole
                break_on_hyphens=False,
            )
        lines += [
            f"  Source {number}: {citation_line(citation, documents)}"
            for citation in statement.sources
        ]
        lines += [f"      {note}" for note in statement.notes]
        lines.append("")
    return lines


def quoted_lines(statement: Statement) -> list[str]:
    """What is quoted, line by line: what a table row or list item stands under, then itself."""
    return [line for part in statement.parts for line in part.text.splitlines()]


def reply_record(reply: Reply, documents: Documents) -> dict[str, Any]:
    """A reply as JSON data: kind, reason, statements with citations, page ranking, release."""
    answered = isinstance(reply, Answer)
    return {
        "kind": "answer" if answered else "abstention",
        "reason": None if isinstance(reply, Answer) else reply.reason.value,
        "message": None if isinstance(reply, Answer) else reply.message,
        "sure": isinstance(reply, Answer) and reply.sure,
        "note": reply.note if isinstance(reply, Answer) else "",
        "lead": [
            {"text": sentence.text, "number": sentence.number}
            for sentence in (reply.lead if isinstance(reply, Answer) else ())
        ],
        "unanswered": list(reply.unanswered) if isinstance(reply, Answer) else [],
        "doubted": list(reply.doubted) if isinstance(reply, Answer) else [],
        "question": reply.question,
        "understood": reply.understood,
        "statements": [
            _statement_record(statement, documents)
            for statement in (reply.statements if isinstance(reply, Answer) else ())
        ],
        "related": [
            _statement_record(statement, documents)
            for statement in (() if isinstance(reply, Answer) else reply.related)
        ],
        "ranking": [
            {"file": documents[doc_id].file, "page_number": number, "score": round(1 / rank, 4)}
            for rank, (doc_id, number) in enumerate(page_ranking(reply), start=1)
        ],
        "language": reply.language.value,
        "support": round(reply.support, 4),
        "release": reply.release,
    }


def _statement_record(statement: Statement, documents: Documents) -> dict[str, Any]:
    return {
        "text": "\n".join(quoted_lines(statement)),
        "notes": list(statement.notes),
        "citations": [
            {
                "doc_id": citation.doc_id,
                "title": documents[citation.doc_id].title,
                "file": documents[citation.doc_id].file,
                "page_number": citation.page_number,
                "page_label": citation.page_label,
                "quote": piece,
                "ocr_confidence": citation.ocr_confidence,
            }
            for part in statement.parts
            for citation in part.citations
            for piece in citation.pieces
        ],
    }


def reply_lines(record: dict[str, Any]) -> list[str]:
    """What a reply kept as data shows, shortly: each quotation with its page, or the refusal."""
    if record["kind"] != "answer":
        return [str(record["message"])]
    language = Language(record.get("language", Language.ENGLISH))
    doubt = [] if record.get("sure", True) else [_not_sure(language)]
    return doubt + [
        f"“{' '.join(statement['text'].split())}” "
        + "; ".join(
            f"{citation['title']}, {page_name(citation['page_number'], citation['page_label'])}"
            for citation in statement["citations"]
        )
        for statement in record["statements"]
    ]
