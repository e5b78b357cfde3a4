import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Page
from ingest.extract import extract_pages
from ingest.list_marks import begins_item
from ingest.pdfium.glyphs import Glyph, GlyphPage, read_glyph_pages
from ingest.symbols import GAP, readable
from tests.conftest import ROOT
from tests.make_pdf import extracted, lines_of_text, raw_pdf, typst_pdf, words_at


def _text(pdf_bytes: bytes) -> str:
    return extracted(pdf_bytes)[0].text


def test_a_word_broken_at_the_line_end_is_joined_on_the_line_where_it_begins() -> None:
    assert _text(raw_pdf(lines_of_text("The organ-", "ization meets often."))) == (
        "The organization\nmeets often."
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["A community-", "based group."], "A community-based\ngroup."),  # a common compound
        # The document writes it with a hyphen elsewhere, so the hyphen stays.
        (["On re-entry day the re-", "entry team met."], "On re-entry day the re-entry\nteam met."),
        # The document writes it in one word elsewhere, so the hyphen goes.
        (
            ["A survivor came and two sur-", "vivor groups met."],
            "A survivor came and two survivor\ngroups met.",
        ),
        # What follows begins with a capital or a digit: no word broken in two.
        (["The Alameda-", "Oakland line."], "The Alameda-\nOakland line."),
        (["Children of age 5-", "9 attend."], "Children of age 5-\n9 attend."),
        # A dash on its own is no broken word.
        (["It is late -", "we go on."], "It is late -\nwe go on."),
    ],
)
def test_the_hyphen_at_a_line_end(lines: list[str], expected: str) -> None:
    assert _text(raw_pdf(lines_of_text(*lines))) == expected


def test_a_soft_hyphen_at_the_line_end_is_dropped() -> None:
    assert _text(raw_pdf(lines_of_text("The organ\\255", "ization meets."))) == (
        "The organization\nmeets."
    )


def test_a_word_broken_over_three_lines_is_joined() -> None:
    assert _text(raw_pdf(lines_of_text("We see in-", "sti-", "tutions here."))) == (
        "We see institutions\nhere."
    )


def test_ligatures_are_opened_and_every_letter_keeps_its_glyph() -> None:
    pdf = raw_pdf(lines_of_text("\\200rst \\201ow"), differences="128 /fi /fl")
    page = extracted(pdf)[0]
    assert page.text == "first flow"
    _assert_runs_tell_the_glyphs(pdf, [page])


def test_a_ligature_is_one_glyph_for_all_its_letters() -> None:
    page = _made(_typed("\ufb03x"))
    assert page.text == "ffix"
    assert _glyph_numbers(page) == {0: 0, 1: 0, 2: 0, 3: 1}


def test_a_raised_footnote_mark_stays_on_its_line() -> None:
    pdf = typst_pdf("Trust comes first.#super[38] It takes years.\n\nA second paragraph.")
    assert _text(pdf) == "Trust comes first.38 It takes years.\nA second paragraph."


def test_two_columns_are_read_one_after_the_other() -> None:
    pdf = typst_pdf(
        "#columns(2)[Left column with words. #linebreak() Left goes on. "
        "#colbreak() Right column with words. #linebreak() Right goes on.]"
    )
    assert _text(pdf) == (
        "Left column with words.\nLeft goes on.\nRight column with words.\nRight goes on."
    )


def test_the_boxes_of_lines_are_measured_from_the_top_left_corner() -> None:
    line = extracted(raw_pdf(lines_of_text("Words", top=700, size=10)))[0].lines[0]
    assert line.box.x0 == pytest.approx(72, abs=1)
    assert (line.box.top, line.box.bottom) == pytest.approx((792 - 707.8, 792 - 697.8), abs=0.1)
    assert line.size == pytest.approx(10)


def test_bold_type_is_seen() -> None:
    bold, regular = (
        extracted(raw_pdf(lines_of_text("Words here", font=font)))[0].lines[0]
        for font in ("/F2", "/F1")
    )
    assert bold.bold
    assert not regular.bold


def test_private_use_bullets_stay_verbatim_and_are_read_as_bullets() -> None:
    glyphs = _typed("\uf0b7 one thing")
    made = _made(glyphs)
    assert made.text == "\uf0b7 one thing"
    assert readable(made.text) == "• one thing"
    assert begins_item(made.text)


@pytest.mark.parametrize("name", ["01-overview.pdf", "05-breaking-the-cycle-of-harm.pdf"])
def test_every_character_of_the_starter_corpus_is_tied_to_a_glyph_that_prints_it(name: str) -> None:
    pdf = (ROOT / "corpus" / name).read_bytes()
    pages = extracted(pdf)
    assert len(pages) > 5
    _assert_runs_tell_the_glyphs(pdf, pages)


