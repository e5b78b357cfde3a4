"""A question set and an assistant -> measures of retrieval, answers, abstention and quotations."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from answer.pipeline import Assistant, page_ranking
from answer.reply import Answer, Reply
from eval.measures import (
    bootstrap_interval,
    citation_precision,
    complete,
    folded,
    page_hit,
    quote_hit,
    recall_at,
    reciprocal_rank,
)
from eval.questions import JudgedQuestion
from ingest.pdfium.glyphs import page_text


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """The mean of one measure over the questions that it applies to."""

    name: str
    mean: float
    count: int
    interval: tuple[float, float]  # 95%


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """One question with its reply and what that is worth."""

    question: JudgedQuestion
    reply: Reply
    values: dict[str, float]


def run_questions(
    assistant: Assistant,
    questions: Sequence[JudgedQuestion],
    *,
    on_progress: Callable[[int], None],
) -> list[Outcome]:
    """Ask every question and judge every reply; a question without a reply scores 0 and counts."""
    outcomes = []
    for done, question in enumerate(questions, start=1):
        reply = assistant.answer_question(question.question, question.history)
        values = judge(assistant, question, reply)
        outcomes.append(Outcome(question=question, reply=reply, values=values))
        on_progress(done)
    return outcomes


def judge(assistant: Assistant, question: JudgedQuestion, reply: Reply) -> dict[str, float]:
    """The measures of one reply, by name."""
    if not question.answerable:
        return {f"refused {question.kind}": float(not isinstance(reply, Answer))}
    files = {d.doc_id: d.file or "" for d in assistant.release.documents}
    ranking = [(files[doc_id], page) for doc_id, page, _ in page_ranking(reply.evidence)]
    citations = (
        [c for statement in reply.statements for c in statement.citations]
        if isinstance(reply, Answer)
        else []
    )
    cited = [(files[c.doc_id], c.page_number) for c in citations]
    quotes = [(files[c.doc_id], c.cited_text) for c in citations]
    values = {f"Recall@{k}": recall_at(k, ranking, question) for k in (1, 5, 10)}
    values["MRR@10"] = reciprocal_rank(ranking, question)
    values["answered"] = float(isinstance(reply, Answer))
    values["page hit"] = page_hit(cited, question)
    values["quote hit"] = quote_hit(quotes, question)
    values["complete"] = complete(cited, question)
    if cited:
        values["citation precision"] = citation_precision(cited, question)
    return values


def summarise(outcomes: Sequence[Outcome]) -> list[Measure]:
    """The mean, count and interval of every measure, in the order in which they first occur."""
    values: defaultdict[str, list[float]] = defaultdict(list)
    for outcome in outcomes:
        for name, value in outcome.values.items():
            values[name].append(value)
    return [
        Measure(name=name, mean=fmean(found), count=len(found), interval=bootstrap_interval(found))
        for name, found in values.items()
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Quotations:
    """Whether what was quoted stands where it is said to stand."""

    count: int
    by_ocr: int  # of them, from pages that OCR read: those can only be held against its reading
    faults: tuple[str, ...]  # a line for each that does not stand on its page


def misquoted(assistant: Assistant, outcomes: Sequence[Outcome]) -> Quotations:
    """Check every quotation against pdfium's own text of its page, read from the PDF again.

    A page that OCR read has no text in the PDF; there the stored text of the page takes its place.
    """
    texts: dict[tuple[str, int], str] = {}
    count = by_ocr = 0
    faults = []
    for outcome in outcomes:
        if not isinstance(outcome.reply, Answer):
            continue
        parts = [p for s in outcome.reply.statements for p in (s.head, s) if p]
        for citation in (c for part in parts for c in part.citations):
            key = (citation.doc_id, citation.page_number)
            if key not in texts and citation.ocr_confidence is not None:
                texts[key] = folded(assistant.release.pages[key].text)
            elif key not in texts:
                pdf_bytes = assistant.release.pdf_bytes(citation.doc_id)
                texts[key] = folded(page_text(pdf_bytes, citation.page_number, file=key[0]))
            count += 1
            by_ocr += citation.ocr_confidence is not None
            if any(folded(piece) not in texts[key] for piece in citation.pieces):
                faults.append(
                    f"{outcome.question.question_id}: {key[0]} page {key[1]}: "
                    f"{citation.cited_text[:100]!r}"
                )
    return Quotations(count=count, by_ocr=by_ocr, faults=tuple(faults))
