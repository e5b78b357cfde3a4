from dataclasses import replace

from answer.cite import cite, flow
from ingest.document import Page, PageSpan, SentenceKind
from tests.answer.making import page, passage, sentence_passage

_ONE = sentence_passage("Trust comes first.", "It takes years.")
_OVER = replace(
    sentence_passage("Trust is built by\nmany small acts."),
    spans=(
        PageSpan(page_number=4, start_char=7, end_char=24),
        PageSpan(page_number=5, start_char=0, end_char=16),
    ),
)


def _pages(*pages: Page) -> dict[tuple[str, int], Page]:
    return {(p.doc_id, p.number): p for p in pages}


def test_a_quotation_is_read_from_its_page() -> None:
    statement = cite(_ONE, 19, 34, _pages(page(_ONE.text, label="iv")))
    assert statement is not None
    assert statement.text == "It takes years."
    (citation,) = statement.citations
    assert (citation.cited_text, citation.page_number, citation.page_label) == (
        "It takes years.",
        1,
        "iv",
    )
    assert (citation.start_char, citation.end_char) == (19, 34)


def test_a_quotation_over_a_page_break_has_two_citations() -> None:
    pages = _pages(page("Before Trust is built by", 4), page("many small acts. After.", 5))
    statement = cite(_OVER, 0, len(_OVER.text), pages)
    assert statement is not None
    assert statement.text == "Trust is built by many small acts."
    assert [(c.page_number, c.cited_text) for c in statement.citations] == [
        (4, "Trust is built by"),
        (5, "many small acts."),
    ]


def test_words_that_do_not_stand_on_the_page_are_not_quoted() -> None:
    changed = _ONE.text.replace("years", "weeks")
    assert cite(_ONE, 0, 34, _pages(page(changed))) is None
    assert cite(_ONE, 0, 34, _pages(page(_ONE.text[:20]))) is None
    assert cite(_ONE, 0, 34, {}) is None
    assert cite(_OVER, 0, len(_OVER.text), _pages(page("Before Trust is built by", 4))) is None


def test_nothing_is_quoted_of_an_empty_stretch() -> None:
    assert cite(_ONE, 5, 5, _pages(page(_ONE.text))) is None


def test_line_breaks_are_folded_and_items_keep_their_own_line() -> None:
    made = passage(
        ("The two\nduties:", SentenceKind.LEAD_IN, 0, True),
        ("• to\nheal;", SentenceKind.LIST_ITEM, 0, True),
        ("• to end.", SentenceKind.LIST_ITEM, 0, True),
        ("Soon.", SentenceKind.LIST_ITEM, 0, False),
    )
    assert flow(made, 0, len(made.text)) == "The two duties:\n• to heal;\n• to end. Soon."
