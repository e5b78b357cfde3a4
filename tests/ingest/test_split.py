import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Box, Line, Page, Passage, Role, SentenceKind
from ingest.read import read_publication
from ingest.split import context_line, fit_heading_path, split_passages
from tests.conftest import ROOT
from tests.make_pdf import (
    count_words,
    document,
    folded,
    pages_of,
    passages_of,
    raw_pdf,
    typst_pdf,
    words_at,
)
from tests.passage_laws import assert_passage_laws

_STARTER = sorted(path.name for path in (ROOT / "corpus").glob("*.pdf"))


@pytest.mark.parametrize("name", _STARTER)
def test_the_passages_of_the_starter_corpus_keep_every_law(name: str) -> None:
    reading = read_publication(
        (ROOT / "corpus" / name).read_bytes(), document(name), max_file_mib=10
    )
    pages = list(reading.pages)
    for max_tokens in (180, 40):
        passages = passages_of(pages, max_tokens=max_tokens)
        assert len(passages) > 10
        assert_passage_laws(
            pages,
            passages,
            title=reading.document.title,
            count_tokens=count_words,
            window_tokens=254,
        )


def test_the_laws_hold_for_the_development_pdfs(shared_corpus: Path) -> None:
    read, unreadable = 0, {}
    for path in sorted(shared_corpus.glob("*.pdf")):
        try:
            reading = read_publication(path.read_bytes(), document(path.name), max_file_mib=200)
            pages = list(reading.pages)
        except Exception as error:  # noqa: BLE001  # told below, by name
            unreadable[path.name] = str(error)
            continue
        assert_passage_laws(
            pages,
            passages_of(pages),
            title="Test publication",
            count_tokens=count_words,
            window_tokens=254,
        )
        read += 1
    assert read >= 10
    assert list(unreadable) == ["Probation.pdf"]
    assert "none of its 6 pages has text" in unreadable["Probation.pdf"]


_LINE_TEXT = st.lists(
    st.sampled_from(
        ["trust", "county", "It", "grew.", "so:", "12", "U.S.", "x" * 40, "•", "1a", "–"]
    ),
    min_size=1,
    max_size=14,
).map(" ".join)
_LINES = st.lists(
    st.tuples(st.sampled_from(list(Role)), _LINE_TEXT, st.sampled_from([14, 30])), max_size=14
)


@given(st.lists(_LINES, min_size=1, max_size=3), st.integers(6, 60))
def test_the_passages_of_any_pages_keep_every_law(
    made: list[list[tuple[Role, str, int]]], max_tokens: int
) -> None:
    pages = [_page(number, lines) for number, lines in enumerate(made, start=1)]
    passages = split_passages(
        pages,
        doc_id="test",
        title="A title",
        count_tokens=count_words,
        window_tokens=64,
        max_tokens=max_tokens,
    )
    assert_passage_laws(
        pages, passages, title="A title", count_tokens=count_words, window_tokens=64
    )


_LISTED = st.lists(
    st.tuples(
        st.sampled_from([Role.BODY, Role.LIST_ITEM, Role.LIST_ITEM, Role.CAPTION]),
        st.tuples(
            st.lists(st.sampled_from(["Trust", "grew.", "county"]), min_size=1, max_size=14),
            st.sampled_from(["", " so:", " it.", " Then so:"]),
        ).map(lambda text: " ".join(text[0]) + text[1]),
        st.sampled_from([14, 30]),
    ),
    min_size=2,
    max_size=12,
)


@given(st.lists(_LISTED, min_size=1, max_size=2), st.integers(8, 30), st.integers(2, 8))
def test_lists_cut_anywhere_keep_every_law(
    made: list[list[tuple[Role, str, int]]], max_tokens: int, room: int
) -> None:
    pages = [_page(number, lines) for number, lines in enumerate(made, start=1)]
    sizes = {"window_tokens": max_tokens + room, "max_tokens": max_tokens}
    passages = split_passages(pages, doc_id="test", title="", count_tokens=count_words, **sizes)
    assert_passage_laws(
        pages, passages, title="", count_tokens=count_words, window_tokens=max_tokens + room
    )


