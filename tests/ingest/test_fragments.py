import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fragments import Fragment, cut_fragments
from ingest.pdfium.glyphs import Glyph, GlyphPage, read_glyph_pages
from tests.make_pdf import extracted, lines_of_text, raw_pdf, typst_pdf, words_at


def _fragments(pdf: bytes) -> list[Fragment]:
    return cut_fragments(next(read_glyph_pages(pdf, file="test.pdf")))


def _texts(content: str) -> list[str]:
    return [fragment.text for fragment in _fragments(raw_pdf(content))]


def _shown(array: str) -> str:
    """The content stream of one line of words moved apart or together, thousandths of its size."""
    return f"BT /F1 10 Tf 72 592 Td [{array}] TJ ET"


def test_a_line_of_text_is_one_fragment() -> None:
    (fragment,) = _fragments(raw_pdf(words_at((72, 200, "Trust comes first."))))
    assert fragment.text == "Trust comes first."
    assert (fragment.x0, fragment.x1) == pytest.approx((72, 148.7), abs=1)
    # Around the baseline, which stands 200 points below the top.
    assert (fragment.top, fragment.bottom) == pytest.approx((192.2, 202.2), abs=0.1)
    assert fragment.baseline == pytest.approx(200, abs=0.1)


def test_lines_are_cut_at_their_end() -> None:
    assert _texts(lines_of_text("Trust comes first.", "It takes years.")) == [
        "Trust comes first.",
        "It takes years.",
    ]


def test_a_gap_as_wide_as_the_type_is_high_parts_columns() -> None:
    # "Trust" is 24.4 points wide.
    assert _texts(words_at((72, 200, "Trust"), (100, 200, "grew."))) == ["Trust grew."]
    assert _texts(words_at((72, 200, "Trust"), (110, 200, "grew."))) == ["Trust", "grew."]


def test_a_rule_between_them_parts_words_that_stand_near_each_other() -> None:
    words = words_at((72, 200, "Trust"), (101, 200, "grew."))
    assert _texts(words) == ["Trust grew."]
    assert _texts(f"0.5 w 98.5 560 m 98.5 620 l S {words}") == ["Trust", "grew."]
    elsewhere = f"0.5 w 98.5 660 m 98.5 720 l S {words}"
    assert _texts(elsewhere) == ["Trust grew."]


def test_cells_of_a_tagged_table_are_parted_however_near_they_stand() -> None:
    pdf = typst_pdf("#table(columns: 2, inset: 1pt, [Alpha], [Beta])")
    assert [fragment.text.strip() for fragment in _fragments(pdf)] == ["Alpha", "Beta"]


@pytest.mark.parametrize("mark", ["\\225", "1.", "12\\)", "\\(a\\)", "iv.", "o", "-"])
def test_a_list_mark_stays_with_its_text_over_a_wide_gap(mark: str) -> None:
    (fragment,) = _fragments(raw_pdf(words_at((72, 200, mark), (115, 200, "to find harm"))))
    assert fragment.text.endswith(" to find harm")


def test_a_list_mark_that_is_very_far_off_stands_by_itself() -> None:
    assert _texts(words_at((72, 200, "1."), (180, 200, "to find harm"))) == ["1.", "to find harm"]


def test_spaces_that_are_not_drawn_are_made_up_and_kerning_makes_none() -> None:
    (fragment,) = _fragments(raw_pdf(_shown("(Trust) -250 (comes) -170 (first.)")))
    assert fragment.text == "Trust comes first."
    assert _texts(_shown("(T) 60 (rust) -60 (w) -40 (orthy)")) == ["Trustworthy"]


def test_letters_drawn_from_right_to_left_are_read_from_left_to_right() -> None:
    letters = [(72.0, "T"), (84.2, "R"), (98.6, "U"), (113.0, "S"), (126.3, "T")]
    content = words_at(*[(x, 200, char) for x, char in reversed(letters)], size=20)
    assert _texts(content) == ["TRUST"]


