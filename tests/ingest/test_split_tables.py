from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Box, Line, Page, Passage, Role, SentenceKind
from ingest.split import split_passages
from tests.make_pdf import (
    count_words,
    folded,
    grid_of,
    pages_of,
    passages_of,
    raw_pdf,
    typst_pdf,
    words_at,
)
from tests.passage_laws import assert_passage_laws


def _kinds(passage: Passage) -> list[tuple[SentenceKind, str]]:
    return [(s.kind, passage.text[s.start_char : s.end_char]) for s in passage.sentences]


def _ruled(first: int, last: int, *, head: bool) -> str:
    """A page with a ruled table of counties and their beds, a row for each number."""
    rows = [(f"County {n}", f"{n} beds") for n in range(first, last + 1)]
    count = len(rows) + head
    grid = grid_of((72, 200, 330), [100 + 20 * n for n in range(count + 1)])
    words = [
        word
        for n, (county, beds) in enumerate(rows, start=int(head))
        for word in ((76, 114 + 20 * n, county), (204, 114 + 20 * n, beds))
    ]
    heads = words_at((76, 114, "County"), (204, 114, "Beds"), font="/F2") if head else ""
    return f"{grid} {heads} {words_at(*words)}"


def _rows_under_heads(passages: list[Passage]) -> list[list[str]]:
    return [[folded(text) for _, text in _kinds(passage)] for passage in passages]


def test_every_passage_of_a_table_that_is_cut_begins_with_its_heads() -> None:
    passages = passages_of(
        pages_of(raw_pdf(_ruled(1, 6, head=True))), window_tokens=16, max_tokens=14
    )
    # The heads are two words, a row is four: three rows fit under them.
    assert _rows_under_heads(passages) == [
        ["County Beds", *(f"County {n} {n} beds" for n in range(1, 4))],
        ["County Beds", *(f"County {n} {n} beds" for n in range(4, 7))],
    ]
    kinds = [[sentence.kind for sentence in passage.sentences] for passage in passages]
    assert kinds == [[SentenceKind.TABLE_HEAD, *[SentenceKind.TABLE_ROW] * 3]] * 2


def test_every_passage_of_a_list_that_is_cut_begins_with_its_lead_in() -> None:
    items = "".join(f"- number {n} of the list;\n" for n in range(4))
    pages = pages_of(typst_pdf(f"Words before it. A plan holds:\n{items}"))
    passages = passages_of(pages, window_tokens=16, max_tokens=14)
    assert _rows_under_heads(passages) == [
        ["Words before it."],
        ["A plan holds:", "• number 0 of the list;"],
        ["A plan holds:", "• number 1 of the list;"],
        ["A plan holds:", "• number 2 of the list;"],
        ["A plan holds:", "• number 3 of the list;"],
    ]
    assert len({s.block for passage in passages for s in passage.sentences}) == 1


def _tables(source: str) -> list[tuple[str, int]]:
    """Kind and block of every sentence of some Typst."""
    passages = passages_of(pages_of(typst_pdf(source)))
    return [(s.kind.removeprefix("table "), s.block) for p in passages for s in p.sentences]


def _captioned(*numbers: int, position: str, kind: str = "table") -> str:
    """Tables of two rows, each with its caption above ("top") or below it ("bottom")."""
    tables = [
        f"#figure(table(columns: 2, [Kern], [{n}], [Napa], [{n}0]), kind: {kind}, "
        f"supplement: [{kind}], caption: [Beds of {n}])"
        for n in numbers
    ]
    return "\n".join([f"#show figure: set figure.caption(position: {position})", *tables])


def test_a_caption_belongs_to_the_table_right_below_it() -> None:
    assert _tables(_captioned(7, 8, 9, position="top")) == [
        (kind, block) for block in range(3) for kind in ("caption", "row", "row")
    ]


def test_a_caption_below_its_table_is_not_that_of_the_next_one() -> None:
    assert _tables(_captioned(7, 8, 9, position="bottom")) == [
        ("row", 0), ("row", 0), ("caption", 1),
        ("row", 2), ("row", 2), ("caption", 3),
        ("row", 4), ("row", 4), ("caption", 5),
    ]  # fmt: skip


def test_the_caption_of_a_figure_is_not_that_of_a_table() -> None:
    source = "#figure(rect[Beds], caption: [Beds by year])\n#table(columns: 2, [A], [1], [B], [2])"
    assert _tables(source)[-3:] == [("caption", 1), ("row", 2), ("row", 2)]


def test_notes_stand_under_no_heading_of_a_part_of_their_page() -> None:
    words = "Trust grew.#footnote[See the plan.] " + "More words of the county. " * 3
    parts = "= Trust\n== Early\n" + words + "\n== Late\nIt fell."
    passages = passages_of(pages_of(typst_pdf(parts)))
    (note,) = [p for p in passages if p.sentences[0].kind is SentenceKind.FOOTNOTE]
    assert note.heading_path == ("Trust",)


def test_notes_under_a_heading_of_their_own_keep_that() -> None:
    source = "= Conclusion\nIt fell and it grew.\n= Endnotes\n+ See the plan of the county."
    (note,) = [p for p in passages_of(pages_of(typst_pdf(source))) if "plan" in p.text]
    assert (note.sentences[0].kind, note.heading_path) == (SentenceKind.FOOTNOTE, ("Endnotes",))


