import time

import pytest

from ingest.catalog import Catalog, OutlineEntry, read_catalog
from tests.hostile import cycles, encrypted, large
from tests.make_pdf import labelled_pdf, lines_of_text, raw_pdf, typst_pdf

_FOUR_PAGES = raw_pdf(*[lines_of_text("Words")] * 4)


def test_labels_are_read_as_printed() -> None:
    pdf = labelled_pdf(_FOUR_PAGES, [(0, "/r", ""), (2, "/D", "")])
    assert read_catalog(pdf).labels == ("i", "ii", "1", "2")


def test_labels_may_have_a_prefix_or_be_a_prefix_alone() -> None:
    pdf = labelled_pdf(_FOUR_PAGES, [(0, "", "Cover"), (1, "/D", "A-")])
    assert read_catalog(pdf).labels == ("Cover", "A-1", "A-2", "A-3")


def test_a_file_without_labels_has_none_rather_than_1_2_3() -> None:
    assert read_catalog(_FOUR_PAGES) == Catalog(title=None, labels=None, outline=(), faults=())


def test_title_and_outline_are_read() -> None:
    source = (
        '#set document(title: "A  Guide to\n Safety")\n'
        "= Part\nWords.\n== Section\n#pagebreak()\n= Next"
    )
    catalog = read_catalog(typst_pdf(source))
    assert catalog.title == "A Guide to Safety"
    assert catalog.outline == (
        OutlineEntry(title="Part", level=1, page_number=1),
        OutlineEntry(title="Section", level=2, page_number=1),
        OutlineEntry(title="Next", level=1, page_number=2),
    )
    assert catalog.faults == ()


@pytest.mark.parametrize("labels", ["7", "<< /Nums 7 >>", "<< /Nums [(a) (b)] >>"])
def test_broken_labels_are_no_labels(labels: str) -> None:
    pdf = _FOUR_PAGES.replace(b"/Type /Catalog", f"/Type /Catalog /PageLabels {labels}".encode())
    assert read_catalog(pdf).labels is None


@pytest.mark.parametrize(
    "outline", ["7", "[1 2]", "<< /First 7 >>", "<< /First << /Title (A) /Dest [99 0 R /Fit] >> >>"]
)
def test_a_broken_outline_is_empty_and_the_labels_are_read(outline: str) -> None:
    pdf = labelled_pdf(_FOUR_PAGES, [(0, "/r", "")])
    catalog = read_catalog(
        pdf.replace(b"/Type /Catalog", f"/Type /Catalog /Outlines {outline}".encode())
    )
    assert catalog.outline == ()
    assert catalog.labels == ("i", "ii", "iii", "iv")


def test_bytes_that_are_no_pdf_have_an_empty_catalogue() -> None:
    assert read_catalog(b"no PDF") == Catalog(faults=("title, page labels and outline",))


def test_an_unknown_kind_of_encryption_is_a_fault_and_no_crash() -> None:
    pdf = _FOUR_PAGES.replace(b"trailer\n<<", b"trailer\n<< /Encrypt << /Filter /Foreign /V 9 >>")
    assert pdf != _FOUR_PAGES
    assert read_catalog(pdf) == Catalog(faults=("title, page labels and outline",))


def test_an_endless_or_huge_outline_is_a_fault_and_costs_little() -> None:
    start = time.monotonic()
    assert read_catalog(large()["large-outline"].content).faults == ("outline",)
    assert read_catalog(large()["large-outline-deep"].content).faults == ("outline",)
    titles = [entry.title for entry in read_catalog(cycles()["cycle-outline"].content).outline]
    assert titles[:2] == ["A", "B"]
    assert time.monotonic() - start < 20


def test_a_file_that_opens_with_the_empty_password_has_its_catalogue_read() -> None:
    pdf = encrypted(labelled_pdf(_FOUR_PAGES, [(0, "/r", "")]), user="", owner="other")
    assert read_catalog(pdf).labels == ("i", "ii", "iii", "iv")
