import pytest

from ingest.clean import body_size, is_contents_title
from ingest.document import Page, Role, SentenceKind
from tests.make_pdf import (
    extracted,
    lines_of_text,
    pages_of,
    passages_of,
    raw_pdf,
    texts_with,
    typst_pdf,
    words_at,
)

_WORDS = [
    "trust",
    "harm",
    "risk",
    "need",
    "county",
    "survivor",
    "health",
    "court",
    "school",
    "home",
    "clinic",
    "budget",
]


def _body(page: int) -> str:
    """About eight lines that differ from page to page."""
    words = _WORDS[page:] + _WORDS[:page]
    return f"{' and '.join(words * 7)}.\n\n"


def _report(*bodies: str, header: str = "Guide to Safety", footer: str = "Page #p") -> bytes:
    counted = footer.replace("#p", "#context counter(page).display()")
    pages = "\n#pagebreak()\n".join(bodies)
    return typst_pdf(f"#set page(header: [{header}], footer: [{counted}])\n{pages}")


def test_headers_footers_and_page_numbers_are_running_lines() -> None:
    pages = pages_of(_report(*map(_body, range(4))))
    assert texts_with(pages, Role.RUNNING) == [
        line for n in range(1, 5) for line in ("Guide to Safety", f"Page {n}")
    ]
    assert "Guide to Safety" in pages[0].text, "a running line keeps its place in the page's text"


def test_headers_of_left_and_right_pages_are_both_running_lines() -> None:
    header = "#context if calc.odd(here().page()) [Guide to Safety] else [County of Alameda]"
    pages = pages_of(_report(*map(_body, range(6)), header=header, footer=""))
    assert sorted(set(texts_with(pages, Role.RUNNING))) == ["County of Alameda", "Guide to Safety"]


def test_a_line_that_recurs_in_the_middle_of_pages_is_body() -> None:
    pages = pages_of(
        _report(*[f"{_body(n)}Ask the community first.\n\n{_body(n)}" for n in range(4)])
    )
    assert texts_with(pages, Role.BODY).count("Ask the community first.") == 4


def test_a_first_line_that_stands_on_two_pages_only_is_body() -> None:
    pages = pages_of(
        _report(*[f"Opening words.\n\n{_body(n)}" for n in range(2)], header="", footer="")
    )
    assert texts_with(pages, Role.BODY).count("Opening words.") == 2


def test_numbered_headings_at_the_top_of_pages_are_no_running_lines() -> None:
    bodies = [f"= Practice {n}\n\n{_body(n)}" for n in range(1, 6)]
    pages = pages_of(_report(*bodies, header="", footer=""))
    assert texts_with(pages, Role.HEADING) == [f"Practice {n}" for n in range(1, 6)]


@pytest.mark.parametrize("number", ["7", "- 7 -", "Page 7", "vii", "Page 7 of 12", "7 | 12"])
def test_a_page_number_alone_at_the_foot_is_a_running_line_on_a_single_page(number: str) -> None:
    content = (
        lines_of_text("Some words of the body.", "And more of them.", "A third line.")
        + " "
        + lines_of_text(number, top=40)
    )
    assert texts_with(pages_of(raw_pdf(content)), Role.RUNNING) == [number]


@pytest.mark.parametrize("last", ["2019.", "civil."])
def test_the_last_word_of_a_paragraph_is_no_page_number(last: str) -> None:
    lines = ["The county has had this programme for the most vulnerable since", last]
    pages = pages_of(raw_pdf(lines_of_text(*lines, top=500)))
    assert texts_with(pages, Role.BODY) == lines


def test_a_table_of_contents_with_leaders_is_kept_out() -> None:
    pages = pages_of(
        typst_pdf(
            "#outline(title: [Contents])\n#pagebreak()\n= First part\nWords of the body.\n"
            "= Second part\nMore words.\n= Third part\nStill more words."
        )
    )
    contents = texts_with(pages, Role.CONTENTS)
    assert contents[0] == "Contents"
    assert [line.split(".")[0].strip(" 2") for line in contents[1:]] == [
        "First part",
        "Second part",
        "Third part",
    ]
    assert texts_with(pages, Role.BODY) == [
        "Words of the body.",
        "More words.",
        "Still more words.",
    ]


