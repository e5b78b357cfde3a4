"""Rows of a table are drawn as one, list items as items, and every word stays."""

from dataclasses import replace

from answer.cite import flow
from answer.reply import Citation, Statement
from ingest.document import Cell, PageSpan, Passage, Sentence, SentenceKind
from tests.make_pdf import document
from tests.ui.test_quote import read
from ui.quote import quotation_html

_DOCUMENTS = {"d": replace(document("d.pdf", "D"), publisher="Alder <County>")}


def _sentence(text: str, line: str, kind: SentenceKind, *cells: str) -> Sentence:
    """A line of the text; with cells, a row of them from the first column on, "" for none."""
    start = text.index(line)
    end = start + len(line)
    return Sentence(
        start_char=start,
        end_char=end,
        kind=kind,
        block=3,
        opens=True,
        cells=tuple(
            Cell(
                column=column,
                start_char=text.index(cell, start, end),
                end_char=text.index(cell, start, end) + len(cell),
            )
            for column, cell in enumerate(cells)
            if cell
        ),
    )


def _statement(text: str, sentences: tuple[Sentence, ...], start: int = 0) -> Statement:
    passage = Passage(
        passage_id="p",
        doc_id="d",
        heading_path=(),
        text=text,
        spans=(PageSpan(page_number=1, start_char=0, end_char=len(text)),),
        sentences=sentences,
    )
    citation = Citation(
        passage_id="p",
        doc_id="d",
        cited_text=text[start:],
        page_number=1,
        page_label=None,
        start_char=start,
        end_char=len(text),
        pieces=(text[start:],),
    )
    return Statement(
        text=flow(passage, start, len(text)),
        passage=passage,
        start_char=start,
        end_char=len(text),
        citations=(citation,),
    )


_TABLE = "Table 1: Grants\nCounty Sum Year\nAlder\nBirch 5 < 6[2] 2019\nCedar 2020"
_ROWS = (
    _sentence(_TABLE, "Table 1: Grants", SentenceKind.CAPTION),
    _sentence(_TABLE, "County Sum Year", SentenceKind.TABLE_HEAD, "County", "Sum", "Year"),
    _sentence(_TABLE, "Alder", SentenceKind.TABLE_ROW, "Alder"),
    _sentence(_TABLE, "Birch 5 < 6[2] 2019", SentenceKind.TABLE_ROW, "Birch", "5 < 6[2]", "2019"),
    _sentence(_TABLE, "Cedar 2020", SentenceKind.TABLE_ROW, "Cedar", "", "2020"),
)


def test_rows_are_a_table_under_their_heads() -> None:
    statement = _statement(_TABLE, _ROWS)
    html = quotation_html(1, statement, _DOCUMENTS)
    assert "<p>Table 1: Grants</p><table" in html
    assert html.count("<table") == 1
    assert html.count("<th ") == 3
    head = '<th scope="col" role="columnheader">'
    assert f'<thead role="rowgroup"><tr role="row">{head}County</th>{head}Sum</th>' in html
    assert '<tr role="row"><td role="cell" colspan="3">Alder</td></tr>' in html
    assert '<td role="cell" data-label="Sum">5 &lt; 6<sup ' in html
    cedar = '<td role="cell" data-label="County">Cedar</td><td role="cell"></td>'
    assert f'{cedar}<td role="cell" data-label="Year">2020</td>' in html
    shown = read(html.split("<figcaption>")[0]).text
    assert "".join(shown.split()) == "".join(_TABLE.split())


def test_text_without_known_cells_stays_lines() -> None:
    bare = tuple(replace(sentence, cells=()) for sentence in _ROWS)
    html = quotation_html(1, _statement(_TABLE, bare), _DOCUMENTS)
    assert "<table" not in html
    assert "<p>Cedar 2020</p>" in html


def test_one_column_is_no_table() -> None:
    text = "Counties\nAlder\nBirch"
    rows = (
        _sentence(text, "Counties", SentenceKind.TABLE_HEAD, "Counties"),
        _sentence(text, "Alder", SentenceKind.TABLE_ROW, "Alder"),
        _sentence(text, "Birch", SentenceKind.TABLE_ROW, "Birch"),
    )
    html = quotation_html(1, _statement(text, rows), _DOCUMENTS)
    assert "<blockquote><p>Counties</p><p>Alder</p><p>Birch</p></blockquote>" in html


def test_list_items_are_marked_and_a_beginning_inside_a_sentence_is_a_line() -> None:
    text = "Do both:\n• Read it.\n• Sign it."
    lines = (
        _sentence(text, "Do both:", SentenceKind.LEAD_IN),
        _sentence(text, "• Read it.", SentenceKind.LIST_ITEM),
        _sentence(text, "• Sign it.", SentenceKind.LIST_ITEM),
    )
    items = '<p class="ssa-item">• Sign it.</p></blockquote>'
    html = quotation_html(1, _statement(text, lines), _DOCUMENTS)
    assert f'<p>Do both:</p><p class="ssa-item">• Read it.</p>{items}' in html
    html = quotation_html(1, _statement(text, lines, start=3), _DOCUMENTS)
    assert f'<p>both:</p><p class="ssa-item">• Read it.</p>{items}' in html


def test_a_citation_names_the_publisher() -> None:
    text = "One."
    one = (_sentence(text, "One.", SentenceKind.SENTENCE),)
    html = quotation_html(1, _statement(text, one), _DOCUMENTS)
    assert "<p>Issued by Alder &lt;County&gt;</p>" in html
