import datetime as dt
import json
from dataclasses import replace

from answer.cite import cite
from answer.formats import page_name, reply_record, reply_text
from answer.reply import Abstention, Answer, Reason
from tests.answer.making import page, scored, sentence_passage
from tests.make_pdf import document

_PASSAGE = sentence_passage("Trust comes first.", "It takes years.")
_DOCUMENTS = {
    "guide": replace(
        document("guide.pdf", "The guide"), edition="Second", issued=dt.date(2026, 11, 22)
    )
}


def _answer() -> Answer:
    statement = cite(_PASSAGE, 0, 18, {("guide", 1): page(_PASSAGE.text, label="iv")})
    assert statement is not None
    return Answer(
        question="What  comes first?",
        understood="What comes first?",
        statements=(statement,),
        evidence=(scored(_PASSAGE, 0.9, 0.1, score=0.81234),),
        release=4,
    )


def _abstention() -> Abstention:
    return Abstention(
        question="Why?",
        understood="Who leads? Why?",
        reason=Reason.NOT_COVERED,
        message="Not covered.",
        evidence=(scored(_PASSAGE, 0.9, 0.1),),
        related=_answer().statements,
        release=4,
    )


def test_a_page_is_named_by_its_label_and_its_number_in_the_file() -> None:
    assert page_name(12, "xii") == "p. xii (page 12 of the file)"
    assert page_name(12, None) == "page 12 of the file"


def test_an_answer_as_text() -> None:
    assert reply_text(_answer(), _DOCUMENTS) == (
        "  Trust comes first.\n"
        "  [1] The guide, Second, issued 2026-11-22, p. iv (page 1 of the file)\n"
        "\n"
        "(index release 4)"
    )


def test_an_abstention_as_text_shows_what_was_understood_and_what_is_related() -> None:
    assert reply_text(_abstention(), _DOCUMENTS) == (
        "Understood as: Who leads? Why?\n\nNot covered.\n\n"
        "Related passages, not an answer:\n\n  Trust comes first.\n"
        "  [1] The guide, Second, issued 2026-11-22, p. iv (page 1 of the file)\n\n"
        "(index release 4)"
    )


def test_an_answer_as_data() -> None:
    record = json.loads(json.dumps(reply_record(_answer(), _DOCUMENTS)))
    assert (record["kind"], record["reason"], record["release"]) == ("answer", None, 4)
    assert record["statements"] == [
        {
            "text": "Trust comes first.",
            "citations": [
                {
                    "doc_id": "guide",
                    "title": "The guide",
                    "file": "guide.pdf",
                    "page_number": 1,
                    "page_label": "iv",
                    "quote": "Trust comes first.",
                }
            ],
        }
    ]
    assert record["ranking"] == [{"file": "guide.pdf", "page_number": 1, "score": 0.8123}]


def test_an_abstention_as_data_states_no_answer() -> None:
    record = reply_record(_abstention(), _DOCUMENTS)
    assert (record["kind"], record["reason"]) == ("abstention", "not covered")
    assert record["statements"] == []
    assert record["related"][0]["text"] == "Trust comes first."