def test_a_table_of_contents_without_leaders_is_kept_out() -> None:
    content = lines_of_text(
        "Table of Contents",
        "Purpose of this guide 3",
        "Who is concerned 5",
        "What to do 12",
        top=500,
    )
    assert len(texts_with(pages_of(raw_pdf(content)), Role.CONTENTS)) == 4


def test_a_form_with_two_dotted_lines_is_no_table_of_contents() -> None:
    content = lines_of_text(
        "Please fill in.", "Name .........", "County .........", "Thanks.", top=500
    )
    assert texts_with(pages_of(raw_pdf(content)), Role.CONTENTS) == []


def test_a_form_with_many_dotted_lines_keeps_its_rules() -> None:
    lines = [
        "Name .........",
        "Only one tent is lent at a time.",
        "County .........",
        "Date .........",
    ]
    pages = pages_of(raw_pdf(lines_of_text(*lines, top=500)))
    assert texts_with(pages, Role.CONTENTS) == []
    assert "Only one tent is lent at a time." in passages_of(pages)[0].text


@pytest.mark.parametrize("page", ["12", "xii", "4.2"])
def test_only_the_lines_that_lead_to_pages_are_a_table_of_contents(page: str) -> None:
    entries = [
        "Contents",
        "Part one",
        "Tents ......... 3",
        "Boats and all that may be done with them",
        f"on the lakes ......... {page}",
        "Ropes ......... 20",
    ]
    below = [*_PROSE, "Signed ........."]
    pages = pages_of(raw_pdf(words_at(*_column(72, 200, [*entries, *below]))))
    assert texts_with(pages, Role.CONTENTS) == entries
    assert texts_with(pages, Role.BODY) == below


def test_footnotes_are_the_small_print_from_the_first_mark_on() -> None:
    pages = pages_of(
        typst_pdf(
            "Trust comes first.#footnote[See the survey.] It takes years.\n\n"
            f"More is known.#footnote[See volume 2.]\n\n{_body(1)}"
        )
    )
    notes = texts_with(pages, Role.FOOTNOTE)
    assert notes[0].startswith("1See the survey")
    assert notes[-1] == "2See volume 2."
    assert len(notes) == 2
    assert texts_with(pages, Role.BODY)[:2] == [
        "Trust comes first.1 It takes years.",
        "More is known.2",
    ]


def test_a_body_line_that_begins_with_a_number_is_no_footnote() -> None:
    content = lines_of_text("The survey says that", "3 of them met.", top=500)
    assert texts_with(pages_of(raw_pdf(content)), Role.FOOTNOTE) == []


def test_bulleted_and_numbered_lines_are_list_items() -> None:
    pages = pages_of(
        typst_pdf("Three duties:\n\n- one duty\n- next duty\n\n+ first step\n+ second step")
    )
    assert texts_with(pages, Role.LIST_ITEM) == [
        "• one duty",
        "• next duty",
        "1. first step",
        "2. second step",
    ]


def test_lines_with_roman_numbers_and_arrows_are_list_items() -> None:
    lines = ["These are the parts of the plan:", "I. Tents", "II. Boats", "III. Oars", "IV. Rope"]
    assert (
        texts_with(pages_of(raw_pdf(lines_of_text(*lines, top=500))), Role.LIST_ITEM) == lines[1:]
    )
    arrows = typst_pdf("These are lent:\n\n→ tents \\\n→ boats")
    assert texts_with(pages_of(arrows), Role.LIST_ITEM) == ["→ tents", "→ boats"]


def test_lines_of_cells_are_table_rows_where_two_follow_one_another() -> None:
    cells = "[County],[Beds],[Year],[Alpha],[12],[2019]"
    table = f"#table(columns: 3, stroke: none, column-gutter: 4em, {cells})"
    pages = pages_of(typst_pdf(f"A sentence before.\n\n{table}\n\nA sentence after."))
    assert texts_with(pages, Role.TABLE_ROW) == ["County", "Beds", "Year", "Alpha", "12", "2019"]
    rows = [(line.row, line.column) for line in pages[0].lines if line.role is Role.TABLE_ROW]
    assert rows == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]


