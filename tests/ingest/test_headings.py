import pytest

from ingest.catalog import OutlineEntry
from ingest.document import Page, Role
from ingest.headings import heading_paths, mark_headings
from tests.make_pdf import (
    extracted,
    lines_of_text,
    pages_of,
    raw_pdf,
    texts_with,
    typst_pdf,
    words_at,
)


def _levels(pages: list[Page]) -> list[tuple[str, int]]:
    return [
        (page.line_text(line), line.level)
        for page in pages
        for line in page.lines
        if line.role is Role.HEADING
    ]


def _path_of(pages: list[Page], text: str) -> tuple[str, ...]:
    paths = heading_paths(pages)
    (key,) = [
        (page.number, n)
        for page in pages
        for n, line in enumerate(page.lines)
        if page.line_text(line) == text
    ]
    return paths[key]


def test_headings_of_the_outline_have_its_levels() -> None:
    pages = pages_of(
        typst_pdf(
            "= Part\nBody one.\n== Section\nBody two.\n=== Detail\nBody three.\n= Next\nBody four."
        )
    )
    assert _levels(pages) == [("Part", 1), ("Section", 2), ("Detail", 3), ("Next", 1)]
    assert _path_of(pages, "Body three.") == ("Part", "Section", "Detail")
    assert _path_of(pages, "Body four.") == ("Next",)


def test_a_line_of_the_outline_is_a_heading_even_where_it_is_set_like_the_body() -> None:
    pages = extracted(
        raw_pdf(lines_of_text("Purpose", "Words of the body, many of them.", top=500))
    )
    outline = [OutlineEntry(title="PURPOSE", level=2, page_number=1)]
    assert _levels(mark_headings(pages, outline)) == [("Purpose", 2)]


def test_an_outline_entry_of_another_page_marks_nothing() -> None:
    pages = extracted(
        raw_pdf(lines_of_text("Purpose", "Words of the body, many of them.", top=500))
    )
    outline = [OutlineEntry(title="Purpose", level=2, page_number=2)]
    assert _levels(mark_headings(pages, outline)) == []


def test_without_an_outline_larger_type_ranks_higher() -> None:
    body = lines_of_text("Words of the body that tell the usual size.", size=10, top=500)
    content = " ".join(
        [
            lines_of_text("The whole", size=20, top=640),
            lines_of_text("A part of it", size=14, top=600),
            lines_of_text("Bold and small", size=10, top=540, font="/F2"),
            body,
        ]
    )
    assert _levels(pages_of(raw_pdf(content))) == [
        ("The whole", 1),
        ("A part of it", 2),
        ("Bold and small", 3),
    ]


def test_a_bold_line_of_its_own_is_a_heading() -> None:
    pages = pages_of(typst_pdf("Words before it.\n\n*Who should lead*\n\nWords after it."))
    assert _levels(pages) == [("Who should lead", 1)]


def test_a_bold_paragraph_is_no_heading() -> None:
    pages = pages_of(
        typst_pdf(f"Words before it.\n\n*{'All of this is important, ' * 20}*\n\nWords.")
    )
    assert _levels(pages) == []


def test_a_bold_opening_of_a_sentence_is_no_heading() -> None:
    content = (
        lines_of_text("Nobody is to", font="/F2", top=500)
        + " "
        + lines_of_text("be turned away from this house.", "The rest is body.", top=485)
    )
    assert _levels(pages_of(raw_pdf(content))) == []


def test_a_bold_sentence_is_no_heading() -> None:
    assert _levels(pages_of(typst_pdf("Words.\n\n*Nobody is turned away.*\n\nWords."))) == []


def test_a_heading_over_two_lines_is_one_heading() -> None:
    content = (
        lines_of_text("Shifting to a", "Public Health Frame", size=20, top=600)
        + " "
        + lines_of_text("Words of the body, many of them, to tell its size.", size=10, top=500)
    )
    pages = pages_of(raw_pdf(content))
    assert _path_of(pages, "Words of the body, many of them, to tell its size.") == (
        "Shifting to a Public Health Frame",
    )