def test_a_run_of_glyphs_that_steps_back_is_turned() -> None:
    # As pdfium hands some files over: no space between, each letter left of the one before it.
    glyphs = [
        Glyph(n, char, 72 + 6 * (4 - n), 100, 77.5 + 6 * (4 - n), 110, 10, bold=False)
        for n, char in enumerate("TSURT")
    ]
    page = GlyphPage(number=1, width=612, height=792, glyphs=tuple(glyphs))
    (fragment,) = cut_fragments(page)
    assert fragment.text == "TRUST"
    assert [glyph.number for glyph in fragment.glyphs] == [4, 3, 2, 1, 0]


def test_letters_drawn_out_of_order_are_put_side_by_side() -> None:
    # "Tr" is 9.4 points wide: "ust" goes on where it ends, and is drawn before it.
    content = words_at((81.44, 200, "ust"), (72, 300, "Words."), (72, 200, "Tr"))
    assert sorted(_texts(content)) == ["Trust", "Words."]


def test_a_letter_spaced_heading_is_words_again() -> None:
    assert _texts(words_at((72, 200, "P O L I C Y   G U I D E"), size=16)) == ["POLICY GUIDE"]
    spread = "BT /F1 16 Tf 8 Tc 16 Tw 72 592 Td (POLICY GUIDE) Tj ET"
    assert _texts(spread) == ["POLICY", "GUIDE"]
    assert extracted(raw_pdf(spread))[0].text == "POLICY GUIDE"


@pytest.mark.parametrize("text", ["1 2 3 4 5 6", "a b c", "Plan A B or C"])
def test_figures_and_few_letters_beside_each_other_keep_their_spaces(text: str) -> None:
    assert _texts(words_at((72, 200, text))) == [text]


def test_what_cannot_be_seen_is_a_fragment_of_its_own() -> None:
    white = f"1 1 1 rg {words_at((98, 200, 'not'))}"
    found = _fragments(raw_pdf(f"{words_at((72, 200, 'Trust'))} {white}"))
    assert [(f.text, f.hidden) for f in found] == [("Trust", False), ("not", True)]


def test_text_that_runs_up_the_page_is_a_fragment_of_its_own() -> None:
    turned = "BT /F1 10 Tf 0 1 -1 0 60 592 Tm (Turned words) Tj ET"
    assert _texts(f"{turned} {words_at((72, 200, 'Level words'))}") == [
        "Turned words",
        "Level words",
    ]


_WORDS = st.lists(
    st.tuples(
        st.integers(0, 500),
        st.integers(0, 60).map(lambda n: 12 * n),
        st.text("abc 12.•", min_size=1, max_size=8),
        st.sampled_from([8, 10, 20]),
        st.booleans(),
    ),
    max_size=20,
)


@given(_WORDS)
def test_every_printed_glyph_is_in_one_fragment(
    made: list[tuple[int, int, str, int, bool]],
) -> None:
    glyphs: list[Glyph] = []
    for x, top, text, size, hidden in made:
        for n, char in enumerate(text):
            left = x + n * size / 2
            box = (left, top, left + size / 2 - 0.5, top + size)
            edges = {"left": left, "right": left + size / 2}
            glyphs.append(Glyph(len(glyphs), char, *box, size, bold=False, hidden=hidden, **edges))
    page = GlyphPage(number=1, width=612, height=792, glyphs=tuple(glyphs))
    found = cut_fragments(page)
    kept = sorted(g.number for f in found for g in f.glyphs if not g.char.isspace())
    assert kept == [glyph.number for glyph in glyphs if not glyph.char.isspace()]
    assert [f.serial for f in found] == sorted({f.serial for f in found})
    for fragment in found:
        assert fragment.glyphs[0].char != " "
        assert {g.hidden for g in fragment.glyphs} == {fragment.hidden}
