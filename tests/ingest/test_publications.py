import datetime as dt
import os
from pathlib import Path

import pytest

from ingest.document import Status
from ingest.errors import CorpusMissing, PublicationsInvalid
from ingest.publications import list_publications, slugify
from ingest.report import Verdict
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


def _left_out(corpus: Path) -> dict[str, str]:
    reports = list_publications(corpus).left_out
    assert all(report.verdict is Verdict.LEFT_OUT for report in reports)
    return {report.file: report.notes[0].removeprefix(f"{report.file}: ") for report in reports}


def test_what_else_lies_in_the_folder_is_reported_where_somebody_may_miss_it(
    tmp_path: Path,
) -> None:
    corpus = _corpus(tmp_path, "", "a.pdf", "really.txt", ".trace.pdf")
    for name in ("minutes.docx", "notes.md", "rows.csv", "README.txt", "LICENSE.html"):
        (corpus / name).write_text("words", encoding="utf-8")
    (corpus / "really.txt").write_bytes(b"%PDF-1.7")
    (corpus / "older").mkdir()
    (corpus / "older" / "b.pdf").write_bytes(b"%PDF")
    (corpus / "src").mkdir()
    (corpus / "folder.pdf").mkdir()
    assert _left_out(corpus) == {
        ".trace.pdf": "is hidden by its name; rename it, or remove it if a program left it there",
        "folder.pdf": "is a folder; put its PDFs into the corpus folder itself",
        "minutes.docx": "is no PDF; save it as PDF to have it read",
        "older": "is a folder with 1 PDFs; put them into the corpus folder",
        "really.txt": "is a PDF by its content; give its name the ending .pdf to have it read",
    }
    assert [d.file for d in list_publications(corpus).documents] == ["a.pdf"]


def test_links_pipes_and_devices_are_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"%PDF-1.7")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    _corpus(corpus, "", "a.pdf")
    (corpus / "inside.pdf").symlink_to("a.pdf")
    (corpus / "link.pdf").symlink_to(outside)
    (corpus / "nowhere.pdf").symlink_to("gone.pdf")
    (corpus / "round.pdf").symlink_to("round.pdf")
    (corpus / "random.pdf").symlink_to("/dev/zero")
    os.mkfifo(corpus / "pipe.pdf")
    os.mkfifo(corpus / "pipe.txt")
    out = "is a link that leads out of the folder; put the file itself in its place"
    nowhere = "is a link that leads nowhere; put the file itself in its place"
    assert _left_out(corpus) == {
        "link.pdf": out,
        "nowhere.pdf": nowhere,
        "pipe.pdf": "is no file but a pipe, socket or device; remove it",
        "pipe.txt": "is no PDF; save it as PDF to have it read",
        "random.pdf": out,
        "round.pdf": nowhere,
    }
    assert [d.file for d in list_publications(corpus).documents] == ["a.pdf", "inside.pdf"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("two\nlines.pdf", r"two\nlines.pdf"),
        ("no-unicode-\udcff.pdf", r"no-unicode-\udcff.pdf"),
        ("back\u202efdp.pdf", r"back\u202efdp.pdf"),
    ],
)
def test_names_that_cannot_be_shown_are_spelled_out(tmp_path: Path, name: str, shown: str) -> None:
    try:
        corpus = _corpus(tmp_path, "", "a.pdf", name)
    except OSError:
        pytest.skip("this file system does not take such names")
    assert _left_out(corpus) == {shown: "its name holds characters that cannot be shown; rename it"}


def test_a_listed_file_that_is_left_out_is_reported_once_and_not_as_missing(
    tmp_path: Path,
) -> None:
    corpus = _corpus(tmp_path, _GUIDE + _OLD_GUIDE, "old.pdf")
    (corpus / "guide.pdf").symlink_to("/dev/zero")
    found = list_publications(corpus)
    assert [report.file for report in found.left_out] == ["guide.pdf"]
    assert [d.doc_id for d in found.documents] == ["old-guide"]
    assert [d.doc_id for d in found.not_loaded] == ["guide"]
    assert found.missing_files == ()


def test_a_password_is_kept_apart_from_what_is_published(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path, _GUIDE + 'password = "open sesame"\n' + _OLD_GUIDE, "guide.pdf")
    found = list_publications(corpus)
    assert found.passwords == {"guide": "open sesame"}
    assert "sesame" not in repr(found)


def test_a_password_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(PublicationsInvalid, match="password must be a text in quotes"):
        list_publications(_corpus(tmp_path, _OLD_GUIDE + "password = 1234\n", "old.pdf"))


@pytest.mark.parametrize(
    ("doc_id", "fault"),
    [
        ("a" * 201, "the id may have at most 200 characters"),
        ("guide\\n", "the id may hold only small letters, digits and hyphens"),
        ("../guide", "the id may hold only small letters, digits and hyphens"),
    ],
)
def test_ids_name_files_of_the_index(tmp_path: Path, doc_id: str, fault: str) -> None:
    toml = _OLD_GUIDE.replace("old-guide", doc_id)
    with pytest.raises(PublicationsInvalid, match=fault):
        list_publications(_corpus(tmp_path, toml, "old.pdf"))


def test_a_pipe_or_a_folder_in_place_of_the_list_is_named(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path, "", "a.pdf")
    os.mkfifo(corpus / "publications.toml")
    with pytest.raises(PublicationsInvalid, match=r"publications\.toml: is no file"):
        list_publications(corpus)


def test_a_list_nested_without_end_is_named(tmp_path: Path) -> None:
    with pytest.raises(PublicationsInvalid, match="is no valid TOML"):
        list_publications(_corpus(tmp_path, f"a = {'[' * 100_000}", "a.pdf"))


def test_a_long_name_gives_an_id_that_fits(tmp_path: Path) -> None:
    found = list_publications(_corpus(tmp_path, "", "x" * 250 + ".pdf"))
    assert [d.doc_id for d in found.documents] == ["x" * 200]


def test_long_names_that_begin_alike_give_ids_that_fit(tmp_path: Path) -> None:
    names = [f"{'x' * 240}{number}.pdf" for number in range(1, 11)]
    found = list_publications(_corpus(tmp_path, "", *names))
    ids = [f"{'x' * 198}-{number}" for number in range(2, 10)]
    assert sorted(d.doc_id for d in found.documents) == sorted(["x" * 200, *ids, f"{'x' * 197}-10"])


def test_a_folder_without_a_pdf_says_what_was_left_out(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing) as caught:
        list_publications(_corpus(tmp_path, "", "minutes.docx"))
    assert str(caught.value) == (
        f"{tmp_path}: holds no PDF to index; put the publications' PDFs in it | minutes.docx: is "
        "no PDF; save it as PDF to have it read"
    )
