import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from answer.pipeline import Assistant
from answer.reply import Abstention, Answer, Reason, Statement
from index.retriever import ScoredPassage
from ingest.pdfium.glyphs import page_text
from tests.answer.making import scored
from tests.make_pdf import folded

_QUESTIONS = [
    "What are the five principles?",
    "What is shared safety?",
    "Who should be involved in defining well-being?",
    "How many counties reported using a pretrial risk tool?",
    "What are the five stages of a principle page?",
    "What share of survivors report the crime to police?",
    "Would the framework abolish jails?",
    "What is Proposition 36?",
    "What are adverse childhood experiences linked with?",
    "What did Stockton do?",
    "Who is Daniel Hahn?",
    "What is the Wellbeing Blueprint?",
    "What questions should be asked about survivors?",
    "Which sections does the reader find in each practice?",
    "What is the first measure for the public health frame?",
    "When was Toward Shared Safety issued?",
]


def _statements(assistant: Assistant, question: str) -> tuple[Statement, ...]:
    reply = assistant.answer_question(question)
    return reply.statements if isinstance(reply, Answer) else reply.related


def test_the_five_principles_are_quoted_from_their_page(assistant: Assistant) -> None:
    reply = assistant.answer_question("what are the five principles")
    assert isinstance(reply, Answer)
    citations = [c for s in reply.statements for c in s.citations]
    assert ("starter-overview", 4, "1") in {
        (c.doc_id, c.page_number, c.page_label) for c in citations
    }
    quoted = "\n".join(folded(statement.text) for statement in reply.statements)
    for title in (
        "Shifting to a Public Health Frame",
        "Well-Being is Safety",
        "Crime Survivors at the Center",
        "Breaking the Cycle of Harm",
        "Making the System Work",
    ):
        assert title in quoted


def test_what_the_publications_do_not_cover_is_not_answered(assistant: Assistant) -> None:
    reply = assistant.answer_question("What is the current bail schedule in Alameda County?")
    assert isinstance(reply, Abstention)
    assert reply.reason in (Reason.NOT_COVERED, Reason.NOT_ANSWERED)
    assert len(reply.related) <= assistant.settings.max_related


class _ReaderOf:
    """A reader that finds an answer to some questions where some words stand, and to no other."""

    def __init__(self, words_by_question: dict[str, str]) -> None:
        self._words = words_by_question

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        words = [w for asked, w in self._words.items() if asked in question.lower()]
        return [3.0 if any(w in text for w in words) else -9.0 for text in texts]


class _EvenReader:
    """A reader that gives the same log-odds to whatever it reads."""

    def __init__(self, log_odds: float) -> None:
        self._log_odds = log_odds

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        return [self._log_odds for _ in texts if question]


@pytest.mark.parametrize(("log_odds", "sure"), [(0.1, True), (0.0, True), (-0.1, False)])
def test_an_answer_that_is_less_likely_than_not_is_doubted(
    assistant: Assistant, log_odds: float, *, sure: bool
) -> None:
    reading = replace(assistant, reader=_EvenReader(log_odds), vector_of=None)
    reply = reading.answer_question("What are the five principles?")
    assert isinstance(reply, Answer)
    assert reply.sure is sure


def test_what_the_passages_hardly_carry_is_answered_only_where_the_reader_is_sure(
    assistant: Assistant,
) -> None:
    strict = replace(
        assistant, settings=replace(assistant.settings, min_support=9.0), vector_of=None
    )
    sure = replace(strict, reader=_EvenReader(0.1)).answer_question("What are the five principles?")
    assert isinstance(sure, Answer)
    for reader in (_EvenReader(-0.1), None):
        reply = replace(strict, reader=reader).answer_question("What are the five principles?")
        assert isinstance(reply, Abstention)
        assert reply.reason is Reason.NOT_COVERED


def test_what_nobody_has_read_is_doubted(assistant: Assistant) -> None:
    sure = replace(assistant, reader=_EvenReader(9.0), vector_of=None)
    spanish = sure.answer_question("¿Cuáles son los cinco principios?")
    assert isinstance(spanish, Answer)
    assert not spanish.sure
    unread = replace(sure, reader=None).answer_question("What are the five principles?")
    assert isinstance(unread, Answer)
    assert not unread.sure


