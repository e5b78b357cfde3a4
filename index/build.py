"""A corpus folder -> a published release, with a report of every file."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import ingest
from index.embed import Embedder
from index.errors import NothingToIndex
from index.releases import (
    FORMAT_VERSION,
    Contents,
    build_lock,
    embedded_text,
    publish,
    read_manifest,
)
from index.settings import IndexSettings
from ingest.document import Document, Page, Passage
from ingest.duplicates import PagePrint, page_prints, with_same_pages
from ingest.intake import missing_report, take_in
from ingest.isolate import Job, read_guarded
from ingest.ocr.pages import plan_ocr
from ingest.publications import LIST_NAME, Publications, list_publications
from ingest.read import Outcome, report_reading
from ingest.report import FileReport
from ingest.settings import IngestSettings
from ingest.split import context_line, fit_title, split_passages

_OCR_CACHE = Path("cache", "ocr")  # in the index folder; what it holds can be read again


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far a build has come."""

    step: str  # "reading" (files) or "embedding" (passages)
    done: int
    total: int
    detail: str  # pages and passages so far


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildResult:
    """What a build published."""

    release: int
    reports: tuple[FileReport, ...]


OnProgress = Callable[[Progress], None]


def fingerprint(
    corpus: Path,
    *,
    model_sha256: str,
    ingest_settings: IngestSettings,
    index_settings: IndexSettings,
) -> str:
    """A hash of everything that an index depends on: equal fingerprints, equal index.

    Raises:
        CorpusMissing: there is no such folder.
        SettingsInvalid: the engine for OCR that is asked for is not installed.
    """
    list_publications(corpus)  # says what is wrong with the folder or the list
    parts: dict[str, Any] = {
        "format_version": FORMAT_VERSION,
        "program": _program_sha256(),
        "model": model_sha256,
        "ingest": asdict(ingest_settings),
        "ocr": ocr.name if (ocr := plan_ocr(ingest_settings, cache=None).engine) else None,
        "index": {"batch_size": index_settings.batch_size},
        "files": {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(corpus.iterdir())
            if path.is_file() and (path.suffix.lower() == ".pdf" or path.name == LIST_NAME)
        },
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def is_up_to_date(root: Path, current_fingerprint: str) -> bool:
    """Whether the published release was built from exactly this."""
    manifest = read_manifest(root)
    return manifest is not None and manifest.get("fingerprint") == current_fingerprint


def build_index(
    corpus: Path,
    root: Path,
    *,
    embedder: Embedder,
    ingest_settings: IngestSettings,
    index_settings: IndexSettings,
    on_progress: OnProgress,
) -> BuildResult:
    """Read every publication of a corpus, index it and publish the result.

    Files that cannot be read are reported and left out. Whatever fails, the release that was
    published before stays in place.

    Raises:
        IngestError: the corpus or its list cannot be used.
        NothingToIndex: no file gave a passage.
        BuildRunning: another build of this index is running.
        IndexNotWritable: the index folder is read-only or full.
    """
    publications = list_publications(corpus)
    with build_lock(root):
        # Before anything is read: a file that changes during the build makes it out of date.
        built_from = fingerprint(
            corpus,
            model_sha256=embedder.sha256,
            ingest_settings=ingest_settings,
            index_settings=index_settings,
        )
        documents, pages, passages, pdfs, reports = _read_corpus(
            corpus, publications, embedder, ingest_settings, on_progress, root / _OCR_CACHE
        )
        if not passages:
            message = f"{corpus}: no file could be read; " + " | ".join(
                note for report in reports for note in report.notes
            )
            raise NothingToIndex(message)
        vectors = _embed(passages, documents, embedder, on_progress)
        release = publish(
            root,
            Contents(
                documents=(*documents, *publications.not_loaded, *publications.missing_files),
                pages=tuple(pages),
                passages=tuple(passages),
                passage_vectors=vectors.passages,
                sentence_vectors=vectors.sentences,
                context_vectors=vectors.contexts,
                report=[report.as_dict() for report in reports],
                pdfs=pdfs,
                manifest={
                    "fingerprint": built_from,
                    "model": {"name": embedder.name, "sha256": embedder.sha256},
                    "settings": {
                        "ingest": asdict(ingest_settings),
                        "index": asdict(index_settings),
                    },
                    "pdfs": {d.doc_id: {"file": d.file, "sha256": d.sha256} for d in documents},
                },
            ),
            kept_releases=index_settings.kept_releases,
        )
    return BuildResult(release=release, reports=tuple(reports))


def _read_corpus(
    corpus: Path,
    publications: Publications,
    embedder: Embedder,
    settings: IngestSettings,
    on_progress: OnProgress,
    ocr_cache: Path,
) -> tuple[list[Document], list[Page], list[Passage], dict[str, bytes], list[FileReport]]:
    documents: list[Document] = []
    pages: list[Page] = []
    passages: list[Passage] = []
    pdfs: dict[str, bytes] = {}
    reports = [*publications.left_out, *map(missing_report, publications.missing_files)]
    prints: list[PagePrint] = []
    total = len(publications.documents)
    for done, (document, pdf_bytes, outcome) in enumerate(
        _outcomes(corpus, publications, settings, ocr_cache), start=1
    ):
        if isinstance(outcome, FileReport):
            reports.append(outcome)
        else:
            read, document_pages = outcome.document, outcome.pages
            document_passages = split_passages(
                document_pages,
                doc_id=read.doc_id,
                title=read.title,
                count_tokens=embedder.count_tokens,
                window_tokens=embedder.window_tokens,
                max_tokens=settings.max_passage_tokens,
            )
            documents.append(read)
            pages.extend(document_pages)
            passages.extend(document_passages)
            # Pages are shown without asking for a password again.
            pdfs[document.doc_id] = outcome.unlocked or pdf_bytes
            report = report_reading(outcome, document_passages)
            reports.append(replace(report, passages=len(document_passages)))
            prints.extend(page_prints(report.file, document_pages))
        detail = f"{len(pages)} pages, {len(passages)} passages"
        on_progress(Progress(step="reading", done=done, total=total, detail=detail))
    reports.sort(key=lambda report: report.file)
    reports = with_same_pages(reports, prints, {d.file or d.doc_id: d for d in documents})
    return documents, pages, passages, pdfs, reports


@dataclass(frozen=True, kw_only=True, slots=True)
class _Vectors:
    """The unit vectors of an index, shape (n, dim) each."""

    passages: NDArray[np.float32]
    sentences: NDArray[np.float32]  # of all passages, in order
    contexts: NDArray[np.float32]  # of each passage's title and headings alone


def _outcomes(
    corpus: Path, publications: Publications, settings: IngestSettings, ocr_cache: Path
) -> Iterator[tuple[Document, bytes, Outcome]]:
    """Each document with its bytes and its pages, or with the report of why it is left out."""
    taken: dict[str, bytes] = {}

    def jobs() -> Iterator[Job | FileReport]:
        for item in take_in(
            corpus,
            publications.documents,
            publications.passwords,
            max_file_mib=settings.max_file_mib,
        ):
            if isinstance(item, Job):
                taken[item.document.doc_id] = item.pdf_bytes
            yield item

    results = read_guarded(jobs(), settings=settings, ocr_cache=ocr_cache)
    for document, outcome in zip(publications.documents, results, strict=True):
        yield document, taken.pop(document.doc_id, b""), outcome


def _embed(
    passages: Sequence[Passage],
    documents: Sequence[Document],
    embedder: Embedder,
    on_progress: OnProgress,
) -> _Vectors:
    """Embed passages under their headings, sentences within them, and title with headings."""
    texts = [embedded_text(passage) for passage in passages]
    offsets = [len(t) - len(p.text) for t, p in zip(texts, passages, strict=True)]
    parts = [
        [(s.start_char + offset, s.end_char + offset) for s in p.sentences]
        for p, offset in zip(passages, offsets, strict=True)
    ]

    def report(done: int) -> None:
        on_progress(Progress(step="embedding", done=done, total=len(texts), detail=""))

    passage_vectors, sentence_vectors = embedder.embed_with_parts(texts, parts, on_progress=report)
    titles = {
        d.doc_id: fit_title(d.title, embedder.count_tokens, embedder.window_tokens)
        for d in documents
    }
    contexts = [context_line(titles[p.doc_id], p.heading_path) for p in passages]
    distinct = sorted(set(contexts))
    distinct_vectors, _ = embedder.embed_with_parts(distinct, [()] * len(distinct))
    row = {context: number for number, context in enumerate(distinct)}
    return _Vectors(
        passages=passage_vectors,
        sentences=sentence_vectors,
        contexts=distinct_vectors[[row[context] for context in contexts]],
    )


def _program_sha256() -> str:
    """A hash of the code that decides what an index holds, so that a new version rebuilds it."""
    digest = hashlib.sha256()
    for package in (ingest.__path__[0], str(Path(__file__).parent)):
        for path in sorted(Path(package).rglob("*.py")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
