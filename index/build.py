"""A corpus folder -> a published release, with a report of every file."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache as once
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import ingest
from index import live
from index.ahead import ahead
from index.cache import Cache
from index.cached_embedder import CachedEmbedder
from index.embed import Embedder, TextVectors, model_sha256
from index.errors import IndexDamaged, NothingToIndex
from index.history import Action, record
from index.kept_readings import (
    KeptReading,
    described_by,
    is_lasting,
    reading_bytes,
    reading_from,
    reading_key,
)
from index.libraries import EMBEDDING, READING, SEARCHING, python_version, versions
from index.release_writer import Contents, build_lock, remove_release, write_release
from index.releases import (
    FORMAT_VERSION,
    current_number,
    embedded_text,
    file_sha256,
    open_release,
    read_manifest,
    release_numbers,
)
from index.settings import IndexSettings
from index.source import source_sha256
from index.verify import faults_of
from ingest.document import Document, Page, Passage
from ingest.duplicates import PagePrint, page_prints, with_same_pages
from ingest.intake import missing_report, take_in
from ingest.isolate import Job, read_guarded
from ingest.ocr.pages import plan_ocr
from ingest.publications import LIST_NAME, Publications, list_publications
from ingest.read import Outcome, Reading, report_reading
from ingest.report import FileReport, Verdict
from ingest.report_text import format_reports
from ingest.settings import IngestSettings
from ingest.split import context_line, fit_title, split_passages
from ingest.switched_off import (
    SWITCHED_OFF_NAME,
    SwitchedOff,
    kept_passages,
    read_switched_off,
)

# In the index folder; what these hold can be worked out again.
_CACHE = Path("cache", "builds.sqlite")
_OCR_CACHE = Path("cache", "ocr")
_LISTS = (LIST_NAME, SWITCHED_OFF_NAME)

_NOT_INDEXED = (Verdict.UNREADABLE, Verdict.LEFT_OUT)

Vectors = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far a build has come."""

    done: int  # files
    total: int
    detail: str  # pages and passages so far


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


OnProgress = Callable[[Progress], None]


def fingerprint(
    corpus: Path,
    *,
    model_sha256: str,
    ingest_settings: IngestSettings,
) -> str:
    """A hash of everything that an index depends on: equal fingerprints, equal index.

    Raises:
        CorpusMissing: there is no such folder.
        SettingsInvalid: the engine for OCR that is asked for is not installed.
    """
    list_publications(corpus)  # says what is wrong with the folder or the list
    parts: dict[str, Any] = {
        "format_version": FORMAT_VERSION,
        "program": program_sha256(),
        "libraries": [python_version(), *versions((*READING, *EMBEDDING, *SEARCHING))],
        "model": model_sha256,
        "ingest": asdict(ingest_settings),
        "ocr": ocr.name if (ocr := plan_ocr(ingest_settings, cache=None).engine) else None,
        "files": {
            path.name: _file_sha256(path)
            for path in sorted(corpus.iterdir())
            if path.is_file() and (path.suffix.lower() == ".pdf" or path.name in _LISTS)
        },
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def is_up_to_date(root: Path, current_fingerprint: str) -> bool:
    """Whether the published release was built from exactly this."""
    manifest = read_manifest(root)
    return manifest is not None and manifest.get("fingerprint") == current_fingerprint


def set_aside(root: Path, current_fingerprint: str) -> int | None:
    """A kept release of exactly this that is not the published one: a candidate, or rolled back."""
    for number in reversed(release_numbers(root)):
        manifest = read_manifest(root, number)
        if manifest and manifest.get("fingerprint") == current_fingerprint:
            return number if number != current_number(root) else None
    return None


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


def build_index(
    corpus: Path,
    root: Path,
    *,
    embedder: Embedder,
    ingest_settings: IngestSettings,
    index_settings: IndexSettings,
    on_progress: OnProgress,
) -> BuildResult:
    """Make a release of a corpus and publish it; see `build_candidate`."""
    with build_lock(root):
        result = _release(
            corpus,
            root,
            embedder=embedder,
            ingest_settings=ingest_settings,
            index_settings=index_settings,
            on_progress=on_progress,
        )
        live.go_live(root, result.release, kept_releases=index_settings.kept_releases)
    return result


def build_candidate(
    corpus: Path,
    root: Path,
    *,
    embedder: Embedder,
    ingest_settings: IngestSettings,
    index_settings: IndexSettings,
    on_progress: OnProgress,
) -> BuildResult:
    """Read every publication of a corpus, make a release of it and verify it.

    Files that cannot be read are reported and left out. The release that is published stays in
    place, until `index.live.go_live` publishes the new one.

    Args:
        corpus: folder of PDFs.
        root: the index folder.
        embedder: the model.
        ingest_settings: how PDFs are read.
        index_settings: how passages are ranked.
        on_progress: told after each file and while passages are embedded.

    Raises:
        IngestError: the corpus or its list cannot be used.
        NothingToIndex: no file gave a passage.
        IndexDamaged: the release does not pass its self-test and has been taken away.
        BuildRunning: another build of this index is running.
        IndexNotWritable: the index folder is read-only or full.
    """
    with build_lock(root):
        return _release(
            corpus,
            root,
            embedder=embedder,
            ingest_settings=ingest_settings,
            index_settings=index_settings,
            on_progress=on_progress,
        )


def _release(
    corpus: Path,
    root: Path,
    *,
    embedder: Embedder,
    ingest_settings: IngestSettings,
    index_settings: IndexSettings,
    on_progress: OnProgress,
) -> BuildResult:
    publications = list_publications(corpus)
    # Before anything is read: a file that changes during the build makes it out of date.
    built_from = fingerprint(
        corpus,
        model_sha256=embedder.sha256,
        ingest_settings=ingest_settings,
    )
    with Cache(root / _CACHE) as cache:
        builder = _Builder(
            embedder=embedder,
            cache=cache,
            settings=ingest_settings,
            on_progress=on_progress,
        )
        built = builder.build(
            corpus, publications, read_switched_off(corpus), ocr_cache=root / _OCR_CACHE
        )
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
                        "ingest": asdict(ingest_settings),
                        "index": asdict(index_settings),
                    },
                    "pdfs": {
                        d.doc_id: {"file": d.file, "sha256": d.sha256} for d in built.documents
                    },
                },
            ),
        )
        cache.forget_unused()
    record(root, number, Action.BUILT)
    _self_test(root, number, embedder, index_settings)
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


