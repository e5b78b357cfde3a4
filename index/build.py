"""A corpus folder -> a published release, with a report of every file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from index import live
from index.builder import Builder, Plan
from index.cache import Cache
from index.embed import Embedder, model_sha256
from index.errors import IndexDamaged, NothingToIndex
from index.fingerprint import fingerprint, is_up_to_date, set_aside
from index.history import Action, record
from index.release_writer import Contents, build_lock, remove_release, write_release
from index.releases import current_number, open_release
from index.settings import IndexSettings
from index.verify import faults_of
from ingest.document import Document
from ingest.publications import Publications, list_publications
from ingest.report import FileReport, Verdict
from ingest.report_text import format_reports
from ingest.settings import IngestSettings
from ingest.switched_off import read_switched_off

_CACHE = Path("cache", "builds.sqlite")  # in the index folder; can be worked out again

_NOT_INDEXED = (Verdict.UNREADABLE, Verdict.LEFT_OUT)


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildResult:
    """What a build made."""

    release: int
    reports: tuple[FileReport, ...]
    reused: str  # how much of it an earlier build had worked out

    def in_words(self) -> str:
        """The report of every file, what is not in the index, and what was reused."""
        left_out = [r.file for r in self.reports if r.verdict in _NOT_INDEXED]
        lines = [format_reports(self.reports)]
        if left_out:
            lines.append(f"not in the index: {', '.join(left_out)} (reasons above)")
        return "\n".join([*lines, self.reused])


def why_not_needed(
    corpus: Path, root: Path, *, ingest_settings: IngestSettings, index_settings: IndexSettings
) -> str:
    """Why nothing has to be built, for people; "" when something has.

    Raises:
        IngestError: the corpus or its list cannot be used.
        ModelUnavailable: the model is not there.
    """
    wanted = fingerprint(
        corpus,
        model_sha256=model_sha256(
            index_settings.model, model_download=index_settings.model_download
        ),
        ingest_settings=ingest_settings,
    )
    if is_up_to_date(root, wanted):
        return f"{root}: up to date (release {current_number(root)})"
    aside = set_aside(root, wanted)
    if aside is None:
        return ""
    return (
        f"{root}: release {aside} holds these publications but was not left published; release "
        f"{current_number(root)} stays. To publish it all the same: python -m staff publish {aside}"
    )


def build_index(plan: Plan) -> BuildResult:
    """Make a release of a corpus and publish it; see `build_candidate`."""
    with build_lock(plan.root):
        result = _release(plan)
        live.go_live(plan.root, result.release, kept_releases=plan.index_settings.kept_releases)
    return result


def build_candidate(plan: Plan) -> BuildResult:
    """Read every publication of a corpus, make a release of it and verify it.

    Files that cannot be read are reported and left out. The release that is published stays in
    place, until `index.live.go_live` publishes the new one.

    Raises:
        IngestError: the corpus or its list cannot be used.
        NothingToIndex: no file gave a passage.
        IndexDamaged: the release does not pass its self-test and has been taken away.
        BuildRunning: another build of this index is running.
        IndexNotWritable: the index folder is read-only or full.
    """
    with build_lock(plan.root):
        return _release(plan)


def _release(plan: Plan) -> BuildResult:
    corpus, root, embedder = plan.corpus, plan.root, plan.embedder
    publications = list_publications(corpus)
    # Before anything is read: a file that changes during the build makes it out of date.
    built_from = fingerprint(
        corpus, model_sha256=embedder.sha256, ingest_settings=plan.ingest_settings
    )
    with Cache(root / _CACHE) as cache:
        builder = Builder(plan, cache)
        built = builder.build(publications, read_switched_off(corpus))
        if not built.passages:
            message = f"{corpus}: no file could be read; " + " | ".join(
                note for report in built.reports for note in report.notes
            )
            raise NothingToIndex(message)
        number = write_release(
            root,
            Contents(
                documents=(*built.documents, *_without_pages(publications, built.documents)),
                pages=tuple(built.pages),
                passages=tuple(built.passages),
                vectors=tuple(built.vectors),
                context_vectors=np.stack(built.context_vectors),
                report=[report.as_dict() for report in built.reports],
                pdfs=built.pdfs,
                manifest={
                    "fingerprint": built_from,
                    "model": {"name": embedder.name, "sha256": embedder.sha256},
                    "settings": {
                        "ingest": asdict(plan.ingest_settings),
                        "index": asdict(plan.index_settings),
                    },
                    "pdfs": {
                        d.doc_id: {"file": d.file, "sha256": d.sha256} for d in built.documents
                    },
                },
            ),
        )
        cache.forget_unused()
    record(root, number, Action.BUILT)
    _self_test(root, number, embedder, plan.index_settings)
    return BuildResult(release=number, reports=tuple(built.reports), reused=builder.reused())


def _without_pages(publications: Publications, indexed: Sequence[Document]) -> tuple[Document, ...]:
    """Those that are listed and of which nothing can be quoted, for whatever reason.

    What one of them supersedes is superseded all the same: so its publisher says.
    """
    ids = {document.doc_id for document in indexed}
    unread = (d for d in publications.documents if d.described and d.doc_id not in ids)
    return (*unread, *publications.not_loaded, *publications.missing_files)


def _self_test(root: Path, number: int, embedder: Embedder, settings: IndexSettings) -> None:
    release = open_release(root, model_sha256=embedder.sha256, number=number)
    if faults := faults_of(release, embedder, settings):
        remove_release(root, number)
        reason = f"failed its self-test: {faults[0]}"
        record(root, number, Action.DISCARDED, reason=reason)
        message = (
            f"{root}: release {number} {reason}"
            + (f" (and {len(faults) - 1} faults more)" if len(faults) > 1 else "")
            + "; it was not published; build again, and report this if it happens twice"
        )
        raise IndexDamaged(message)