def test_each_part_of_a_question_is_quoted_and_the_missing_one_is_named(
    assistant: Assistant,
) -> None:
    principles, ferry = "what are the five principles", "who repairs the ferry"
    knows = _ReaderOf({principles: "Public Health Frame", "survivors report": "41%"})
    reading = replace(assistant, reader=knows, vector_of=None)
    reply = reading.answer_question(f"{principles}, and {ferry}?")
    assert isinstance(reply, Answer)
    assert "Public Health Frame" in reply.statements[0].text
    assert reply.unanswered == (f"{ferry}?",)
    both = reading.answer_question(
        f"What share of survivors report the crime to police, and {principles}?"
    )
    assert isinstance(both, Answer)
    assert "41%" in both.statements[0].text
    assert "Public Health Frame" in folded("\n".join(s.text for s in both.statements[1:]))
    assert both.unanswered == ()
    unsure = replace(reading, settings=replace(reading.settings, min_answering=-99.0))
    doubted = unsure.answer_question(f"{principles}, and {ferry}?")
    assert isinstance(doubted, Answer)
    assert (doubted.sure, doubted.doubted, doubted.unanswered) == (True, (f"{ferry}?",), ())
    neither = reading.answer_question(f"{ferry}, and when does the ferry leave?")
    assert isinstance(neither, Abstention)


def test_a_part_that_names_nothing_keeps_the_place_that_the_question_names(
    assistant: Assistant,
) -> None:
    finds_all = _ReaderOf({"": ""})
    reading = replace(assistant, reader=finds_all, vector_of=None)
    reply = reading.answer_question(
        "How many people are on probation in Quahogville, and how many were sent back to jail?"
    )
    assert isinstance(reply, Abstention)
    assert "Quahogville" in reply.message


def test_a_follow_up_is_asked_of_the_place_that_was_named_before(assistant: Assistant) -> None:
    settings = replace(assistant.settings, min_support=0.0)
    finds_all = _ReaderOf({"": ""})
    reading = replace(assistant, settings=settings, reader=finds_all, vector_of=None)
    follow_up = "And how many were sent back to jail?"
    nowhere = reading.answer_question(
        follow_up, ["How many people are on probation in Quahogville?"]
    )
    assert isinstance(nowhere, Abstention)
    assert "Quahogville" in nowhere.message
    assert isinstance(
        reading.answer_question(follow_up, ["How many people are on probation in Stockton?"]),
        Answer,
    )


def test_a_short_question_that_names_its_subject_is_also_asked_by_itself(
    assistant: Assistant,
) -> None:
    before = ["How many people are on probation in Stockton?"]
    asked = "What did Stockton's police do?"
    reply = assistant.answer_question(asked, before)
    assert isinstance(reply, Answer)
    assert reply.understood == asked
    assert reply.statements == _statements(assistant, asked)
    in_vain = assistant.answer_question("And in Fresno?", before)
    assert isinstance(in_vain, Abstention)


def test_an_example_question_is_answered_whatever_was_asked_before(assistant: Assistant) -> None:
    asked = "What are the five principles?"
    for before in (
        "Who should be involved in defining well-being?",
        "What is restorative justice?",
        "What should I cook for dinner?",
    ):
        reply = assistant.answer_question(asked, [before])
        assert isinstance(reply, Answer), before
        assert "Shifting to a Public Health Frame" in folded(reply.statements[0].text), before