@dataclass(slots=True)
class _Built:
    """What the publications read so far have given."""

    documents: list[Document] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    vectors: list[TextVectors] = field(default_factory=list)  # of each passage
    context_vectors: list[Vectors] = field(default_factory=list)  # of title and headings alone
    pdfs: dict[str, bytes] = field(default_factory=dict)
    reports: list[FileReport] = field(default_factory=list)
    prints: list[PagePrint] = field(default_factory=list)


class _Builder:
    """Reads publications in child processes, and embeds one while the next are read."""

    def __init__(
        self,
        *,
        embedder: Embedder,
        cache: Cache,
        settings: IngestSettings,
        on_progress: OnProgress,
    ) -> None:
        self._embedder = embedder
        self._vectors = CachedEmbedder(embedder, cache)
        self._cache = cache
        self._settings = settings
        self._on_progress = on_progress
        self._built = _Built()
        self._keys: dict[str, str] = {}  # doc_id -> key of its reading
        self._kept: dict[str, KeptReading] = {}  # doc_id -> as an earlier build has read it
        self._pdfs: dict[str, bytes] = {}
        self._off: dict[str, list[SwitchedOff]] = {}  # doc_id -> what must not be quoted
        self._files = (0, 0)  # taken as they were, in all

    def reused(self) -> str:
        """How much an earlier build had worked out, in words."""
        unchanged, files = self._files
        return (
            f"{unchanged} of {files} files unchanged; {self._vectors.found:,} of "
            f"{self._vectors.asked:,} texts embedded before"
        )

    def build(
        self,
        corpus: Path,
        publications: Publications,
        switched_off: Sequence[SwitchedOff],
        *,
        ocr_cache: Path,
    ) -> _Built:
        """Read, split and embed every publication of a corpus, without what is switched off."""
        built = self._built
        for off in switched_off:
            self._off.setdefault(off.doc_id, []).append(off)
        built.reports += publications.left_out
        built.reports += map(missing_report, publications.missing_files)
        total = len(publications.documents)
        jobs = self._jobs(corpus, publications, ocr_cache)
        results = read_guarded(jobs, settings=self._settings, ocr_cache=ocr_cache)
        for done, (document, outcome) in enumerate(
            zip(publications.documents, ahead(results), strict=True), start=1
        ):
            if isinstance(outcome, FileReport):
                built.reports.append(outcome)
            else:
                self._add(document.doc_id, outcome, done - 1, total)
            self._report(done, total, len(built.passages))
        built.reports.sort(key=lambda report: report.file)
        built.reports = with_same_pages(
            built.reports, built.prints, {d.file or d.doc_id: d for d in built.documents}
        )
        return built

    def _report(self, done: int, total: int, embedded: int) -> None:
        detail = f"{len(self._built.pages)} pages, {embedded} passages"
        self._on_progress(Progress(done=done, total=total, detail=detail))

    def _jobs(
        self, corpus: Path, publications: Publications, ocr_cache: Path
    ) -> Iterator[Job | Outcome]:
        """The files to read; in place of an unchanged one, what an earlier build has read."""
        ocr = plan_ocr(self._settings, cache=ocr_cache).engine
        made_by = (
            program_sha256(),
            json.dumps(asdict(self._settings), sort_keys=True),
            ocr.name if ocr else "",
            self._embedder.sha256,
        )
        for item in take_in(
            corpus,
            publications.documents,
            publications.passwords,
            max_file_mib=self._settings.max_file_mib,
        ):
            if isinstance(item, FileReport):
                yield item
                continue
            doc_id = item.document.doc_id
            self._pdfs[doc_id] = item.pdf_bytes
            self._files = (self._files[0], self._files[1] + 1)
            if item.password:  # what is read with a password is not kept beside the releases
                yield item
                continue
            self._keys[doc_id] = reading_key(item.document, made_by=made_by)
            data = self._cache.find(self._keys[doc_id])
            kept = reading_from(data) if data else None
            if kept is None:
                yield item
                continue
            self._kept[doc_id] = kept
            self._files = (self._files[0] + 1, self._files[1])
            yield described_by(kept, item.document)

    def _add(self, doc_id: str, reading: Reading, done: int, total: int) -> None:
        built = self._built
        every = self._passages(doc_id, reading)
        passages, notes = kept_passages(every, self._off.get(doc_id, ()))
        report = report_reading(reading, every)
        built.reports.append(replace(report, passages=len(passages), notes=(*report.notes, *notes)))
        built.prints += page_prints(report.file, reading.pages)
        built.documents.append(reading.document)
        built.pages += reading.pages
        # Pages are shown without asking for a password again.
        built.pdfs[doc_id] = reading.unlocked or self._pdfs[doc_id]
        del self._pdfs[doc_id]
        before = len(built.passages)
        built.passages += passages
        if passages:
            self._embed(passages, reading.document, lambda n: self._report(done, total, before + n))

    def _passages(self, doc_id: str, reading: Reading) -> Sequence[Passage]:
        if doc_id in self._kept:
            return self._kept.pop(doc_id).passages
        passages = split_passages(
            reading.pages,
            doc_id=doc_id,
            title=reading.document.title,
            count_tokens=self._embedder.count_tokens,
            window_tokens=self._embedder.window_tokens,
            max_tokens=self._settings.max_passage_tokens,
        )
        if doc_id in self._keys and is_lasting(reading):
            kept = KeptReading(reading=reading, passages=tuple(passages))
            self._cache.keep([(self._keys[doc_id], reading_bytes(kept))])
        return passages

    def _embed(
        self, passages: Sequence[Passage], document: Document, on_progress: Callable[[int], None]
    ) -> None:
        """Embed passages under their headings, sentences within them, and title with headings."""
        texts = [embedded_text(passage) for passage in passages]
        offsets = [len(t) - len(p.text) for t, p in zip(texts, passages, strict=True)]
        parts = [
            [(s.start_char + offset, s.end_char + offset) for s in p.sentences]
            for p, offset in zip(passages, offsets, strict=True)
        ]
        embedded = self._vectors.embed_with_parts(texts, parts, on_progress=on_progress)
        title = fit_title(document.title, self._embedder.count_tokens, self._embedder.window_tokens)
        contexts = [context_line(title, passage.heading_path) for passage in passages]
        distinct = sorted(set(contexts))
        vectors = self._vectors.embed_with_parts(distinct, [()] * len(distinct))
        of = {context: v.whole for context, v in zip(distinct, vectors, strict=True)}
        self._built.vectors += embedded
        self._built.context_vectors += [of[context] for context in contexts]


@once
def program_sha256() -> str:
    """A hash of the code that decides what an index holds, so that a new version rebuilds it.

    Taken once: the code that runs is that of the start, whatever is written to its files later.
    """
    return source_sha256((Path(ingest.__path__[0]), Path(__file__).parent))


def _file_sha256(path: Path) -> str:
    """The SHA-256 of a file; of one that cannot be read that it cannot."""
    try:
        return file_sha256(path)
    except OSError as error:
        return f"unreadable: {error.strerror}"