def test_lines_and_line_breaks_are_the_whole_text_of_a_page() -> None:
    for page in extracted((ROOT / "corpus" / "01-overview.pdf").read_bytes()):
        assert "\n".join(page.line_text(line) for line in page.lines) == page.text


def test_text_is_composed_and_composed_letters_keep_their_glyph() -> None:
    page = _made(_typed("cafe\u0301 noir"))
    assert page.text == "café noir"
    assert _glyph_numbers(page) == {0: 0, 1: 1, 2: 2, 3: 3, 5: 6, 6: 7, 7: 8, 8: 9}


@pytest.mark.parametrize(
    "text",
    [
        "\u0958\u0928 word",  # a letter that Unicode writes as two in normal form
        "\u1112\u1161\u11ab word",  # three conjoining letters that normal form makes one
    ],
)
def test_letters_whose_number_changes_in_normal_form_move_no_glyph(text: str) -> None:
    glyphs = _typed(text)
    page = _made(glyphs)
    assert page.text == unicodedata.normalize("NFC", text)
    numbers = _glyph_numbers(page)
    at = page.text.index("word")
    assert [glyphs[numbers[at + n]].char for n in range(4)] == list("word")


@given(
    st.text(
        st.characters(codec="latin-1", categories=["L", "N", "P", "S", "Zs"]),
        min_size=1,
        max_size=60,
    )
)
def test_any_latin_line_is_kept_letter_for_letter(text: str) -> None:
    glyphs = _typed(text)
    if not text.strip():
        return
    page = _made(glyphs)
    assert page.text == " ".join(text.replace("\u00ad", "-").split())
    numbers = _glyph_numbers(page)
    for position, char in enumerate(page.text):
        if char != " ":
            assert glyphs[numbers[position]].char in {char, "\u00ad"}


def _typed(text: str) -> list[Glyph]:
    """One line of glyphs, ten points wide each."""
    return [
        Glyph(n, char, 10.0 * n, 100.0, 10.0 * n + 9, 110.0, 10.0, bold=False)
        for n, char in enumerate(text)
    ]


def _made(glyphs: list[Glyph]) -> Page:
    page = GlyphPage(number=1, width=612, height=792, glyphs=tuple(glyphs))
    return extract_pages([page], doc_id="test", labels=None)[0]


def _glyph_numbers(page: Page) -> dict[int, int]:
    """Position in the text -> number of the glyph, for everything that is not white space."""
    return {
        run.text_start + n: run.glyph_start + n
        for run in page.runs
        for n in range(run.length)
        if not page.text[run.text_start + n].isspace()
    }


def _assert_runs_tell_the_glyphs(pdf: bytes, pages: list[Page]) -> None:
    for glyph_page, page in zip(read_glyph_pages(pdf, file="test.pdf"), pages, strict=True):
        chars = {glyph.number: glyph.char for glyph in glyph_page.glyphs}
        positions = Counter(run.text_start + n for run in page.runs for n in range(run.length))
        assert max(positions.values()) == 1
        numbers = _glyph_numbers(page)
        for position, char in enumerate(page.text):
            if not char.isspace():
                printed = unicodedata.normalize("NFKC", chars[numbers[position]])
                assert char in printed or (char == "-" and printed in "\x02\ufffe\u00ad"), (
                    f"page {page.number}, character {position}: {char!r} is no {printed!r}"
                )


def test_a_blank_left_in_a_line_stays_a_gap() -> None:
    # Set at 10 points: 34 are left free, and usual spaces take 3.
    line = words_at((72, 100, "Tents are lent for a"), (194, 100, "day trip in the hills."))
    text = _text(raw_pdf(line))
    assert text == f"Tents are lent for a{GAP}day trip in the hills."
    assert text.split() == "Tents are lent for a day trip in the hills.".split()


@pytest.mark.parametrize(
    "placed",
    [
        # The number of an item and what follows it.
        [(72, 100, "1."), (110, 100, "Tents are lent for a day.")],
        # A justified line, wide all along.
        [(72, 100, "Tents"), (125, 100, "are"), (168, 100, "lent"), (212, 100, "out.")],
    ],
)
def test_white_space_that_leaves_no_room_for_a_word_is_a_space(
    placed: list[tuple[float, float, str]],
) -> None:
    text = _text(raw_pdf(words_at(*placed)))
    assert text == " ".join(words for *_, words in placed)
