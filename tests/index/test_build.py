import hashlib
import importlib.metadata
import re
from pathlib import Path

import pytest

from answer.editions import is_current, successors
from index.build import BuildResult, build_index
from index.builder import Plan, Progress
from index.embed import SentenceTransformerEmbedder
from index.errors import NothingToIndex
from index.fingerprint import fingerprint, is_up_to_date
from index.releases import open_release
from index.settings import IndexSettings
from ingest.errors import CorpusMissing
from ingest.pdfium.image import page_image
from ingest.provenance import quotation_boxes
from ingest.report import FileReport, Verdict
from ingest.settings import IngestSettings
from tests.make_pdf import encrypted_pdf, image_only_pdf, lines_of_text, raw_pdf, typst_pdf

_GOOD = typst_pdf("= Trust\nTrust comes first in every county.")
_CHANGED = raw_pdf(lines_of_text("This is not what was described.", top=500))
_LIST = """
[[publication]]
id = "guide"
title = "The guide"
status = "current"
file = "good.pdf"

[[publication]]
id = "changed"
title = "The changed one"
status = "current"
file = "changed.pdf"
sha256 = "{sha256}"

[[publication]]
id = "gone"
title = "The one that is gone"
status = "current"
file = "gone.pdf"
"""


def _fill(corpus: Path) -> Path:
    corpus.mkdir()
    for name, content in {
        "good.pdf": _GOOD,
        "changed.pdf": _CHANGED,
        "copy.pdf": _GOOD,
        "letter.pdf": b"Dear all, this is a letter.",
        "locked.pdf": encrypted_pdf(_GOOD, "secret"),
        "scan.pdf": image_only_pdf(),
        "cut.pdf": _GOOD[: len(_GOOD) // 2],
        "extra.pdf": raw_pdf(lines_of_text("Hope comes second.", top=500)),
    }.items():
        (corpus / name).write_bytes(content)
    (corpus / "publications.toml").write_text(_LIST.format(sha256="0" * 64), encoding="utf-8")
    return corpus


def _build(
    corpus: Path,
    root: Path,
    embedder: SentenceTransformerEmbedder,
    seen: list[Progress] | None = None,
) -> BuildResult:
    return build_index(
        Plan(
            corpus=corpus,
            root=root,
            embedder=embedder,
            ingest_settings=IngestSettings(processes=2),
            index_settings=IndexSettings(),
            on_progress=(seen if seen is not None else []).append,
        )
    )


def _fingerprint(corpus: Path, settings: IngestSettings | None = None, model: str = "m") -> str:
    return fingerprint(
        corpus,
        model_sha256=model,
        ingest_settings=settings or IngestSettings(processes=2),
    )


def test_every_file_is_reported_and_the_good_ones_are_indexed(
    tmp_path: Path, embedder: SentenceTransformerEmbedder
) -> None:
    corpus, root = _fill(tmp_path / "corpus"), tmp_path / "index"
    seen: list[Progress] = []
    result = _build(corpus, root, embedder, seen)
    reports = {report.file: report for report in result.reports}
    assert list(reports) == sorted(reports)
    assert {file: report.verdict for file, report in reports.items()} == {
        "good.pdf": Verdict.READ,
        "extra.pdf": Verdict.WARNING,
        "changed.pdf": Verdict.LEFT_OUT,
        "copy.pdf": Verdict.LEFT_OUT,
        "gone.pdf": Verdict.LEFT_OUT,
        "letter.pdf": Verdict.UNREADABLE,
        "locked.pdf": Verdict.UNREADABLE,
        "scan.pdf": Verdict.UNREADABLE,
        "cut.pdf": Verdict.UNREADABLE,
    }
    assert _note(reports["changed.pdf"]) == (
        "changed.pdf: is not the file that publications.toml describes (SHA-256 "
        f"{hashlib.sha256(_CHANGED).hexdigest()}); if it was replaced on purpose, bring its "
        f"sha256, "
        "edition and date up to date"
    )
    assert (
        _note(reports["copy.pdf"]) == "copy.pdf: is the same file as good.pdf; remove one of them"
    )
    assert _note(reports["gone.pdf"]) == (
        "gone.pdf: is listed in publications.toml but is not in the folder; put it there, or "
        "set the "
        'status of "gone" to "not loaded"'
    )
    assert _note(reports["locked.pdf"]).endswith("save an unprotected copy in its place")
    assert "none of its 1 pages has text that can be used" in _note(reports["scan.pdf"])
    assert _note(reports["extra.pdf"]).startswith("undescribed: indexed as ")
    assert _note(reports["letter.pdf"]).startswith("letter.pdf: is no PDF but text; ")
    assert _note(reports["cut.pdf"]).startswith("cut.pdf: is damaged (pdfium: ")

    release = open_release(root, model_sha256=embedder.sha256)
    assert [passage.text for passage in release.passages] == [
        "Trust comes first in every county.",
        "Hope comes second.",
    ]
    assert release.manifest["counts"]["documents"] == 2
    assert release.documents_by_id["guide"].sha256 == hashlib.sha256(_GOOD).hexdigest()
    assert sorted({p.done for p in seen}) == list(range(9))
    assert (seen[-1].done, seen[-1].total) == (8, 8)


def test_the_previous_release_is_served_when_a_later_build_fails(
    tmp_path: Path, embedder: SentenceTransformerEmbedder
) -> None:
    corpus, root = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "guide.pdf").write_bytes(_GOOD)
    assert _build(corpus, root, embedder).release == 1
    (corpus / "guide.pdf").write_bytes(b"no PDF any more")
    with pytest.raises(NothingToIndex) as caught:
        _build(corpus, root, embedder)
    assert str(caught.value).startswith(f"{corpus}: no file could be read; guide.pdf: is no PDF")
    (corpus / "guide.pdf").unlink()
    with pytest.raises(CorpusMissing):
        _build(corpus, root, embedder)
    assert open_release(root, model_sha256=embedder.sha256).number == 1


