"""Releases published, rolled back, discarded; what a stop in between leaves; how two differ."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import live
from index.build import build_candidate, build_index
from index.builder import Plan
from index.diff import Change, diff
from index.embed import SentenceTransformerEmbedder
from index.errors import ReleaseUnknown
from index.history import Action, read_history, record
from index.release_writer import make_current, remove_release
from index.releases import MANIFEST, current_number, file_sha256, open_release, release_numbers
from index.settings import IndexSettings
from index.vectors import VectorIndex
from index.verify import faults_of
from ingest.settings import IngestSettings
from tests.make_pdf import lines_of_text, raw_pdf

_SETTINGS = IndexSettings(kept_releases=2)


class Office:
    """A corpus folder and its index."""

    def __init__(self, folder: Path, embedder: SentenceTransformerEmbedder) -> None:
        self.corpus, self.root = folder / "corpus", folder / "index"
        self.corpus.mkdir()
        self.embedder = embedder

    def write(self, name: str, *lines: str) -> None:
        (self.corpus / name).write_bytes(raw_pdf(lines_of_text(*lines, top=500)))

    def build(self, *, publish: bool = True) -> int:
        make = build_index if publish else build_candidate
        return make(
            Plan(
                corpus=self.corpus,
                root=self.root,
                embedder=self.embedder,
                ingest_settings=IngestSettings(),
                index_settings=_SETTINGS,
                on_progress=lambda _: None,
            )
        ).release

    def actions(self) -> list[tuple[Action, int]]:
        return [(event.action, event.release) for event in read_history(self.root)]


@pytest.fixture
def office(tmp_path: Path, embedder: SentenceTransformerEmbedder) -> Office:
    office = Office(tmp_path, embedder)
    office.write("guide.pdf", "Trust comes first.")
    assert office.build() == 1
    return office


def test_a_candidate_is_published_only_when_told(office: Office) -> None:
    office.write("more.pdf", "Listen to survivors.")
    assert office.build(publish=False) == 2
    assert current_number(office.root) == 1
    live.go_live(office.root, 2, kept_releases=2)
    assert current_number(office.root) == 2
    assert live.roll_back(office.root, reason="a page is missing") == 1
    assert current_number(office.root) == 1
    assert read_history(office.root)[-1].reason == "a page is missing"
    live.discard(office.root, 2)
    assert release_numbers(office.root) == [1]
    assert office.actions() == [
        (Action.BUILT, 1), (Action.PUBLISHED, 1), (Action.BUILT, 2), (Action.PUBLISHED, 2),
        (Action.ROLLED_BACK, 1), (Action.DISCARDED, 2),
    ]  # fmt: skip


def test_the_next_number_is_never_one_that_was_published(office: Office) -> None:
    """Answers name their release: two releases of one number could not be told apart."""
    office.write("more.pdf", "Listen to survivors.")
    office.build()
    live.roll_back(office.root)
    live.discard(office.root, 2)
    assert office.build() == 3


def test_the_published_release_is_neither_discarded_nor_pruned(office: Office) -> None:
    with pytest.raises(ValueError, match="release 1 is published; publish another one first"):
        remove_release(office.root, 1)
    for line in ("Two.", "Three.", "Four."):
        office.write("more.pdf", line)
        office.build(publish=False)
    live.go_live(office.root, 2, kept_releases=1)
    assert release_numbers(office.root) == [2, 3, 4], "candidates are no old releases"


def test_there_is_nothing_to_go_back_to(office: Office) -> None:
    with pytest.raises(ReleaseUnknown, match="no release was published before this one"):
        live.roll_back(office.root)
    with pytest.raises(ReleaseUnknown, match="there is no release 9; kept are: 1"):
        live.roll_back(office.root, 9)
    assert current_number(office.root) == 1


def test_a_stop_after_the_switch_is_noted_afterwards(office: Office) -> None:
    office.write("more.pdf", "Listen to survivors.")
    office.build(publish=False)
    make_current(office.root, 2)  # and the program is stopped
    assert live.roll_back(office.root) == 1
    assert office.actions()[-2:] == [(Action.PUBLISHED, 2), (Action.ROLLED_BACK, 1)]


def test_a_torn_line_of_the_history_costs_only_itself(office: Office) -> None:
    history = office.root / "history.jsonl"
    history.write_text(history.read_text("utf-8") + '{"when": "2026-', "utf-8")
    record(office.root, 1, Action.PUBLISHED)
    assert office.actions()[-2:] == [(Action.PUBLISHED, 1), (Action.PUBLISHED, 1)]


def test_two_releases_are_compared_by_publication_and_page(office: Office) -> None:
    office.write("old.pdf", "This one goes.")
    office.build()
    (office.corpus / "old.pdf").unlink()
    office.write("guide.pdf", "Trust comes last.")
    office.write("new.pdf", "This one comes.")
    office.build()
    changes = {change.doc_id: change for change in diff(office.root, 2, 3)}
    assert {doc_id: change.change for doc_id, change in changes.items()} == {
        "guide": Change.CHANGED, "old": Change.REMOVED, "new": Change.ADDED
    }  # fmt: skip
    assert changes["guide"].pages == ((1, Change.CHANGED),)
    assert diff(office.root, 3, 3) == []


def test_vectors_of_other_passages_are_found_out(office: Office) -> None:
    office.write("more.pdf", "Listen to survivors before a plan is made.")
    office.build()
    whole = open_release(office.root, model_sha256=office.embedder.sha256)
    assert faults_of(whole, office.embedder, _SETTINGS) == []
    # The same vectors in another order, with checksums that say that all is well.
    file = whole.folder / "passages.faiss"
    vectors = whole.passage_vectors
    rows = [vectors._index.reconstruct(row) for row in range(len(vectors))]
    VectorIndex.build(np.stack(rows[::-1])).save(file)
    manifest = json.loads((whole.folder / MANIFEST).read_text("utf-8"))
    manifest["files"]["passages.faiss"] = file_sha256(file)
    (whole.folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    swapped = open_release(office.root, model_sha256=office.embedder.sha256)
    assert [
        fault.split(": ", 1)[1] for fault in faults_of(swapped, office.embedder, _SETTINGS)
    ] == ["its text has another vector than the one stored"] * 2


def test_a_passage_without_its_page_is_found_out(office: Office) -> None:
    whole = open_release(office.root, model_sha256=office.embedder.sha256)
    without = replace(whole, pages={})
    assert faults_of(without, office.embedder, _SETTINGS)[0].endswith(
        "a page that it stands on is not in the release"
    )
