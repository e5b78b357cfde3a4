from ingest.catalog import OutlineEntry
from ingest.document import Page, Role
from ingest.headings import heading_paths, mark_headings
from tests.make_pdf import extracted, lines_of_text, pages_of, raw_pdf, texts_with, typst_pdf


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
