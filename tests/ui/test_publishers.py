from dataclasses import replace

from ingest.document import Document
from tests.make_pdf import document
from ui.publishers import publishers_line


def _by(*publishers: str) -> list[Document]:
    return [replace(document("d.pdf", "D"), publisher=publisher) for publisher in publishers]


def test_publishers_are_named_once_those_of_most_publications_first() -> None:
    assert publishers_line(_by("Alder County", "Birch Trust", "", "Birch Trust")) == (
        "Birch Trust and Alder County"
    )
    assert publishers_line(_by("Alder County")) == "Alder County"
    assert publishers_line(_by("", "")) == ""


def test_many_publishers_are_counted() -> None:
    assert publishers_line(_by("A", "B", "C", "D")) == "A, B, C and one other"
    assert publishers_line(_by("A", "B", "C", "D", "E")) == "A, B, C and 2 others"