@pytest.mark.parametrize("text", ["Contents", "TABLE OF CONTENTS ", "Índice"])
def test_titles_of_a_table_of_contents(text: str) -> None:
    assert is_contents_title(text)
    assert not is_contents_title(f"{text} of the kit")


def test_the_body_size_is_that_of_most_characters() -> None:
    pages = extracted(
        raw_pdf(lines_of_text("Title", size=20), lines_of_text("Many words of the body.", size=10))
    )
    assert body_size(pages) == 10
    assert body_size([]) == 0


_PROSE = [
    "Trust in a county is built by many",
    "small acts that are done over many",
    "years by people who know each other",
    "and who are not afraid of the long",
    "road that leads away from old harm.",
]


def _column(x: float, top: float, lines: list[str] = _PROSE) -> list[tuple[float, float, str]]:
    return [(x, top + 14 * n, line) for n, line in enumerate(lines)]


def _with_large_last_lines(*lines: str) -> list[Page]:
    """Pages whose last line is set large at their foot."""
    body = [(72, 150 + 14 * n, "Tents are lent to all who ask for one.") for n in range(9)]
    foots = [words_at((72, 750, line), size=14) for line in lines]
    return pages_of(raw_pdf(*[f"{words_at(*body)} {foot}" for foot in foots]))


def test_footers_in_large_type_that_name_the_part_are_running_lines() -> None:
    lines = ["Part 1 Tents, May 2020", "Part 2 Small Boats, May 2020", "Part 3 Oars, May 2020"]
    assert texts_with(_with_large_last_lines(*lines), Role.RUNNING) == lines
    assert texts_with(_with_large_last_lines(*lines[:2]), Role.RUNNING) == []
    other = ["Tents for all", "Boats and their oars", "Ropes in the hills"]
    assert texts_with(_with_large_last_lines(*other), Role.RUNNING) == []


def test_numbers_that_count_the_pages_are_running_lines_wherever_they_stand() -> None:
    pages = [
        words_at((72, 300, f"About {word}."), (72, 314, f"More on {word}."), (300, 520, str(n)))
        for n, word in enumerate(_WORDS[:4], start=5)
    ]
    assert texts_with(pages_of(raw_pdf(*pages)), Role.RUNNING) == ["5", "6", "7", "8"]


def test_numbers_that_do_not_count_the_pages_are_no_running_lines() -> None:
    pages = [
        words_at((72, 300, f"About {word}."), (72, 314, f"More on {word}."), (300, 520, number))
        for word, number in zip(_WORDS, ("40", "12", "77", "31"), strict=False)
    ]
    assert texts_with(pages_of(raw_pdf(*pages)), Role.RUNNING) == []


def test_an_index_page_is_kept_out() -> None:
    terms = """
    abuse budget clinic court county data elders family grants harm health home judges justice kin
    law
    """.split()
    entries = [f"{term}, {n + 3}, {n + 20}-{n + 22}" for n, term in enumerate(terms)]
    body = lines_of_text("Words of the body.", top=500)
    pages = pages_of(raw_pdf(body, words_at(*_column(72, 150, entries))))
    assert texts_with(pages, Role.CONTENTS) == entries
    assert texts_with(pages, Role.BODY) == ["Words of the body."]


def test_a_few_lines_like_those_of_an_index_are_body() -> None:
    entries = [f"county {name}, {n + 3}, {n + 20}" for n, name in enumerate("abcdefgh")]
    pages = pages_of(raw_pdf(words_at(*_column(72, 150, entries))))
    assert texts_with(pages, Role.CONTENTS) == []