def test_a_table_over_two_pages_has_the_heads_of_its_own_page_in_each_passage() -> None:
    pages = pages_of(raw_pdf(_ruled(1, 4, head=True), _ruled(5, 7, head=True)))
    passages = passages_of(pages, window_tokens=20, max_tokens=18)
    assert _rows_under_heads(passages) == [
        ["County Beds", *(f"County {n} {n} beds" for n in range(1, 5))],
        ["County Beds", *(f"County {n} {n} beds" for n in range(5, 8))],
    ]
    assert [[span.page_number for span in passage.spans] for passage in passages] == [[1], [2]]


def test_a_table_that_goes_on_without_heads_is_read_under_those_of_the_page_before() -> None:
    pages = pages_of(raw_pdf(_ruled(1, 4, head=True), _ruled(5, 7, head=False)))
    passages = passages_of(pages, window_tokens=20, max_tokens=18)
    assert _rows_under_heads(passages) == [
        ["County Beds", *(f"County {n} {n} beds" for n in range(1, 5))],
        ["County Beds", *(f"County {n} {n} beds" for n in range(5, 8))],
    ]
    assert [[span.page_number for span in passage.spans] for passage in passages] == [[1], [1, 2]]
    assert len({s.block for passage in passages for s in passage.sentences}) == 1


def test_heads_too_long_to_be_repeated_stand_once() -> None:
    heads = "[The name of the county that is meant], [The number of its beds]"
    rows = ", ".join(f"[County {n}], [{n} beds]" for n in range(1, 5))
    source = f"#table(columns: (90pt, 90pt), table.header({heads}), {rows})"
    passages = passages_of(pages_of(typst_pdf(source)), window_tokens=20, max_tokens=20)
    heads_in = [
        sum(s.kind is SentenceKind.TABLE_HEAD for s in passage.sentences) for passage in passages
    ]
    assert heads_in == [1, 0]


def test_the_cells_of_a_passage_know_their_column_where_one_is_empty() -> None:
    cells = "table.header([County], [Beds], [Staff]), [Alameda], [], [5], [Kern], [7], [11]"
    (passage,) = passages_of(
        pages_of(typst_pdf(f"Words before it.\n\n#table(columns: 3, {cells})"))
    )
    cells_of_rows = [
        [(cell.column, passage.text[cell.start_char : cell.end_char]) for cell in sentence.cells]
        for sentence in passage.sentences
    ]
    assert cells_of_rows == [
        [],
        [(0, "County"), (1, "Beds"), (2, "Staff")],
        [(0, "Alameda"), (2, "5")],
        [(0, "Kern"), (1, "7"), (2, "11")],
    ]


def test_a_wrapped_cell_is_one_cell() -> None:
    cells = "[Alameda and its towns], [12], [Kern], [7]"
    source = f"Words before it.\n\n#table(columns: (70pt, 70pt), {cells})"
    (passage,) = passages_of(pages_of(typst_pdf(source)))
    first = passage.sentences[1]
    assert [
        (cell.column, folded(passage.text[cell.start_char : cell.end_char])) for cell in first.cells
    ] == [(0, "Alameda and its towns"), (1, "12")]


def test_heads_that_the_file_repeats_without_tags_head_the_rows_of_their_page() -> None:
    rows = ", ".join(f"[County {n}], [{n} beds]" for n in range(8))
    table = f"#table(columns: 2, table.header([Name], [Beds]), {rows})"
    pages = pages_of(typst_pdf(f"#set page(height: 250pt)\n{table}"))
    passages = passages_of(pages, window_tokens=30, max_tokens=24)
    assert len(pages) > 1
    assert len(passages) > 1
    for passage in passages:
        kinds = [sentence.kind for sentence in passage.sentences]
        assert kinds == [SentenceKind.TABLE_HEAD, *[SentenceKind.TABLE_ROW] * (len(kinds) - 1)]
    texts = [text for rows_under in _rows_under_heads(passages) for text in rows_under]
    assert [text for text in texts if text != "Name Beds"] == [
        f"County {n} {n} beds" for n in range(8)
    ]


@given(st.integers(1, 12), st.integers(12, 60))
def test_no_row_of_a_table_stands_without_its_heads(rows: int, max_tokens: int) -> None:
    pages = [_table_page(rows)]
    passages = split_passages(
        pages,
        doc_id="test",
        title="",
        count_tokens=count_words,
        window_tokens=max_tokens,
        max_tokens=max_tokens,
    )
    assert_passage_laws(
        pages, passages, title="", count_tokens=count_words, window_tokens=max_tokens
    )
    for passage in passages:
        assert [s.kind for s in passage.sentences].count(SentenceKind.TABLE_HEAD) == 1
        assert passage.sentences[0].kind is SentenceKind.TABLE_HEAD
    quoted = [text for p in passages for kind, text in _kinds(p) if kind is SentenceKind.TABLE_ROW]
    assert [folded(text) for text in quoted] == [f"County {n} {n} beds" for n in range(rows)]


def _table_page(rows: int) -> Page:
    """A page of a head row "County", "Beds" and rows "County n", "n beds"."""
    texts = ["County", "Beds", *(t for n in range(rows) for t in (f"County {n}", f"{n} beds"))]
    lines, start = [], 0
    for n, text in enumerate(texts):
        top, left = 100 + 14 * (n // 2), 72 + 100 * (n % 2)
        lines.append(
            Line(
                start_char=start,
                end_char=start + len(text),
                box=Box(x0=left, top=top, x1=left + 5 * len(text), bottom=top + 11),
                size=11,
                bold=False,
                role=Role.TABLE_HEAD if n < 2 else Role.TABLE_ROW,
                row=n // 2,
                column=n % 2,
            )
        )
        start += len(text) + 1
    return Page(
        doc_id="test",
        number=1,
        label=None,
        width=612,
        height=792,
        text="\n".join(texts),
        lines=tuple(lines),
        runs=(),
    )