def test_a_running_header_between_them_does_not_part_body_from_its_heading() -> None:
    pages = pages_of(
        typst_pdf("#set page(header: [Guide])\n= Part\n" + "\n#pagebreak()\n".join("abcd"))
    )
    assert _path_of(pages, "d") == ("Part",)


def test_what_stands_under_references_is_kept_apart_and_notes_are_footnotes() -> None:
    pages = pages_of(
        typst_pdf(
            "= Findings\nTrust grew.\n= Notes\nSee the annex.\n"
            "= References\nSmith, J. (2019). Trust."
        )
    )
    assert texts_with(pages, Role.BODY) == ["Trust grew."]
    assert texts_with(pages, Role.FOOTNOTE) == ["See the annex."]
    assert texts_with(pages, Role.REFERENCE) == ["Smith, J. (2019). Trust."]


def test_a_heading_that_only_begins_with_references_keeps_its_body() -> None:
    pages = pages_of(typst_pdf("= References to other services\nCall the clinic first."))
    assert texts_with(pages, Role.BODY) == ["Call the clinic first."]


_BODY = "Words of the body, many of them, stand here."


def test_tags_give_levels_without_an_outline_and_whatever_the_type_is() -> None:
    source = "#show heading: set text(size: 11pt, weight: 400)\n" + "\n".join(
        f"{'=' * level} Part {level}\n{_BODY}" for level in range(1, 7)
    )
    pages = mark_headings(extracted(typst_pdf(source)), [])
    # Four levels are told apart at most.
    assert _levels(pages) == [(f"Part {n}", min(n, 4)) for n in range(1, 7)]


@pytest.mark.parametrize("text", ["Trust grew over the years.", "to heal;", "2019"])
def test_what_only_a_slip_tags_as_a_heading_is_none(text: str) -> None:
    source = f"#show heading: set text(size: 11pt, weight: 400)\n= {text}\n\n{_BODY}"
    assert _levels(mark_headings(extracted(typst_pdf(source)), [])) == []


def test_section_numbers_give_levels_within_one_type() -> None:
    titles = ["1 Purpose", "1.1 Scope", "1.1.1 Limits of the scope", "2 Duties", "2.1 To heal"]
    heads = words_at(*[(72, 200 + 50 * n, t) for n, t in enumerate(titles)], font="/F2")
    body = words_at(*[(72, 220 + 50 * n, _BODY) for n in range(len(titles))])
    assert _levels(pages_of(raw_pdf(f"{heads} {body}"))) == [
        ("1 Purpose", 1),
        ("1.1 Scope", 2),
        ("1.1.1 Limits of the scope", 3),
        ("2 Duties", 1),
        ("2.1 To heal", 2),
    ]


def test_a_bold_label_with_a_colon_heads_what_follows() -> None:
    content = f"{words_at((72, 200, 'Who leads:'), font='/F2')} {words_at((72, 214, _BODY))}"
    assert _levels(pages_of(raw_pdf(content))) == [("Who leads:", 1)]


def test_a_bold_label_with_a_colon_leads_in_a_list_that_follows() -> None:
    items = words_at((72, 214, "\\225 to find harm;"), (72, 228, "\\225 to heal it."))
    pages = pages_of(raw_pdf(f"{words_at((72, 200, 'Who leads:'), font='/F2')} {items}"))
    assert _levels(pages) == []
    assert texts_with(pages, Role.BODY) == ["Who leads:"]


def test_many_bold_words_with_a_colon_are_no_label() -> None:
    label = "What all the people of a county have to know:"
    content = f"{words_at((72, 200, label), font='/F2')} {words_at((72, 214, _BODY))}"
    assert _levels(pages_of(raw_pdf(content))) == []


def test_bold_cells_of_a_table_are_no_headings() -> None:
    cells = "[*County*], [*Beds*], [Alpha], [12], [*All*], [*12*]"
    assert _levels(pages_of(typst_pdf(f"{_BODY}\n\n#table(columns: 2, {cells})"))) == []


def test_headings_of_two_pages_are_two_headings() -> None:
    said = "Boats are lent to all who ask for one."
    pages = pages_of(typst_pdf(f"= Tents\n#pagebreak()\n= Boats\n\n{said}"))
    assert _path_of(pages, said) == ("Boats",)