class _WordReader:
    """A reader by which what holds a word of the question's last sentence answers it."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        return [6.0 if "41%" in text and "41%" in question else 2.0 for text in texts]


def test_a_follow_up_is_read_with_and_without_what_it_leans_on(assistant: Assistant) -> None:
    reading = replace(assistant, reader=_WordReader(), vector_of=None)
    before = "What share of survivors report the crime to police: 41%?"
    alone = reading.answer_question(before)
    follow_up = reading.answer_question("And why do so few do that?", [before])
    assert isinstance(alone, Answer)
    assert isinstance(follow_up, Answer)
    assert alone.support == 6.0
    assert follow_up.support == (6.0 + 2.0) / 2


def test_the_short_answer_is_one_quotation_and_all_of_it(assistant: Assistant) -> None:
    asked = "What are the five principles?"
    reply = assistant.answer_question(asked)
    short = assistant.answer_question("shorter", [asked])
    assert isinstance(reply, Answer)
    assert isinstance(short, Answer)
    assert short.statements == reply.statements[: len(short.statements)]
    assert len(short.statements) < len(reply.statements)
    assert "Making the System Work" in folded("\n".join(s.text for s in short.statements))


def test_a_comparison_is_asked_of_each_side_and_the_missing_one_is_named(
    assistant: Assistant,
) -> None:
    asked = "What did the police do in Stockton and in Quahogville?"
    reading = replace(assistant, reader=_ReaderOf({"": "listening sessions"}), vector_of=None)
    reply = reading.answer_question(asked)
    assert isinstance(reply, Answer)
    assert "listening sessions" in reply.statements[0].text
    assert reply.unanswered == ("What did the police do in Quahogville?",)
    both = reading.answer_question("What did the police do in Stockton and in Sacramento?")
    assert isinstance(both, Answer)
    assert both.unanswered == ()  # the page tells of both


def test_a_follow_up_is_no_question_in_parts(assistant: Assistant) -> None:
    reading = replace(assistant, reader=_ReaderOf({"": ""}), vector_of=None)
    reply = reading.answer_question("and who leads it?", ["What did Stockton do?"])
    assert reply.understood == "What did Stockton do? and who leads it?"
    assert isinstance(reply, Answer)
    assert reply.unanswered == ()
    none = replace(reading, reader=_ReaderOf({"and who leads it": ""}))
    reply = none.answer_question("and who leads it?", ["What did Stockton do?"])
    assert isinstance(reply, Answer)
    assert reply.unanswered == ()


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", Reason.EMPTY),
        ("x" * 501, Reason.TOO_LONG),
        ("   ", Reason.EMPTY),
        ("?!", Reason.NO_WORDS),
    ],
)
def test_what_cannot_be_searched_is_told_why(
    assistant: Assistant, question: str, reason: Reason
) -> None:
    reply = assistant.answer_question(question)
    assert isinstance(reply, Abstention)
    assert (reply.reason, reply.evidence, reply.related) == (reason, (), ())


def test_words_that_stand_nowhere_are_said_to_be_unknown(assistant: Assistant) -> None:
    reply = assistant.answer_question("Zamboni quetzal")
    assert isinstance(reply, Abstention)
    assert reply.reason is Reason.UNKNOWN_WORDS
    assert "None of the words you typed appears in the loaded publications." in reply.message


def test_a_question_asked_twice_has_the_same_reply(assistant: Assistant) -> None:
    question = "Who should be involved in defining well-being?"
    assert assistant.answer_question(question) == assistant.answer_question(question)


def test_a_follow_up_is_understood_with_the_question_before(assistant: Assistant) -> None:
    reply = assistant.answer_question("And who leads it?", ["How is well-being defined?"])
    assert reply.question == "And who leads it?"
    assert reply.understood == "How is well-being defined? And who leads it?"


@pytest.mark.parametrize("question", _QUESTIONS)
def test_every_quotation_stands_on_its_page(assistant: Assistant, question: str) -> None:
    statements = _statements(assistant, question)
    assert statements
    for statement in statements:
        without_bars = statement.text.replace(" | ", " ")  # they part the cells of a table row
        assert "".join(without_bars.split()) == "".join(
            "".join(c.cited_text for c in statement.citations).split()
        )
        for citation in statement.citations:
            pdf = assistant.release.pdf_bytes(citation.doc_id)
            by_pdfium = page_text(pdf, citation.page_number, file=citation.doc_id)
            assert folded(citation.cited_text) in _joined(by_pdfium)
            by_pypdf = pypdf.PdfReader(BytesIO(pdf)).pages[citation.page_number - 1].extract_text()
            assert _bare(citation.cited_text) in _bare(by_pypdf)


def test_most_of_these_questions_are_answered(assistant: Assistant) -> None:
    replies = [assistant.answer_question(question) for question in _QUESTIONS]
    assert sum(isinstance(reply, Answer) for reply in replies) >= 12


def test_words_that_left_their_page_are_never_shown(assistant: Assistant) -> None:
    emptied = {key: replace(page, text="") for key, page in assistant.release.pages.items()}
    changed = replace(assistant, release=replace(assistant.release, pages=emptied))
    reply = changed.answer_question("What are the five principles?")
    assert isinstance(reply, Abstention)
    assert reply.related == ()


def test_any_retriever_may_rank_the_passages(assistant: Assistant) -> None:
    class FirstPassages:
        """Ranks the passages in the order of the publications."""

        def retrieve(
            self, query: str, *, k: int, doc_ids: Collection[str] | None = None
        ) -> list[ScoredPassage]:
            assert doc_ids is None  # every publication of the digest is current
            assert query == "What is shared safety?"
            return [
                scored(p, *[0.9] * len(p.sentences), score=1 - n / 100, rank=n + 1, dense=0.9)
                for n, p in enumerate(assistant.release.passages[:k])
            ]

    ranked = replace(assistant, retriever=FirstPassages(), reader=None)  # whatever it would find
    reply = ranked.answer_question("What is shared safety?")
    assert isinstance(reply, Answer)
    assert [e.rank for e in reply.evidence] == list(range(1, 51))


def _joined(by_pdfium: str) -> str:
    """pdfium's text with white space folded and words broken at line ends joined."""
    return folded(re.sub(r"[\ufffe\x02]\s*", "", by_pdfium))


def _bare(text: str) -> str:
    """A text without white space, ligatures and hyphens."""
    return re.sub(r"[\s\-\u00ad\u2010\ufffe\x02]", "", unicodedata.normalize("NFKC", text))
