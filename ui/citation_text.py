"""A quotation, and a whole conversation, as plain text to be copied or kept."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from answer.formats import citation_line, doubt_line, part_lines, quoted_lines
from answer.reply import Answer, Citation, Reply, Statement
from ingest.document import Document
from ui.publishers import publishers_line
from ui.quote import source_label
from ui.session import Turn

LinkOf = Callable[[Citation, int], str]  # citation, release -> address of its page, or ""
_NOT_ANSWERED = "Not searched: too many others were asking."


def citation_text(
    statement: Statement, documents: Mapping[str, Document], release: int, link_of: LinkOf
) -> str:
    """The quoted words; publication, edition, date and page; publisher; notes; addresses.

    Args:
        statement: what is quoted.
        documents: doc_id -> document, of every citation.
        release: of the index that it was quoted from.
        link_of: gives the address at which a cited page is shown.
    """
    sources = statement.sources
    cited = {citation.doc_id: documents[citation.doc_id] for citation in sources}
    issuer = publishers_line(list(cited.values()))
    quoted = "\n".join(quoted_lines(statement))
    lines = [
        f"“{quoted}”",
        *(citation_line(citation, documents) for citation in sources),
        f"Issued by {issuer}" if issuer else "",
        *statement.notes,
        *(link_of(citation, release) for citation in sources),
        *(document.source_url for document in cited.values()),
    ]
    return "\n".join(filter(None, lines))


def conversation_text(turns: Sequence[Turn], link_of: LinkOf, *, saved: dt.date) -> str:
    """A conversation, oldest question first.

    Args:
        turns: what was asked and replied.
        link_of: gives the address at which a cited page is shown.
        saved: the day, which stands at the top.
    """
    head = (
        f"Questions and replies, saved on {saved.isoformat()}. Quotations are word for word from "
        "the publications; they are not legal advice."
    )
    return "\n\n".join([head, *(_turn_text(turn, link_of) for turn in turns)]) + "\n"


def _turn_text(turn: Turn, link_of: LinkOf) -> str:
    said = [_NOT_ANSWERED] if turn.reply is None else _reply_parts(turn.reply, turn, link_of)
    return "\n\n".join([f"Question {turn.number}: {turn.question}", *filter(None, said)])


def _reply_parts(reply: Reply, turn: Turn, link_of: LinkOf) -> list[str]:
    statements = reply.statements if isinstance(reply, Answer) else reply.related
    quoted = [
        f"{source_label(number)}\n{citation_text(each, turn.documents, reply.release, link_of)}"
        for number, each in enumerate(statements, start=1)
    ]
    if isinstance(reply, Answer):
        return [doubt_line(reply), reply.note, *quoted, *part_lines(reply)]
    return [reply.message, "Related passages, not an answer" if quoted else "", *quoted]
