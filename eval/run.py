"""A judged question and an assistant -> the reply, and what it is worth."""

import time
from collections.abc import Iterable, Iterator

from answer.formats import Documents, reply_record
from answer.pipeline import Assistant
from answer.ranking import page_ranking
from answer.reply import Answer, Reply
from eval.diagnose import diagnose
from eval.measures import (
    citation_precision,
    complete,
    folded,
    page_hit,
    quote_hit,
    recall_at,
)
from eval.outcome import Outcome, Quotations
from eval.questions import JudgedQuestion
from eval.trec import ranked_measures
from eval.whole_sentences import torn_quotations
from ingest.pdfium.glyphs import page_text

_RANKED_PAGES = 10  # of each ranking that are kept: no measure looks further


def run_questions(assistant: Assistant, questions: Iterable[JudgedQuestion]) -> Iterator[Outcome]:
    """Ask and judge one question after the other; nothing is kept of those that are done."""
    checker = QuotationChecker(assistant)
    for question in questions:
        start = time.perf_counter()
        reply = assistant.answer_question(question.question, question.history)
        seconds = time.perf_counter() - start
        yield judged(assistant, question, reply, quotations=checker.check(reply), seconds=seconds)


def judged(
    assistant: Assistant,
    question: JudgedQuestion,
    reply: Reply,
    *,
    quotations: Quotations,
    seconds: float,
) -> Outcome:
    """A reply with its measures and, if it is a miss, the stage that lost it."""
    record = reply_record(reply, assistant.release.documents_by_id)
    return Outcome(
        question=question,
        reply={**record, "ranking": record["ranking"][:_RANKED_PAGES]},
        values=measured(question, reply, assistant.release.documents_by_id),
        diagnosis=diagnose(assistant, question, reply),
        quotations=quotations,
        seconds=round(seconds, 4),
    )


def measured(question: JudgedQuestion, reply: Reply, documents: Documents) -> dict[str, float]:
    """The measures of one reply, by name."""
    if not question.answerable:
        values = {f"refused {question.kind}": float(not isinstance(reply, Answer))}
        if question.kind == "near_topic":
            values["refused or doubted near_topic"] = float(not _without_doubt(reply))
        return values
    files = {doc_id: document.file or "" for doc_id, document in documents.items()}
    ranking = [(files[doc_id], page) for doc_id, page in page_ranking(reply)]
    citations = (
        [c for s in reply.statements for part in s.parts for c in part.citations]
        if isinstance(reply, Answer)
        else []
    )
    cited = [(files[c.doc_id], c.page_number) for c in citations]
    quotes = [(files[c.doc_id], c.cited_text) for c in citations]
    values = {f"Recall@{k}": recall_at(k, ranking, question) for k in (1, 5, 10)}
    values |= ranked_measures(ranking, question)
    values["answered"] = float(isinstance(reply, Answer))
    values["answered without doubt"] = float(_without_doubt(reply))
    values["page hit"] = page_hit(cited, question)
    values["quote hit"] = quote_hit(quotes, question)
    values["complete"] = complete(cited, question)
    if cited:
        values["citation precision"] = citation_precision(cited, question)
    return values


def _without_doubt(reply: Reply) -> bool:
    return isinstance(reply, Answer) and reply.sure


class QuotationChecker:
    """Looks every quotation up on the page that it cites, with pdfium's own text of that page.

    The PDF is read again for it. A page that OCR read has no text in the PDF; there the stored text
    of the page takes its place.
    """

    def __init__(self, assistant: Assistant) -> None:
        """Check quotations of one assistant's release."""
        self._release = assistant.release
        self._texts: dict[tuple[str, int], str] = {}  # by page; every page is read once

    def check(self, reply: Reply) -> Quotations:
        """The quotations of a reply; those not on their page, and those that tear a sentence."""
        count = by_ocr = 0
        faults = []
        statements = reply.statements if isinstance(reply, Answer) else ()
        for citation in (c for s in statements for part in s.parts for c in part.citations):
            text = self._text(
                citation.doc_id, citation.page_number, ocr=citation.ocr_confidence is not None
            )
            count += 1
            by_ocr += citation.ocr_confidence is not None
            if any(folded(piece) not in text for piece in citation.pieces):
                faults.append(
                    f"{citation.doc_id} page {citation.page_number}: {citation.cited_text[:100]!r}"
                )
        prose, torn = torn_quotations(statements)
        return Quotations(count=count, by_ocr=by_ocr, faults=tuple(faults), prose=prose, torn=torn)

    def _text(self, doc_id: str, number: int, *, ocr: bool) -> str:
        key = (doc_id, number)
        if key not in self._texts:
            self._texts[key] = folded(self._read(doc_id, number, ocr=ocr))
        return self._texts[key]

    def _read(self, doc_id: str, number: int, *, ocr: bool) -> str:
        if number > self._release.documents_by_id[doc_id].page_count:
            return ""  # nothing stands on a page that the file does not have
        if ocr:
            return self._release.pages[doc_id, number].text
        return page_text(self._release.pdf_bytes(doc_id), number, file=doc_id)
