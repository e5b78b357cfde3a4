import datetime as dt
from pathlib import Path

import pytest

from ingest.document import Status
from ingest.errors import CorpusMissing, PublicationsInvalid
from ingest.publications import list_publications, slugify
from tests.conftest import ROOT


def _corpus(tmp_path: Path, toml: str, *files: str) -> Path:
    for file in files:
        (tmp_path / file).write_bytes(b"%PDF")
    if toml:
        (tmp_path / "publications.toml").write_text(toml, encoding="utf-8")
    return tmp_path


_GUIDE = """
[[publication]]
id = "guide"
title = "The guide"
edition = "Second"
issued = 2026-11-22
status = "current"
supersedes = "old-guide"
file = "guide.pdf"
"""
_OLD_GUIDE = """
[[publication]]
id = "old-guide"
title = "The old guide"
status = "superseded"
file = "old.pdf"
"""


def test_described_files_come_first_in_the_order_of_the_list(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path, _GUIDE + _OLD_GUIDE, "guide.pdf", "old.pdf", "Annex B.PDF", "x.txt")
    found = list_publications(corpus)
    assert [(d.doc_id, d.file, d.described) for d in found.documents] == [
        ("guide", "guide.pdf", True),
        ("old-guide", "old.pdf", True),
        ("annex-b", "Annex B.PDF", False),
    ]
    guide = found.documents[0]
    assert (guide.title, guide.edition, guide.issued) == (
        "The guide",
        "Second",
        dt.date(2026, 11, 22),
    )
    assert (guide.status, guide.supersedes) == (Status.CURRENT, "old-guide")
    assert (found.not_loaded, found.missing_files) == ((), ())


def test_a_listed_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    found = list_publications(_corpus(tmp_path, _GUIDE + _OLD_GUIDE, "guide.pdf"))
    assert [d.doc_id for d in found.documents] == ["guide"]
    assert [d.doc_id for d in found.missing_files] == ["old-guide"]


@pytest.mark.parametrize("status", ["withdrawn", "not loaded"])
def test_what_is_withdrawn_or_not_loaded_is_listed_and_not_indexed(
    tmp_path: Path, status: str
) -> None:
    toml = _GUIDE + _OLD_GUIDE.replace("superseded", status)
    found = list_publications(_corpus(tmp_path, toml, "guide.pdf", "old.pdf"))
    assert [d.doc_id for d in found.documents] == ["guide"]
    assert [(d.doc_id, d.status.value) for d in found.not_loaded] == [("old-guide", status)]


def test_an_entry_without_a_file_is_not_loaded(tmp_path: Path) -> None:
    toml = '[[publication]]\nid = "plan"\ntitle = "The plan"\nstatus = "not loaded"\n'
    found = list_publications(_corpus(tmp_path, toml, "other.pdf"))
    assert [d.doc_id for d in found.not_loaded] == ["plan"]


def test_ids_of_undescribed_files_differ_from_all_others(tmp_path: Path) -> None:
    toml = _GUIDE.replace('supersedes = "old-guide"', "")
    found = list_publications(_corpus(tmp_path, toml, "guide.pdf", "Guide!.pdf", "GUIDE .pdf"))
    assert sorted(d.doc_id for d in found.documents) == ["guide", "guide-2", "guide-3"]


def test_a_missing_folder_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing) as caught:
        list_publications(tmp_path / "none")
    assert str(caught.value) == (
        f"{tmp_path / 'none'}: there is no such folder; make it and put the publications' "
        f"PDFs in it"
    )


@pytest.mark.parametrize("toml", ["", _OLD_GUIDE.replace("superseded", "withdrawn")])
def test_a_folder_without_a_pdf_to_index_is_named_with_the_remedy(
    tmp_path: Path, toml: str
) -> None:
    with pytest.raises(CorpusMissing) as caught:
        list_publications(_corpus(tmp_path, toml))
    assert str(caught.value) == (
        f"{tmp_path}: holds no PDF to index; put the publications' PDFs in it"
    )


def test_every_fault_of_the_list_is_told_at_once_with_its_entry(tmp_path: Path) -> None:
    toml = """
[[publication]]
id = "Guide 1"
title = ""
status = "curent"
colour = "red"

[[publication]]
id = "plan"
title = "The plan"
status = "current"
issued = "2026-11-22"
publisher = 7

[[publication]]
id = "plan"
title = "The plan"
status = "current"
file = "../plan.pdf"

[[publication]]
id = "map"
title = "The map"
status = "not loaded"
supersedes = "atlas"
"""
    with pytest.raises(PublicationsInvalid) as caught:
        list_publications(_corpus(tmp_path, toml, "a.pdf"))
    first, *faults = str(caught.value).splitlines()
    assert first == f"{tmp_path / 'publications.toml'}: mend these entries, then try again:"
    assert sorted(fault.strip() for fault in faults) == sorted(
        [
            'publication 1 ("Guide 1"): unknown field colour',
            'publication 1 ("Guide 1"): title is missing; give it a text in quotes',
            'publication 1 ("Guide 1"): the id may hold only small letters, digits and hyphens',
            (
                'publication 1 ("Guide 1"): status "curent" is none of current, superseded, '
                "withdrawn, "
                "not loaded"
            ),
            'publication 2 ("plan"): publisher must be a text in quotes',
            'publication 2 ("plan"): issued must be a date without quotes, such as 2026-11-22',
            'publication 2 ("plan"): status "current" needs a file; or set it to "not loaded"',
            # The second entry is faulty itself, and its id is taken all the same.
            'publication 3 ("plan"): the id is used by an earlier entry; ids must differ',
            'publication 3 ("plan"): file must be a plain file name inside the corpus folder',
            'publication "map": supersedes names the unknown id "atlas"',
        ]
    )


@pytest.mark.parametrize("toml", ["[[publication", 'publication = "guide"', "publication = [1]"])
def test_a_list_of_another_form_is_named(tmp_path: Path, toml: str) -> None:
    with pytest.raises(PublicationsInvalid, match=r"publications\.toml"):
        list_publications(_corpus(tmp_path, toml, "a.pdf"))


def test_the_list_of_the_starter_corpus_has_no_fault_and_no_missing_file() -> None:
    found = list_publications(ROOT / "corpus")
    assert len(found.documents) == 7
    assert all(d.described and d.sha256 for d in found.documents)
    assert found.missing_files == ()
    assert "toward-shared-safety" in {d.doc_id for d in found.not_loaded}


@pytest.mark.parametrize(
    ("text", "slug"), [("Guía de Salud (2019)", "guia-de-salud-2019"), ("安全", "publication")]
)
def test_slugs(text: str, slug: str) -> None:
    assert slugify(text) == slug
