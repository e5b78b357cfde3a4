"""Uploads and descriptions: taken whole or not at all, and what people wrote in the lists stays."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.document import Status
from ingest.publications import list_publications
from ingest.switched_off import read_switched_off
from staff.errors import ShelfInvalid
from staff.shelf import Description, add_file, describe, switch_off, switch_on
from tests.make_pdf import lines_of_text, raw_pdf

_PDF = raw_pdf(lines_of_text("Trust comes first.", top=500))
_TODAY = dt.date(2026, 11, 25)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "guide.pdf").write_bytes(_PDF)
    (folder / "publications.toml").write_text(
        '# Kept by the office.\n[[publication]]\nid = "guide"  # never changes\ntitle = "Guide"\n'
        'status = "current"\nfile = "guide.pdf"\n',
        "utf-8",
    )
    return folder


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("Annual Report (2026).pdf", "annual-report-2026.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("guide.pdf", "guide-2.pdf"),
        ("\u202egnp.pdf", "gnp.pdf"),
        (".pdf", "pdf.pdf"),
    ],
)
def test_an_upload_gets_a_plain_name_that_is_free(corpus: Path, name: str, taken: str) -> None:
    data = raw_pdf(lines_of_text("Another one.", top=500))
    assert add_file(corpus, name, data, max_file_mib=1) == taken
    assert (corpus / taken).read_bytes() == data
    assert (corpus / "guide.pdf").read_bytes() == _PDF


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"MZ, a program", "is not a PDF, despite its name; export or print it as PDF"),
        (_PDF, "is the same file as guide.pdf, which is here already"),
        (b"%PDF-" + bytes(2**20), "has more than 1 MiB; make it smaller, or split it"),
    ],
)
def test_what_is_refused_is_told_and_leaves_nothing(
    corpus: Path, data: bytes, message: str
) -> None:
    before = _names(corpus)
    with pytest.raises(ShelfInvalid, match=message):
        add_file(corpus, "report.pdf", data, max_file_mib=1)
    assert [name for name in _names(corpus) if name != ".lock"] == before


def test_a_new_edition_replaces_the_old_one_in_the_list(corpus: Path) -> None:
    add_file(corpus, "new.pdf", raw_pdf(lines_of_text("Second.", top=500)), max_file_mib=1)
    new = Description(
        doc_id="guide-2", title="Guide", file="new.pdf", edition="Second", issued=_TODAY,
        supersedes="guide",
    )  # fmt: skip
    describe(corpus, new)
    found = {document.doc_id: document for document in list_publications(corpus).documents}
    assert (found["guide"].status, found["guide-2"].status) == (Status.SUPERSEDED, Status.CURRENT)
    assert (found["guide-2"].issued, found["guide-2"].edition) == (_TODAY, "Second")
    text = (corpus / "publications.toml").read_text("utf-8")
    assert "# Kept by the office." in text
    assert "# never changes" in text
    describe(corpus, Description(doc_id="guide-2", title="The guide", file="new.pdf"))
    found = {document.doc_id: document for document in list_publications(corpus).documents}
    assert (found["guide-2"].title, found["guide-2"].issued) == ("The guide", None)


def test_a_description_with_faults_changes_nothing(corpus: Path) -> None:
    before = (corpus / "publications.toml").read_bytes()
    with pytest.raises(ShelfInvalid, match='supersedes names the unknown id "none"'):
        describe(
            corpus, Description(doc_id="guide", title="G", file="guide.pdf", supersedes="none")
        )
    assert (corpus / "publications.toml").read_bytes() == before


def test_a_publication_is_withdrawn_and_brought_back(corpus: Path) -> None:
    (corpus / "other.pdf").write_bytes(raw_pdf(lines_of_text("Other.", top=500)))
    guide = Description(doc_id="guide", title="Guide", file="guide.pdf")
    describe(corpus, replace(guide, status=Status.WITHDRAWN))
    assert [d.doc_id for d in list_publications(corpus).documents] == ["other"]
    describe(corpus, guide)
    assert [d.doc_id for d in list_publications(corpus).documents] == ["guide", "other"]
    assert (corpus / "guide.pdf").read_bytes() == _PDF


def test_a_passage_is_switched_off_with_a_reason_and_on_again(corpus: Path) -> None:
    switch_off(corpus, "guide", 1, begins="Trust comes", reason="read wrongly", since=_TODAY)
    [off] = read_switched_off(corpus)
    assert off.in_words() == (
        "the passage “Trust comes …” on page 1 is switched off since 2026-11-25: read wrongly"
    )
    with pytest.raises(ShelfInvalid, match="reason is missing; give it a text in quotes"):
        switch_off(corpus, "guide", 2, begins="", reason="  ", since=_TODAY)
    switch_on(corpus, "guide", 1, begins="Trust comes")
    assert read_switched_off(corpus) == ()


def test_what_a_killed_change_left_is_taken_away(corpus: Path) -> None:
    (corpus / ".new.pdf.part").write_bytes(_PDF[:100])
    describe(corpus, Description(doc_id="guide", title="Guide", file="guide.pdf"))
    assert _names(corpus) == [".lock", "guide.pdf", "publications.toml"]