def test_a_table_of_contents_whose_page_numbers_stand_far_off_is_kept_out() -> None:
    entries = [("Purpose of this guide", "3"), ("Who is concerned", "5"), ("What to do", "12")]
    rows = [
        word
        for n, (title, number) in enumerate(entries)
        for word in ((72, 230 + 14 * n, title), (400, 230 + 14 * n, number))
    ]
    pages = pages_of(raw_pdf(words_at((72, 200, "Contents"), *rows)))
    assert texts_with(pages, Role.CONTENTS) == [
        "Contents",
        *("Purpose of this guide", "3"),
        *("Who is concerned", "5"),
        *("What to do", "12"),
    ]


def test_the_numbered_list_of_a_page_of_small_print_is_no_footnote() -> None:
    large = [
        words_at(*_column(72, 200, [f"{line} {n}" for line in _PROSE * 2]), size=11)
        for n in ("one", "two")
    ]
    items = [
        "1. to find harm wherever it may be found in the whole county;",
        "2. to heal it with the help of those who know it best of all;",
        "3. to end it, and to say in public how it has been ended.",
    ]
    lead_in = "The county accepts these duties, which it has named in this order:"
    small = words_at(*_column(72, 200, [lead_in, *items]), size=9)
    pages = pages_of(raw_pdf(*large, small))
    assert texts_with(pages, Role.FOOTNOTE) == []
    assert texts_with(pages, Role.LIST_ITEM) == items


@pytest.mark.parametrize("lower", [0, 3])
def test_a_footnote_under_the_first_of_two_columns(lower: int) -> None:
    left, right = _column(72, 200, _PROSE * 2), _column(330, 200, (_PROSE * 3)[: 10 + lower])
    note = ["1 See the survey of the county, which", "names all of the houses and beds."]
    small = words_at((72, 350, note[0]), (72, 360, note[1]), size=8)
    pages = pages_of(raw_pdf(f"{words_at(*left)} {small} {words_at(*right)}"))
    assert texts_with(pages, Role.FOOTNOTE) == note
    assert len(texts_with(pages, Role.BODY)) == 20 + lower


def test_small_print_at_the_head_of_the_next_column_goes_on_with_no_footnote() -> None:
    left, right = _column(72, 200, _PROSE * 2), _column(330, 230, _PROSE * 2)
    note = words_at((72, 390, "1 See the survey of the county."), size=8)
    small = words_at((330, 200, "Words in small print over a column"), size=8)
    pages = pages_of(raw_pdf(f"{words_at(*left)} {note} {small} {words_at(*right)}"))
    assert texts_with(pages, Role.FOOTNOTE) == ["1 See the survey of the county."]
    assert "Words in small print over a column" in texts_with(pages, Role.BODY)


def test_numbers_by_themselves_are_those_of_a_chart() -> None:
    pages = pages_of(
        raw_pdf(
            words_at(
                (72, 200, "The share of beds that were full grew in each of these years."),
                *[(100, 300, "40"), (100, 340, "30"), (100, 380, "20")],
                *[(130, 420, "2019"), (200, 420, "2020")],
                (72, 460, "The county counts its beds in the night of the first of May."),
            )
        )
    )
    assert texts_with(pages, Role.FIGURE) == ["40", "30", "20", "2019 2020"]
    assert len(texts_with(pages, Role.BODY)) == 2


def test_a_number_that_ends_a_paragraph_is_none_of_a_chart() -> None:
    lines = ["The county has had this programme since the year", "2019."]
    assert texts_with(pages_of(raw_pdf(lines_of_text(*lines, top=500))), Role.FIGURE) == []


@pytest.mark.parametrize(
    "caption",
    ["Figure 3: Beds by year", "Table 2. Beds by year", "Box A – Beds", "Chart IV: Beds by year"],
)
def test_captions_are_told_by_their_opening(caption: str) -> None:
    content = f"{words_at((72, 200, 'Words of the body.'))} {words_at((72, 230, caption))}"
    found = pages_of(raw_pdf(content.replace("–", "\\226")))
    assert texts_with(found, Role.CAPTION) == [caption]


def test_a_sentence_about_a_figure_is_no_caption() -> None:
    content = words_at((72, 200, "Figure 3 shows that the beds were full."))
    assert texts_with(pages_of(raw_pdf(content)), Role.CAPTION) == []


