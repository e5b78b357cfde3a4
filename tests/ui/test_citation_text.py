import datetime as dt
from dataclasses import replace

from answer.reply import Abstention, Answer, Citation, Reason
from tests.make_pdf import document
from tests.ui.test_quote import statement
from ui.citation_text import citation_text, conversation_text
from ui.reference import PageReference
from ui.session import Turn

_DOCUMENTS = {
    "d": replace(
        document("d.pdf", "Guide"),
        publisher="Alder County",
        edition="2nd edition",
        issued=dt.date(2024, 5, 1),
        source_url="https://alder.example/guide",
    )
}
_QUOTED = replace(statement("Ask first.[1]", 0, 13, [(0, 13, True)]), notes=("It is old.",))
_CITATION = """\
“Ask first.[1]”
Guide, 2nd edition, issued 2024-05-01, page 1 of the file
Issued by Alder County
It is old.
http://localhost/source?doc=d&page=1&start=0&end=13&release=7
https://alder.example/guide"""


def _link(citation: Citation, release: int) -> str:
    return PageReference.of(citation, release).address("http://localhost")


def test_a_citation_has_words_publication_page_and_addresses() -> None:
    assert citation_text(_QUOTED, _DOCUMENTS, 7, _link) == _CITATION


def test_what_is_not_known_has_no_line() -> None:
    bare = {"d": document("d.pdf", "Guide")}
    text = citation_text(replace(_QUOTED, notes=()), bare, 7, lambda *_: "")
    assert text == "“Ask first.[1]”\nGuide, date not recorded, page 1 of the file"


def test_a_conversation_holds_questions_answers_and_refusals_in_order() -> None:
    answer = Answer(
        question="What first?",
        understood="What first?",
        statements=(_QUOTED,),
        evidence=(),
        release=7,
        unanswered=("And then?",),
    )
    refusal = Abstention(
        question="And bail?",
        understood="And bail?",
        reason=Reason.NOT_COVERED,
        message="I found nothing.",
        evidence=(),
        related=(_QUOTED,),
        release=7,
    )
    turns = [
        Turn(number=number, question=question, reply=reply, documents=_DOCUMENTS)
        for number, question, reply in (
            (1, "What first?", answer),
            (2, "And bail?", refusal),
            (3, "And now?", None),
        )
    ]
    text = conversation_text(turns, _link, saved=dt.date(2026, 1, 2))
    assert text.startswith("Questions and replies, saved on 2026-01-02.")
    assert text.split("\n\n", 1)[1] == (
        f"Question 1: What first?\n\nSource 1\n{_CITATION}\n\n"
        "I found no page that answers this part of your question: “And then?”\n\n"
        "Question 2: And bail?\n\nI found nothing.\n\nRelated passages, not an answer\n\n"
        f"Source 1\n{_CITATION}\n\n"
        "Question 3: And now?\n\nNot searched: too many others were asking.\n"
    )