def test_a_paragraph_too_long_for_a_passage_stands_before_its_lead_in() -> None:
    sentences = " ".join(f"Words {'word ' * 8}number {n}." for n in range(3))
    text = f"{sentences} It holds:\n\n- one thing;\n- another."
    passages = _split(text, window_tokens=16, max_tokens=14)
    texts = [folded(passage.text) for passage in passages]
    assert texts[:3] == [f"Words {'word ' * 8}number {n}." for n in range(3)]
    assert texts[3:] == ["It holds: • one thing; • another."]


def test_a_lead_in_that_fits_beside_no_item_stands_by_itself() -> None:
    lead_in, item = "No grant pays for these:", f"- {'word ' * 14}first;"
    passages = _split(f"{lead_in}\n\n{item}\n- second.", window_tokens=20, max_tokens=17)
    assert [folded(passage.text) for passage in passages] == [
        lead_in,
        f"• {'word ' * 14}first;",
        f"{lead_in} • second.",
    ]


def test_a_list_stays_with_its_lead_in() -> None:
    opening = "Trust is built by many small acts of many people. " * 4
    passages = _split(
        f"{opening}\n\nThe partners accept three duties:\n\n- to find harm;\n- to heal it;\n- "
        f"to end it.",
        max_tokens=60,
    )
    (passage,) = [p for p in passages if "three duties" in p.text]
    assert _kinds(passage)[-4:] == [
        (SentenceKind.LEAD_IN, "The partners accept three duties:"),
        (SentenceKind.LIST_ITEM, "• to find harm;"),
        (SentenceKind.LIST_ITEM, "• to heal it;"),
        (SentenceKind.LIST_ITEM, "• to end it."),
    ]
    assert len({s.block for s in passage.sentences[-4:]}) == 1


@pytest.mark.parametrize(
    ("lead_in", "kind"),
    [
        ("Grant funds may not be used for", SentenceKind.LEAD_IN),
        ("The following are not allowed.", SentenceKind.LEAD_IN),
        ("No grant pays for travel by air.", SentenceKind.SENTENCE),
    ],
)
def test_what_breaks_off_above_a_list_or_says_that_one_follows_leads_to_it(
    lead_in: str, kind: SentenceKind
) -> None:
    (passage,) = _split(f"Trust grows.\n\n{lead_in}\n\n- food;\n- drink.")
    assert (kind, lead_in) in _kinds(passage)


def test_a_list_longer_than_a_passage_stays_whole_while_the_window_holds_it() -> None:
    items = "\n".join(f"- duty number {n} of the county" for n in range(12))
    (passage,) = _split(f"The county has duties:\n\n{items}", max_tokens=60)
    assert count_words(passage.text) > 60
    assert len(passage.sentences) == 13


def test_a_list_that_goes_on_over_a_page_break_is_one_list() -> None:
    passages = _split("The duties:\n\n- to find harm\n#pagebreak()\n- to heal it\n\n")
    (passage,) = passages
    assert [(span.page_number) for span in passage.spans] == [1, 2]
    assert len({s.block for s in passage.sentences}) == 1


def test_the_lines_of_one_item_are_one_item() -> None:
    long = "to find out who is most exposed to harm and to say so in words that all understand"
    (passage,) = _split(f"The duties:\n\n- {long};\n- to heal it.")
    assert [folded(text) for _, text in _kinds(passage)] == [
        "The duties:",
        f"• {long};",
        "• to heal it.",
    ]


def test_a_sentence_longer_than_the_window_is_cut_at_spaces_and_nothing_is_lost() -> None:
    words = [f"word{n}" for n in range(300)]
    passages = _split(" ".join(words) + ".", window_tokens=50, max_tokens=40)
    assert len(passages) > 5
    assert all(count_words(passage.text) <= 40 for passage in passages)
    assert " ".join(passage.text for passage in passages).split() == [*words[:-1], "word299."]


def test_a_word_longer_than_the_window_is_cut_and_nothing_is_lost() -> None:
    word = "".join(f"part{n}" for n in range(200))
    pages = [_page(1, [(Role.BODY, f"Before {word} after.", 14)])]
    passages = _passages(pages, len, window=100)
    assert "".join("".join(p.text for p in passages).split()) == f"Before{word}after."


