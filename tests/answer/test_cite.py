from dataclasses import replace

from answer.cite import cite, flow
from ingest.document import Page, PageSpan, Passage, SentenceKind
from ingest.symbols import GAP
from tests.answer.making import page, passage, sentence_passage
from tests.make_pdf import grid_of, pages_of, passages_of, raw_pdf, typst_pdf, words_at

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


_TABLE = (
    "Words before it.\n\n#table(columns: (90pt, 70pt, 70pt), "
    "table.header([County], [Beds], [Staff]), table.cell(colspan: 3)[Northern counties], "
    "[Alameda and its small towns], [], [5], [Kern], [7], [11])"
)


def _read(pdf: bytes) -> tuple[Passage, dict[tuple[str, int], Page]]:
    """The only passage of a PDF, and its pages."""
    pages = pages_of(pdf)
    (made,) = passages_of(pages)
    return made, _pages(*pages)


def _flows(made: Passage) -> list[str]:
    return [flow(made, s.start_char, s.end_char) for s in made.sentences]


def test_the_cells_of_a_row_stand_between_bars_under_their_heads() -> None:
    made, _ = _read(typst_pdf(_TABLE))
    assert _flows(made) == [
        "Words before it.",
        "County | Beds | Staff",
        "Northern counties",
        "Alameda and its small towns |  | 5",
        "Kern | 7 | 11",
    ]


def test_rows_that_are_quoted_together_stand_each_on_its_line() -> None:
    made, _ = _read(typst_pdf(_TABLE))
    start = made.sentences[2].start_char
    assert flow(made, start, len(made.text)).splitlines() == [
        "Northern counties",
        "Alameda and its small towns |  | 5",
        "Kern | 7 | 11",
    ]


def test_a_part_of_a_row_has_no_bars() -> None:
    made, _ = _read(typst_pdf(_TABLE))
    row = made.sentences[-1]
    assert flow(made, row.start_char, row.end_char - 3) == "Kern 7"


def test_a_row_is_cited_verbatim() -> None:
    made, pages = _read(typst_pdf(_TABLE))
    row = made.sentences[-1]
    statement = cite(made, row.start_char, row.end_char, pages)
    assert statement is not None
    assert (statement.text, statement.heads) == ("Kern | 7 | 11", ())
    (citation,) = statement.citations
    assert (citation.cited_text, citation.pieces) == ("Kern\n7\n11", ("Kern\n7\n11",))


def test_the_pieces_of_a_row_stand_in_the_file_as_they_stand_in_the_citation() -> None:
    grid = grid_of((72, 200, 330), (200, 230, 260))
    words = words_at(
        *[(76, 214, "Alameda and"), (204, 214, "open all"), (76, 226, "its towns")],
        *[(204, 226, "night"), (76, 244, "Kern"), (204, 244, "closed")],
    )
    made, pages = _read(raw_pdf(f"{grid} {words}"))
    row = made.sentences[0]
    statement = cite(made, row.start_char, row.end_char, pages)
    assert statement is not None
    assert statement.text == "Alameda and its towns | open all night"
    (citation,) = statement.citations
    assert citation.cited_text == "Alameda and\nits towns\nopen all\nnight"
    assert citation.pieces == ("Alameda and", "its towns", "open all", "night")


def test_a_quotation_in_the_order_of_the_file_is_one_piece() -> None:
    statement = cite(_ONE, 0, 34, _pages(page(_ONE.text)))
    assert statement is not None
    (citation,) = statement.citations
    assert citation.pieces == ("Trust comes first.\nIt takes years.",)


def test_a_gap_of_the_page_stays_one() -> None:
    made = passage((f"A loan\nof{GAP}days.", SentenceKind.SENTENCE, 0, True))
    assert flow(made, 0, len(made.text)) == f"A loan of{GAP}days."