def test_notes_captions_and_items_that_the_file_tags_need_no_other_sign() -> None:
    pages = pages_of(
        typst_pdf(
            "#show footnote.entry: set text(size: 11pt)\nTrust grew.#footnote[See the survey.]\n\n"
            "#figure(rect[Beds], numbering: none, caption: [Beds by year])"
        )
    )
    assert texts_with(pages, Role.FOOTNOTE) == ["1See the survey."]
    assert texts_with(pages, Role.CAPTION) == ["Beds by year"]


def test_a_number_with_a_bracket_in_the_middle_of_a_tagged_paragraph_begins_no_item() -> None:
    pages = pages_of(typst_pdf("The law names them in its parts 11) and \\\n12) and no other."))
    assert texts_with(pages, Role.LIST_ITEM) == []
    assert texts_with(pages, Role.BODY) == [
        "The law names them in its parts 11) and",
        "12) and no other.",
    ]


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("The county lends its tents as is told in section", "12. The county pays for all"),
        ("All who are asked are told of the rule of Miranda", "v. Arizona and of what it is"),
        ("The rules are named in a letter of May that Anna", "A. Smith signed for the town"),
        ("The tents are to be brought back in fourteen days", "(14) from the day of the loan"),
        ("The tents that the county lends to all who ask it", "- and they are many - are red"),
    ],
)
def test_a_line_that_begins_like_an_item_goes_on_with_a_full_line(above: str, line: str) -> None:
    lines = ["This is what a county tells all of those who come", above, line]
    pages = pages_of(raw_pdf(words_at(*_column(72, 200, lines))))
    assert texts_with(pages, Role.LIST_ITEM) == []
    (passage,) = passages_of(pages)
    assert [sentence.kind for sentence in passage.sentences][-1] is SentenceKind.SENTENCE


@pytest.mark.parametrize(
    "lines",
    [
        # The line above ends.
        ["The county lends its tents as is told in the law.", "12. The county pays for them."],
        ["The county lends its tents and it says to all of:", "12. The county pays for them."],
        # It is short.
        ["The county lends its tents to many.", "Of its rules", "12. The county pays for them."],
        # The page counts on.
        ["The county lends to all of those who come and ask", "1. tents for a day", "2. boats"],
        ["The county lends to all of those who come and ask", "- tents for a day", "- boats"],
        # It is a bullet, which nothing else begins with.
        ["The county lends to all of those who come and ask", "\\225 tents for a day"],
    ],
)
def test_an_item_begins_where_the_line_above_ends_or_the_page_counts_on(lines: list[str]) -> None:
    pages = pages_of(raw_pdf(words_at(*_column(72, 200, lines))))
    marks = ("1", "2", "-", "•")
    items = [line.replace("\\225", "•") for line in lines]
    assert texts_with(pages, Role.LIST_ITEM) == [item for item in items if item[0] in marks]


def test_an_item_that_is_set_in_from_a_full_line_is_one() -> None:
    placed = [
        (72, 200, "The county lends to all of those who come and ask"),
        (90, 214, "1. tents for a day"),
    ]
    pages = pages_of(raw_pdf(words_at(*placed)))
    assert texts_with(pages, Role.LIST_ITEM) == ["1. tents for a day"]


def test_a_first_row_that_is_printed_again_over_other_rows_is_a_head() -> None:
    rows = [
        *[("County", "State"), ("Alameda", "open"), ("Kern", "closed"), ("Marin", "open")],
        *[("County", "State"), ("Napa", "closed"), ("Solano", "open"), ("Sonoma", "open")],
    ]
    one, other = (
        words_at(
            *[
                word
                for n, (county, state) in enumerate(part)
                for word in ((72, 200 + 14 * n, county), (250, 200 + 14 * n, state))
            ]
        )
        for part in (rows[:4], rows[4:])
    )
    pages = pages_of(raw_pdf(one, other))
    assert texts_with(pages, Role.TABLE_HEAD) == ["County", "State"] * 2
    assert len(texts_with(pages, Role.TABLE_ROW)) == 12
    assert texts_with(pages_of(raw_pdf(one)), Role.TABLE_HEAD) == []