def test_a_sentence_over_a_page_break_is_one_sentence_of_two_spans() -> None:
    (passage,) = _split("Trust is built by\n#pagebreak()\nmany small acts.")
    assert passage.text == "Trust is built by\nmany small acts."
    assert len(passage.sentences) == 1
    assert [span.page_number for span in passage.spans] == [1, 2]


def test_a_passage_stands_under_one_heading() -> None:
    first, second = _split("= One\nTrust grew.\n= Two\nTrust fell.")
    assert (first.heading_path, first.text) == (("One",), "Trust grew.")
    assert (second.heading_path, second.text) == (("Two",), "Trust fell.")
    assert [first.passage_id, second.passage_id] == ["test#00000", "test#00001"]


def test_paragraphs_are_parted_at_white_space() -> None:
    # Their last lines carry no full stop, so that only the white space tells them apart.
    text = "#set par(spacing: 3em)\n" + "\n\n".join(
        f"{'Many words of one paragraph ' * 8} number {n}" for n in range(3)
    )
    (passage,) = _split(text)
    assert len({sentence.block for sentence in passage.sentences}) == 3


def test_a_table_row_is_quoted_whole() -> None:
    cells = "[Alpha],[Full. Closed],[2019],[Beta],[Half. Open],[2020]"
    (passage,) = _split(f"#table(columns: 3, stroke: none, column-gutter: 4em, {cells})")
    assert _kinds(passage) == [
        (SentenceKind.TABLE_ROW, "Alpha\nFull. Closed\n2019"),
        (SentenceKind.TABLE_ROW, "Beta\nHalf. Open\n2020"),
    ]
    assert [
        (cell.column, passage.text[cell.start_char : cell.end_char])
        for cell in passage.sentences[1].cells
    ] == [(0, "Beta"), (1, "Half. Open"), (2, "2020")]


def test_a_caption_is_quoted_by_itself() -> None:
    (passage,) = _split(
        "Trust grew.\n\n#figure(rect[Beds], caption: [Beds by year. Without Kern.])\n\nIt fell."
    )
    assert [(k, t) for k, t in _kinds(passage) if k is SentenceKind.CAPTION] == [
        (SentenceKind.CAPTION, "Figure 1: Beds by year."),
        (SentenceKind.CAPTION, "Without Kern."),
    ]
    blocks = {t: s.block for s, (_, t) in zip(passage.sentences, _kinds(passage), strict=True)}
    assert len({blocks["Trust grew."], blocks["Figure 1: Beds by year."], blocks["It fell."]}) == 3


def test_paragraphs_that_the_file_tags_are_parted_without_white_space() -> None:
    text = "#set par(spacing: 0.65em)\nTrust is built by all\n\nIt takes many years\n\nof work"
    (passage,) = _split(text)
    # "of work" goes on with what no full stop ends, though the file tags it as a paragraph.
    assert [folded(text) for _, text in _kinds(passage)] == [
        "Trust is built by all",
        "It takes many years of work",
    ]


def test_footnotes_make_passages_of_their_own() -> None:
    body = "It takes many years and many people. " * 5
    passages = _split(f"Trust comes first.#footnote[See volume 2.] {body}")
    assert [{s.kind for s in p.sentences} for p in passages] == [
        {SentenceKind.SENTENCE},
        {SentenceKind.FOOTNOTE},
    ]


def test_the_context_is_the_title_and_the_headings() -> None:
    assert context_line("Digest", ("One", "Two")) == "Digest | One | Two"
    assert context_line("", ()) == ""


def test_outer_headings_are_dropped_first_when_they_leave_no_room() -> None:
    path = ("an outer heading of five", "an inner one")
    # Title and both headings: 2 + 1 + 5 + 1 + 3 = 12 tokens; 30% of a window is the limit.
    assert fit_heading_path("The title", path, count_words, 40) == path
    assert fit_heading_path("The title", path, count_words, 39) == ("an inner one",)
    assert fit_heading_path("The title", path, count_words, 19) == ("an inner",)
    assert fit_heading_path("The title", path, count_words, 6) == ()


