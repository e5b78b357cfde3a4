"""Passages of a few invented sentences: what of them is quoted is whole or torn at sight."""

import pytest

from answer.reply import Citation, Statement
from eval.whole_sentences import prose_is_whole, torn_quotations
from ingest.document import Passage, SentenceKind
from tests.answer.making import passage, sentence_passage

FIRST = "The county meets in May."
SECOND = "[2] members of the board vote by hand.12"


def quoted(found: Passage, words: str) -> Statement:
    start = found.text.index(words)
    end = start + len(words)
    citation = Citation(
        passage_id=found.passage_id,
        doc_id=found.doc_id,
        cited_text=words,
        page_number=1,
        page_label=None,
        start_char=start,
        end_char=end,
        pieces=(words,),
    )
    return Statement(
        text=words, passage=found, start_char=start, end_char=end, citations=(citation,)
    )


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        (FIRST, True),
        ("meets in May.", False),  # torn at its beginning
        ("The county meets", False),  # and at its end
        (SECOND, True),  # a note mark follows its full stop
        (f"{FIRST}\n{SECOND}", True),
    ],
)
def test_running_text_is_whole_when_it_begins_and_ends_as_sentences_do(
    words: str,
    whole: bool,  # noqa: FBT001  # what is expected
) -> None:
    assert prose_is_whole(quoted(sentence_passage(FIRST, SECOND), words)) is whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("• Ask first.", True),
        ("“Ask first,” she says.", True),
        ("3 days are enough (see the annex).", True),
        ("¿Quién pregunta?", True),
        ("and then they ask.", False),  # nothing ends before it
        ("They ask the following:", False),
    ],
)
def test_how_a_paragraph_may_begin_and_end(
    text: str,
    whole: bool,  # noqa: FBT001  # what is expected
) -> None:
    assert prose_is_whole(quoted(sentence_passage(text), text)) is whole


def test_what_follows_a_sentence_may_begin_small() -> None:
    found = sentence_passage(FIRST, "iPads are lent.")
    assert prose_is_whole(quoted(found, "iPads are lent.")) is True


def test_items_and_rows_are_left_out() -> None:
    found = passage(
        ("They bring:", SentenceKind.LEAD_IN, 0, True),
        ("a pen", SentenceKind.LIST_ITEM, 1, True),
        ("Nobody brings food.", SentenceKind.SENTENCE, 2, True),
    )
    assert prose_is_whole(quoted(found, "They bring:\na pen")) is None
    assert prose_is_whole(quoted(found, found.text)) is True
    assert torn_quotations(
        [quoted(found, "a pen"), quoted(found, "Nobody brings"), quoted(found, found.text)]
    ) == (2, ("Nobody brings",))