def test_the_fingerprint_tells_whether_the_index_is_up_to_date(
    tmp_path: Path, embedder: SentenceTransformerEmbedder
) -> None:
    corpus, root = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "guide.pdf").write_bytes(_GOOD)
    before = _fingerprint(corpus, model=embedder.sha256)
    assert not is_up_to_date(root, before)
    _build(corpus, root, embedder)
    assert is_up_to_date(root, before)
    assert is_up_to_date(root, _fingerprint(corpus, model=embedder.sha256))
    (corpus / "guide.pdf").write_bytes(_CHANGED)
    assert not is_up_to_date(root, _fingerprint(corpus, model=embedder.sha256))


def test_the_fingerprint_changes_with_all_that_an_index_depends_on(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.pdf").write_bytes(_GOOD)
    base = _fingerprint(corpus)
    (corpus / "notes.txt").write_text("of no account")
    assert _fingerprint(corpus) == base
    assert re.fullmatch(r"[0-9a-f]{64}", base)
    changed = {
        _fingerprint(corpus, model="other"),
        _fingerprint(corpus, IngestSettings(max_passage_tokens=90)),
    }
    (corpus / "b.pdf").write_bytes(_CHANGED)
    changed.add(_fingerprint(corpus))
    (corpus / "b.pdf").rename(corpus / "c.pdf")
    changed.add(_fingerprint(corpus))
    (corpus / "publications.toml").write_text("# nothing yet")
    changed.add(_fingerprint(corpus))
    assert len(changed - {base}) == 5


@pytest.mark.parametrize(
    ("newer", "sha256"),
    [
        (None, None),  # missing
        (b"Dear all, this is a letter.", None),  # unreadable
        (_CHANGED, "0" * 64),  # left out
    ],
)
def test_an_edition_stays_superseded_when_the_newer_one_gives_no_pages(
    tmp_path: Path, embedder: SentenceTransformerEmbedder, newer: bytes | None, sha256: str | None
) -> None:
    corpus, root = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "old.pdf").write_bytes(_GOOD)
    if newer is not None:
        (corpus / "new.pdf").write_bytes(newer)
    (corpus / "publications.toml").write_text(
        '[[publication]]\nid = "old"\ntitle = "Trust"\nstatus = "current"\nfile = "old.pdf"\n'
        '[[publication]]\nid = "new"\ntitle = "Trust"\nstatus = "current"\nfile = "new.pdf"\n'
        'supersedes = "old"\n' + (f'sha256 = "{sha256}"\n' if sha256 else ""),
        encoding="utf-8",
    )
    _build(corpus, root, embedder)
    documents = open_release(root, model_sha256=embedder.sha256).documents
    assert [(d.doc_id, d.page_count) for d in documents] == [("old", 1), ("new", 0)]
    after = successors(documents)
    assert after["old"].doc_id == "new"
    assert not is_current(documents[0], after)


def _note(report: FileReport) -> str:
    (note,) = report.notes
    return note


@pytest.mark.parametrize("library", ["pypdfium2", "torch", "bm25s"])
def test_the_fingerprint_changes_with_a_library_that_reads_embeds_or_searches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.pdf").write_bytes(_GOOD)
    before = _fingerprint(corpus)
    installed = importlib.metadata.version
    monkeypatch.setattr(
        importlib.metadata,
        "version",
        lambda name: "99.0" if name == library else installed(name),
    )
    assert _fingerprint(corpus) != before


def test_a_locked_file_is_read_with_its_password_and_its_pages_can_be_shown(
    tmp_path: Path, embedder: SentenceTransformerEmbedder
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "locked.pdf").write_bytes(encrypted_pdf(_GOOD, "open sesame"))
    (corpus / "publications.toml").write_text(
        '[[publication]]\nid = "locked"\ntitle = "The locked one"\nstatus = "current"\n'
        'file = "locked.pdf"\npassword = "open sesame"\n',
        encoding="utf-8",
    )
    result = _build(corpus, tmp_path / "index", embedder)
    assert [report.verdict for report in result.reports] == [Verdict.READ]
    release = open_release(tmp_path / "index", model_sha256=embedder.sha256)
    page = release.pages["locked", 1]
    start = page.text.index("Trust comes first")
    boxes = quotation_boxes(release.pdf_bytes("locked"), page, start, start + 17, file="locked.pdf")
    assert len(boxes) == 1
    image, _ = page_image(release.pdf_bytes("locked"), 1, file="locked.pdf", scale=1)
    assert image.size == (612, 792)
    stored = b"".join(path.read_bytes() for path in release.folder.rglob("*") if path.is_file())
    assert b"sesame" not in stored
