"""Which stage lost what a question needed: from the page that was read to the page that was cited.

Each needed entry of gold is followed through the stages in their order. Where its words stand is
found by the words and not by the page number, so that wrong page numbers are seen as such.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from answer.pipeline import Assistant
from answer.ranking import page_ranking
from answer.reply import Answer, Reply, Statement
from answer.select import passages_read
from eval.measures import folded, holds_quote
from eval.outcome import Diagnosis, LostPart
from eval.questions import Gold, JudgedQuestion
from index.releases import Release

_SAME_WORDS = 0.8  # of a gold quote's words that a page or passage must hold to be its home


class Stage(StrEnum):
    """Where an answer was lost, in the order of the stages; then answers that should not be."""

    PAGE_NOT_READABLE = "page not readable"
    PASSAGE_NOT_MADE = "passage not made"
    NOT_RETRIEVED = "not retrieved"
    NOT_CHOSEN = "retrieved but not chosen"
    REFUSED = "chosen but refused"
    WRONG_PAGE = "cited the wrong page"
    INCOMPLETE = "incomplete"
    OTHER_WORDS = "right page, other words"
    NOTHING_ANSWERS = "answered though nothing answers"


EXPLANATIONS = {
    Stage.PAGE_NOT_READABLE: "the index has no page of that file that holds the gold quote",
    Stage.PASSAGE_NOT_MADE: "the page is there, but its words are in no passage",
    Stage.NOT_RETRIEVED: "no passage of the gold page ranks high enough to be read",
    Stage.NOT_CHOSEN: "a passage of the gold page was read, and something else was quoted",
    Stage.REFUSED: "the gold page would have been quoted, but the question was refused",
    Stage.WRONG_PAGE: "the gold words are quoted, with the number of another page",
    Stage.INCOMPLETE: "some needed parts are cited and others are not",
    Stage.OTHER_WORDS: "the gold page is cited, but not the words that answer",
    Stage.NOTHING_ANSWERS: "the publications do not answer this, and it was answered",
}


def diagnose(assistant: Assistant, question: JudgedQuestion, reply: Reply) -> Diagnosis | None:
    """Say where a reply went wrong.

    Args:
        assistant: that gave the reply.
        question: with its judgement.
        reply: of this assistant to this question.

    Returns:
        None when nothing was missed: a right refusal, or every needed part cited with its words.
    """
    if not question.answerable:
        wrong = isinstance(reply, Answer)
        return Diagnosis(stage=Stage.NOTHING_ANSWERS, parts=()) if wrong else None
    trail = _Trail(assistant, question, reply)
    stages = {gold: trail.lost_at(gold) for gold in question.gold}
    parts = tuple(trail.part(gold, stage) for gold, stage in stages.items() if stage)
    met = len(question.gold) - len(parts)
    if not parts or (question.needs == "any" and met):
        return None
    order = list(Stage)
    if question.needs == "any":  # the entry that came furthest
        return Diagnosis(stage=max((s for s in stages.values() if s), key=order.index), parts=parts)
    earliest = min((s for s in stages.values() if s), key=order.index)
    return Diagnosis(stage=Stage.INCOMPLETE if met else earliest, parts=parts)


class _Trail:
    """What happened to one question, stage by stage."""

    def __init__(self, assistant: Assistant, question: JudgedQuestion, reply: Reply) -> None:
        self._release = assistant.release
        self._files = {d.file: d.doc_id for d in assistant.release.documents if d.file}
        self._ranking = page_ranking(reply)
        read = passages_read(reply.understood, assistant.settings)
        self._read = {
            (scored.passage.doc_id, span.page_number)
            for scored in sorted(reply.evidence, key=lambda e: e.score, reverse=True)[:read]
            for span in scored.passage.spans
        }
        self._answered = isinstance(reply, Answer)
        self._quoted = (
            reply.statements
            if isinstance(reply, Answer)
            else assistant.unrefused(question.question, question.history)
        )

    def lost_at(self, gold: Gold) -> Stage | None:
        """The stage that lost one entry of gold; None when its words are cited on its page."""
        doc_id = self._files.get(gold.file)
        if doc_id is None:
            return Stage.PAGE_NOT_READABLE
        quotes = list(_quotes(self._quoted, doc_id))
        cited = any(page in gold.pages for page, _ in quotes)
        worded = holds_quote((text for _, text in quotes), gold)
        if not cited and not worded:
            return self._lost_before_quoting(doc_id, gold)
        if not self._answered:
            return Stage.REFUSED
        if not cited:
            return Stage.WRONG_PAGE
        return None if worded else Stage.OTHER_WORDS

    def _lost_before_quoting(self, doc_id: str, gold: Gold) -> Stage:
        home = _home(self._release, doc_id, gold)
        if not home:
            return Stage.PAGE_NOT_READABLE
        if not _in_passages(self._release, doc_id, home, gold.quote):
            return Stage.PASSAGE_NOT_MADE
        read = any((doc_id, page) in self._read for page in home)
        return Stage.NOT_CHOSEN if read else Stage.NOT_RETRIEVED

    def part(self, gold: Gold, stage: Stage) -> LostPart:
        """What is told of a lost entry."""
        doc_id = self._files.get(gold.file)
        ranks = [
            rank
            for rank, (found, page) in enumerate(self._ranking, start=1)
            if found == doc_id and page in gold.pages
        ]
        return LostPart(
            file=gold.file,
            page=gold.pages[0],
            quote=gold.quote,
            stage=stage,
            rank=ranks[0] if ranks else None,
        )


def _quotes(statements: Iterable[Statement], doc_id: str) -> Iterable[tuple[int, str]]:
    """(page, quotation) of everything that is quoted from one document."""
    for statement in statements:
        for citation in (c for part in statement.parts for c in part.citations):
            if citation.doc_id == doc_id:
                yield citation.page_number, citation.cited_text


def _home(release: Release, doc_id: str, gold: Gold) -> list[int]:
    """The pages where a gold quote stands: of its own pages if it is there, else of any."""
    texts = {page.number: page.text for key, page in release.pages.items() if key[0] == doc_id}
    own = [n for n in gold.pages if n in texts and _stands(gold.quote, [texts[n]])]
    joined = [texts[n] for n in gold.pages if n in texts]
    if not own and joined and _stands(gold.quote, joined):
        own = [n for n in gold.pages if n in texts]  # it runs over a page break
    return own or [n for n, text in texts.items() if _stands(gold.quote, [text])]


def _in_passages(release: Release, doc_id: str, pages: Sequence[int], quote: str) -> bool:
    passages = release.passages_by_document.get(doc_id, ())
    texts = [
        f"{' '.join(passage.heading_path)} {passage.text}"
        for passage in passages
        if any(span.page_number in pages for span in passage.spans)
    ]
    return _stands(quote, texts)


def _stands(quote: str, texts: Sequence[str]) -> bool:
    """Whether some texts, taken together, hold a quote, or nearly all of its words."""
    text = " ".join(texts)
    if folded(quote) in folded(text):
        return True
    wanted = Counter(re.findall(r"\w+", quote.lower()))
    held = Counter(re.findall(r"\w+", text.lower()))
    return (wanted & held).total() >= _SAME_WORDS * wanted.total() > 0
