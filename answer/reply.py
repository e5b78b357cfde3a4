"""What the assistant gives back: an answer whose every statement is cited, or an abstention."""

from dataclasses import dataclass
from enum import StrEnum

from answer.errors import UncitedAnswer
from answer.routes import Route
from index.retriever import ScoredPassage
from ingest.document import Passage


class Language(StrEnum):
    """In which language a question is asked and what surrounds its answer is said."""

    ENGLISH = "en"
    SPANISH = "es"


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """Words of one page: `Page.text[start_char:end_char]` of that page is `cited_text`."""

    passage_id: str
    doc_id: str
    cited_text: str  # verbatim, with the line breaks of the page
    page_number: int  # physical, 1-based
    page_label: str | None  # printed
    start_char: int
    end_char: int
    pieces: tuple[str, ...]  # of `cited_text`, each standing in the file as it stands here
    ocr_confidence: float | None = None  # 0 … 1, of the page; None: the file's own text


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One quotation; over a page break it has a citation for each page."""

    text: str  # the quotation, line breaks folded; each list item and table row on its own line
    passage: Passage
    start_char: int  # `passage.text[start_char:end_char]` is quoted
    end_char: int
    citations: tuple[Citation, ...]
    heads: tuple["Statement", ...] = ()  # what a quoted table row or list item stands under
    notes: tuple[str, ...] = ()  # what must be known of its edition and age, in plain words

    def __post_init__(self) -> None:
        """Refuse a statement that nothing carries."""
        if not self.citations:
            message = f"a statement without a citation: {self.text[:80]!r}"
            raise UncitedAnswer(message)

    @property
    def parts(self) -> tuple["Statement", ...]:
        """What is shown, from top to bottom: what it stands under, if anything, and itself."""
        return (*self.heads, self)

    @property
    def sources(self) -> tuple[Citation, ...]:
        """The citations of all that is shown; its head's only where that is on another page."""
        pages = {citation.page_number for citation in self.citations}
        above = {c.page_number: c for head in self.heads for c in head.citations}
        return (*(c for page, c in above.items() if page not in pages), *self.citations)

    @property
    def sentences(self) -> list[str]:
        """The sentences, list items and table rows that are quoted, as they stand on the page."""
        return [
            self.passage.text[sentence.start_char : sentence.end_char]
            for sentence in self.passage.sentences
            if self.start_char <= sentence.start_char and sentence.end_char <= self.end_char
        ]


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadSentence:
    """A sentence of a quotation that a language model has chosen to stand above the answer."""

    text: str
    number: int  # of the quotation in its answer, from 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The publications answer the question in these words."""

    question: str  # as asked
    understood: str  # as searched: with what an earlier question adds to it
    statements: tuple[Statement, ...]
    evidence: tuple[ScoredPassage, ...]
    release: int
    language: Language = Language.ENGLISH  # of the question; quotations stay as published
    # How well the publications carry an answer: the reader's log-odds; without a reader, nearness
    # and shared terms (0 … 2). Refused below a bound of the settings.
    support: float = 0.0
    sure: bool = True  # whether the reader finds it likely enough that the quotations answer
    note: str = ""  # that the publications quoted differ; "" when they do not
    # Of a question that asks several things those that no quotation answers.
    unanswered: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()  # and those that the quotations less likely than not answer
    lead: tuple[LeadSentence, ...] = ()  # chosen by a language model; empty without one

    def __post_init__(self) -> None:
        """Refuse an answer that says nothing."""
        if not self.statements:
            message = f"an answer without a statement: {self.question[:80]!r}"
            raise UncitedAnswer(message)


class Reason(StrEnum):
    """Why there is no answer."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    NO_WORDS = "no words"
    NOTHING_BEFORE = "nothing before"
    UNKNOWN_WORDS = "unknown words"
    NOT_COVERED = "not covered"
    NOT_ANSWERED = "touched on, not answered"


@dataclass(frozen=True, kw_only=True, slots=True)
class Abstention:
    """The publications do not answer the question; the nearest passages are related, no answer."""

    question: str
    understood: str
    reason: Reason | Route
    message: str  # in plain words
    evidence: tuple[ScoredPassage, ...]
    related: tuple[Statement, ...]  # quotations offered as related reading
    release: int
    language: Language = Language.ENGLISH
    support: float = 0.0  # as of an answer


Reply = Answer | Abstention