_LONG_TITLE = """
from tests.make_pdf import count_words, lines_of_text, pages_of, raw_pdf
from ingest.split import split_passages
pages = pages_of(raw_pdf(lines_of_text("Trust grew in the county.", top=500)))
passages = split_passages(
    pages, doc_id="t", title="A title of many words " * 20, count_tokens=count_words,
    window_tokens=64, max_tokens=40,
)
print(" ".join(passage.text for passage in passages))
"""


def test_a_title_longer_than_the_window_neither_hangs_the_build_nor_loses_the_text() -> None:
    # In a process of its own, so that an endless loop ends with the test.
    done = subprocess.run(
        [sys.executable, "-c", _LONG_TITLE], cwd=ROOT, capture_output=True, timeout=15, check=True
    )
    assert done.stdout.decode().split() == ["Trust", "grew", "in", "the", "county."]


def _split(source: str, *, window_tokens: int = 254, max_tokens: int = 180) -> list[Passage]:
    return passages_of(
        pages_of(typst_pdf(source)), window_tokens=window_tokens, max_tokens=max_tokens
    )


def _passages(pages: list[Page], count: Callable[[str], int], *, window: int) -> list[Passage]:
    return split_passages(
        pages, doc_id="t", title="", count_tokens=count, window_tokens=window, max_tokens=window
    )


def _kinds(passage: Passage) -> list[tuple[SentenceKind, str]]:
    return [(s.kind, passage.text[s.start_char : s.end_char]) for s in passage.sentences]


def _page(number: int, made: list[tuple[Role, str, int]]) -> Page:
    """A page of given lines: (role, text, points below the line before)."""
    lines, start, top = [], 0, 100.0
    for role, text, pitch in made:
        top += pitch
        box = Box(x0=72, top=top, x1=72 + 5 * len(text), bottom=top + 11)
        lines.append(
            Line(
                start_char=start,
                end_char=start + len(text),
                box=box,
                size=11,
                bold=False,
                role=role,
                level=1 if role is Role.HEADING else 0,
            )
        )
        start += len(text) + 1
    return Page(
        doc_id="test",
        number=number,
        label=None,
        width=612,
        height=792,
        text="\n".join(text for _, text, _ in made),
        lines=tuple(lines),
        runs=(),
    )


def _lines_at(*placed: tuple[float, str], top: float) -> str:
    """Lines of 10 points, each at its left edge, 12 points apart."""
    return words_at(*[(x, top + 12 * n, words) for n, (x, words) in enumerate(placed)])


_TENTS = "Tents are lent for one night to all who ask for one in time, and no one pays"
_OFFICER = "The Office lends them as long as there are some, and then sends whoever asks to"


def test_an_item_set_in_without_hanging_lines_goes_on_in_the_next_line() -> None:
    # The first line of the item is full, and the second begins like a name.
    lines = [(72, "Loans of the county"), (90, "A. Tents"), (140, f"a. {_TENTS} the")]
    last = [(140, "County. It is free."), (140, "b. Boats are not lent.")]
    (passage,) = passages_of(pages_of(raw_pdf(_lines_at(*lines, *last, top=100))))
    assert [folded(text) for _, text in _kinds(passage)] == [
        *("Loans of the county", "A. Tents", f"a. {_TENTS} the County.", "It is free."),
        "b. Boats are not lent.",
    ]
    assert len({s.block for s in passage.sentences[1:]}) == 1


def test_an_item_goes_on_on_the_next_page_where_its_lines_hang() -> None:
    first = [(72, "Loans:"), (90, f"1. {_TENTS}"), (104, f"{_OFFICER} town.")]
    second = [(104, "Whoever comes late gets none."), (90, "2. Boats are not lent.")]
    pdf = raw_pdf(_lines_at(*first, top=650), _lines_at(*second, top=100))
    (passage,) = passages_of(pages_of(pdf))
    assert [kind for kind, _ in _kinds(passage)] == [
        SentenceKind.LEAD_IN,
        *[SentenceKind.LIST_ITEM] * 3,
    ]
    assert [s.opens for s in passage.sentences] == [True, True, False, True]
