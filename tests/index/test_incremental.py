"""A re-index gives what a build from nothing gives, and works out only what is new."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.build import BuildResult, build_index
from index.builder import Plan
from index.embed import SentenceTransformerEmbedder
from index.kept_readings import is_lasting
from index.releases import current_number
from index.settings import IndexSettings
from ingest.document import PageQuality, PageVerdict
from ingest.read import Reading
from ingest.settings import IngestSettings
from tests.conftest import ROOT
from tests.make_pdf import document, encrypted_pdf, pages_of, typst_pdf

_TRUST = typst_pdf("= Trust\nTrust comes first in every county. It is earned slowly.")
_HOPE = typst_pdf("= Hope\n- Hope comes second.\n- It needs work.\n#pagebreak()\nAnd time.")
_CARE = typst_pdf("= Care\n#table(columns: 2, [*County*], [*Beds*], [Alpha], [12], [Beta], [9])")
_LIST = """
[[publication]]
id = "trust"
title = "{title}"
status = "current"
file = "trust.pdf"
"""

Build = Callable[[Path, Path], BuildResult]


@pytest.fixture
def build(embedder: SentenceTransformerEmbedder) -> Build:
    def run(corpus: Path, root: Path) -> BuildResult:
        return build_index(
            Plan(
                corpus=corpus,
                root=root,
                embedder=embedder,
                ingest_settings=IngestSettings(processes=1),
                index_settings=IndexSettings(),
                on_progress=lambda _: None,
            )
        )

    return run


def _corpus(folder: Path, **pdfs: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.pdf"):
        path.unlink()
    for name, pdf in pdfs.items():
        (folder / f"{name}.pdf").write_bytes(pdf)
    return folder


def _files(root: Path) -> dict[str, bytes]:
    """Every file of the published release but the manifest, which names the release."""
    number = current_number(root)
    assert number is not None
    folder = root / "releases" / f"{number:06d}"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }


def test_every_kind_of_change_gives_what_a_build_from_nothing_gives(
    build: Build, tmp_path: Path
) -> None:
    corpus, root = tmp_path / "corpus", tmp_path / "index"
    steps = [
        ({"trust": _TRUST, "hope": _HOPE}, None, "0 of 2 files unchanged; 0 of 4 texts"),
        ({"trust": _TRUST, "hope": _HOPE, "care": _CARE}, None, "2 of 3 files unchanged; 4 of 6"),
        ({"trust": _CARE, "hope": _HOPE}, None, "1 of 2 files unchanged"),
        ({"trust": _TRUST}, "The trust guide", "0 of 1 files unchanged"),
        ({"trust": _TRUST}, "The trust guide", "1 of 1 files unchanged"),
    ]
    for number, (pdfs, title, reused) in enumerate(steps):
        _corpus(corpus, **pdfs)
        if title:
            (corpus / "publications.toml").write_text(_LIST.format(title=title), encoding="utf-8")
        result = build(corpus, root)
        assert result.reused.startswith(reused), number
        fresh = tmp_path / f"fresh-{number}"
        build(corpus, fresh)
        assert _files(root) == _files(fresh), number


def test_a_new_edition_date_or_status_needs_no_reading(build: Build, tmp_path: Path) -> None:
    corpus, root = _corpus(tmp_path / "corpus", trust=_TRUST), tmp_path / "index"
    entry = _LIST.format(title="The trust guide")
    (corpus / "publications.toml").write_text(entry, encoding="utf-8")
    build(corpus, root)
    entry = entry.replace('"current"', '"superseded"') + 'edition = "2"\nissued = 2026-11-22\n'
    (corpus / "publications.toml").write_text(entry, encoding="utf-8")
    assert build(corpus, root).reused == "1 of 1 files unchanged; 2 of 2 texts embedded before"
    build(corpus, tmp_path / "fresh")
    assert b'"edition":"2"' in _files(root)["documents.jsonl"]
    assert _files(root) == _files(tmp_path / "fresh")


def test_an_unchanged_corpus_needs_no_embedding(build: Build, tmp_path: Path) -> None:
    corpus, root = _corpus(tmp_path / "corpus", trust=_TRUST, hope=_HOPE), tmp_path / "index"
    build(corpus, root)
    before = _files(root)
    assert build(corpus, root).reused == "2 of 2 files unchanged; 4 of 4 texts embedded before"
    assert _files(root) == before


def test_damaged_and_deleted_caches_are_worked_out_anew(build: Build, tmp_path: Path) -> None:
    corpus, root = _corpus(tmp_path / "corpus", trust=_TRUST, hope=_HOPE), tmp_path / "index"
    build(corpus, root)
    before = _files(root)
    cache = root / "cache" / "builds.sqlite"
    with sqlite3.connect(cache) as database:
        database.execute("UPDATE entries SET value = zeroblob(length(value))")
    database.close()
    assert build(corpus, root).reused == "0 of 2 files unchanged; 0 of 4 texts embedded before"
    assert _files(root) == before
    cache.write_bytes(b"This is no database." * 100)
    assert build(corpus, root).reused == "0 of 2 files unchanged; 0 of 4 texts embedded before"
    shutil.rmtree(root / "cache")
    assert build(corpus, root).reused == "0 of 2 files unchanged; 0 of 4 texts embedded before"
    assert _files(root) == before


def test_only_what_the_last_build_used_is_kept(build: Build, tmp_path: Path) -> None:
    corpus, root = _corpus(tmp_path / "corpus", trust=_TRUST, hope=_HOPE), tmp_path / "index"
    build(corpus, root)
    build(_corpus(corpus, trust=_TRUST), root)
    database = sqlite3.connect(root / "cache" / "builds.sqlite")
    (count,) = database.execute("SELECT count(*) FROM entries").fetchone()
    database.close()
    assert count == 3  # the reading; and the vectors of its passage, and of title with heading


def test_what_needs_a_password_is_not_kept(build: Build, tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "corpus", trust=encrypted_pdf(_TRUST, "secret"))
    entry = _LIST.format(title="The trust guide") + 'password = "secret"\n'
    (corpus / "publications.toml").write_text(entry, encoding="utf-8")
    root = tmp_path / "index"
    build(corpus, root)
    assert build(corpus, root).reused == "0 of 1 files unchanged; 2 of 2 texts embedded before"


@pytest.mark.parametrize(
    ("reason", "lasting"),
    [
        ("OCR: the file's other pages have taken 1800 seconds", False),
        ("tesseract 5 finds no writing on it", True),
    ],
)
def test_a_reading_is_kept_only_when_another_would_be_the_same(reason: str, lasting: bool) -> None:  # noqa: FBT001  # a parameter of the test
    page, *others = pages_of(_HOPE)
    quality = PageQuality(verdict=PageVerdict.NEEDS_OCR, reasons=("no text", reason))
    reading = Reading(
        document=document(), pages=(replace(page, quality=quality), *others), faults=()
    )
    assert is_lasting(reading) is lasting


def test_a_killed_build_is_finished_by_the_next(build: Build, tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "corpus", hope=_HOPE, care=_CARE)
    root = tmp_path / "index"
    command = [sys.executable, "-m", "index", "build", "--corpus", corpus, "--index", root]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    cache = root / "cache" / "builds.sqlite"
    deadline = time.monotonic() + 60
    while not cache.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)  # until it has begun to keep what it works out
    time.sleep(0.5)
    process.send_signal(signal.SIGKILL)
    process.wait()
    build(corpus, root)
    build(corpus, tmp_path / "fresh")
    assert _files(root) == _files(tmp_path / "fresh")
