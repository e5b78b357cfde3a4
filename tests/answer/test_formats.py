import datetime as dt
import json
from dataclasses import replace

from answer.cite import cite
from answer.formats import page_name, quoted_lines, reply_lines, reply_record, reply_text
from answer.reply import Abstention, Answer, Language, Reason, Statement
from ingest.document import Page, Passage
from tests.answer.making import page, scored, sentence_passage
from tests.make_pdf import document, grid_of, pages_of, passages_of, raw_pdf, words_at

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
        "  Source 1: The guide, Second, issued 2026-11-22, p. iv (page 1 of the file)\n"
        "\n"
        "(index release 4)"
    )


def test_an_address_is_not_cut_in_the_terminal() -> None:
    address = f"https://example.org/{'a-' * 50}z"
    quoted = sentence_passage(f"See {address} for it.")
    statement = cite(quoted, 0, len(quoted.text), {("guide", 1): page(quoted.text, label="iv")})
    assert statement is not None
    assert f"  {address}\n" in reply_text(replace(_answer(), statements=(statement,)), _DOCUMENTS)


def test_a_part_that_nothing_answers_is_named_below_the_quotations() -> None:
    reply = replace(_answer(), unanswered=("who pays for it?",))
    assert reply_text(reply, _DOCUMENTS) == (
        "  Trust comes first.\n"
        "  Source 1: The guide, Second, issued 2026-11-22, p. iv (page 1 of the file)\n"
        "\n"
        "I found no page that answers this part of your question: “who pays for it?”\n"
        "\n"
        "(index release 4)"
    )
    assert reply_record(reply, _DOCUMENTS)["unanswered"] == ["who pays for it?"]
    doubted = replace(_answer(), doubted=("who pays for it?",))
    told = "I am not sure that the quotations answer this part of your question: “who pays for it?”"
    assert told in reply_text(doubted, _DOCUMENTS).splitlines()
    assert reply_record(doubted, _DOCUMENTS)["doubted"] == ["who pays for it?"]


def test_doubt_stands_above_the_quotations() -> None:
    reply = replace(_answer(), sure=False)
    assert reply_text(reply, _DOCUMENTS).startswith(
        "I am not sure that this answers your question. It is the closest match in the loaded\n"
        "publications. Read it carefully before you rely on it.\n\n  Trust comes first.\n"
    )
    assert reply_record(reply, _DOCUMENTS)["sure"] is False
    in_spanish = replace(reply, language=Language.SPANISH)
    assert reply_text(in_spanish, _DOCUMENTS).startswith("No está comprobado que estas citas")
    record = reply_record(in_spanish, _DOCUMENTS)
    assert reply_lines(record)[0].startswith("No está comprobado que estas citas")
    assert reply_record(_answer(), _DOCUMENTS)["sure"] is True
    assert reply_record(_abstention(), _DOCUMENTS)["sure"] is False


def test_an_abstention_as_text_shows_what_was_understood_and_what_is_related() -> None:
    assert reply_text(_abstention(), _DOCUMENTS) == (
        "Understood as: Who leads? Why?\n\nNot covered.\n\n"
        "Related passages, not an answer:\n\n  Trust comes first.\n"
        "  Source 1: The guide, Second, issued 2026-11-22, p. iv (page 1 of the file)\n\n"
        "(index release 4)"
    )


def test_what_surrounds_the_quotations_is_in_the_language_of_the_question() -> None:
    in_spanish = replace(_abstention(), language=Language.SPANISH)
    text = reply_text(in_spanish, _DOCUMENTS)
    assert "Buscado en inglés como: Who leads?" in text
    assert "Pasajes relacionados, no son una respuesta:" in text
    assert "Related" not in text


def test_an_answer_as_data() -> None:
    record = json.loads(json.dumps(reply_record(_answer(), _DOCUMENTS)))
    assert (record["kind"], record["reason"], record["release"]) == ("answer", None, 4)
    assert record["statements"] == [
        {
            "text": "Trust comes first.",
            "notes": [],
            "citations": [
                {
                    "doc_id": "guide",
                    "title": "The guide",
                    "file": "guide.pdf",
                    "page_number": 1,
                    "page_label": "iv",
                    "quote": "Trust comes first.",
                    "ocr_confidence": None,
                }
            ],
        }
    ]
    assert record["ranking"] == [{"file": "guide.pdf", "page_number": 1, "score": 1.0}]


def test_an_abstention_as_data_states_no_answer() -> None:
    record = reply_record(_abstention(), _DOCUMENTS)
    assert (record["kind"], record["reason"]) == ("abstention", "not covered")
    assert record["statements"] == []
    assert record["related"][0]["text"] == "Trust comes first."


def _row() -> tuple[Statement, Passage, Page]:
    """A row of a ruled table, cited with its heads, whose words are drawn line by line."""
    grid = grid_of((72, 200, 330), (180, 200, 230))
    heads = words_at((76, 194, "County"), (204, 194, "Beds"), font="/F2")
    cells = words_at(
        *[(76, 214, "Alameda and"), (204, 214, "twelve in"), (76, 226, "its towns")],
        (204, 226, "all"),
    )
    (made_page,) = pages_of(raw_pdf(f"{grid} {heads} {cells}"))
    (made,) = passages_of([made_page])
    head, row = (
        cite(made, s.start_char, s.end_char, {("test", 1): made_page}) for s in made.sentences
    )
    assert head is not None
    assert row is not None
    return replace(row, heads=(head,)), made, made_page


def _row_answer() -> Answer:
    statement, made, _ = _row()
    return Answer(
        question="How many beds?",
        understood="How many beds?",
        statements=(statement,),
        evidence=(scored(made, 0.1, 0.9),),
        release=4,
    )


_TABLE_DOCUMENTS = {"test": document("test.pdf", "The guide")}


def test_a_row_is_shown_under_its_heads() -> None:
    statement, _, _ = _row()
    assert quoted_lines(statement) == ["County | Beds", "Alameda and its towns | twelve in all"]
    assert quoted_lines(replace(statement, heads=())) == ["Alameda and its towns | twelve in all"]
    assert reply_text(_row_answer(), _TABLE_DOCUMENTS).splitlines()[:2] == [
        "  County | Beds",
        "  Alameda and its towns | twelve in all",
    ]


def test_the_data_of_a_row_quote_its_heads_and_every_piece_as_it_stands_in_the_file() -> None:
    (statement,) = reply_record(_row_answer(), _TABLE_DOCUMENTS)["statements"]
    assert statement["text"] == "County | Beds\nAlameda and its towns | twelve in all"
    assert [citation["quote"] for citation in statement["citations"]] == [
        "County\nBeds",
        "Alameda and",
        "its towns",
        "twelve in",
        "all",
    ]
    assert {citation["page_number"] for citation in statement["citations"]} == {1}
