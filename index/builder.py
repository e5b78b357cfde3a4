"""Publications -> what a release is made of: pages, passages and their vectors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.ahead import ahead
from index.cache import Cache
from index.cached_embedder import CachedEmbedder
from index.embed import Embedder, TextVectors
from index.kept_readings import KeptReading, is_lasting, reading_bytes
from index.readings import Taken, readings
from index.releases import embedded_text
from index.settings import IndexSettings
from ingest.document import Document, Page, Passage
from ingest.duplicates import PagePrint, page_prints, with_same_pages
from ingest.intake import missing_report
from ingest.publications import Publications
from ingest.read import Reading, report_reading
from ingest.report import FileReport
from ingest.settings import IngestSettings
from ingest.split import context_line, fit_title, split_passages
from ingest.switched_off import SwitchedOff, kept_passages

_OCR_CACHE = Path("cache", "ocr")  # in the index folder; can be worked out again

Vectors = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far a build has come."""

    done: int  # files
    total: int
    detail: str  # pages and passages so far


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be built, and how."""

    corpus: Path  # folder of PDFs
    root: Path  # the index folder
    embedder: Embedder
    ingest_settings: IngestSettings  # how PDFs are read
    index_settings: IndexSettings  # how passages are ranked
    on_progress: OnProgress  # told after each file and while passages are embedded


@dataclass(slots=True)
class Built:
    """What the publications read so far have given."""

    documents: list[Document] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    vectors: list[TextVectors] = field(default_factory=list)  # of each passage
    context_vectors: list[Vectors] = field(default_factory=list)  # of title and headings alone
    pdfs: dict[str, bytes] = field(default_factory=dict)
    reports: list[FileReport] = field(default_factory=list)
    prints: list[PagePrint] = field(default_factory=list)
    files: int = 0  # that were taken in
    unchanged: int = 0  # of them, those that an earlier build had read


class Builder:
    """Splits and embeds one publication while the next are read in a thread of their own."""

    def __init__(self, plan: Plan, cache: Cache) -> None:
        """Args: what is to be built; and what earlier builds have worked out."""
        self._plan = plan
        self._cache = cache
        self._vectors = CachedEmbedder(plan.embedder, cache)
        self._built = Built()

    def reused(self) -> str:
        """How much an earlier build had worked out, in words."""
        return (
            f"{self._built.unchanged} of {self._built.files} files unchanged; "
            f"{self._vectors.found:,} of {self._vectors.asked:,} texts embedded before"
        )

    def build(self, publications: Publications, switched_off: Sequence[SwitchedOff]) -> Built:
        """Read, split and embed every publication, without what is switched off."""
        built = self._built
        built.reports += publications.left_out
        built.reports += map(missing_report, publications.missing_files)
        total = len(publications.documents)
        read = readings(
            self._plan.corpus,
            publications,
            settings=self._plan.ingest_settings,
            model_sha256=self._plan.embedder.sha256,
            cache=self._cache,
            ocr_cache=self._plan.root / _OCR_CACHE,
        )
        for done, (document, (taken, outcome)) in enumerate(
            zip(publications.documents, ahead(read), strict=True), start=1
        ):
            built.files += taken.pdf_bytes is not None
            built.unchanged += taken.passages is not None
            if isinstance(outcome, FileReport):
                built.reports.append(outcome)
            else:
                off = [each for each in switched_off if each.doc_id == document.doc_id]
                self._add(taken, outcome, off, partial(self._report, done - 1, total))
            self._report(done, total, len(built.passages))
        built.reports.sort(key=lambda report: report.file)
        built.reports = with_same_pages(
            built.reports, built.prints, {d.file or d.doc_id: d for d in built.documents}
        )
        return built

    def _report(self, done: int, total: int, embedded: int) -> None:
        detail = f"{len(self._built.pages)} pages, {embedded} passages"
        self._plan.on_progress(Progress(done=done, total=total, detail=detail))

    def _add(
        self,
        taken: Taken,
        reading: Reading,
        switched_off: Sequence[SwitchedOff],
        on_embedded: Callable[[int], None],
    ) -> None:
        """Take in what was read of one publication; `on_embedded` is told of all passages."""
        built = self._built
        doc_id = reading.document.doc_id
        every = self._passages(taken, reading)
        passages, notes = kept_passages(every, switched_off)
        report = report_reading(reading, every)
        built.reports.append(replace(report, passages=len(passages), notes=(*report.notes, *notes)))
        built.prints += page_prints(report.file, reading.pages)
        built.documents.append(reading.document)
        built.pages += reading.pages
        # Pages are shown without asking for a password again.
        built.pdfs[doc_id] = reading.unlocked or taken.pdf_bytes or b""
        before = len(built.passages)
        built.passages += passages
        if passages:
            self._embed(passages, reading.document, lambda done: on_embedded(before + done))

    def _passages(self, taken: Taken, reading: Reading) -> Sequence[Passage]:
        if taken.passages is not None:
            return taken.passages
        passages = split_passages(
            reading.pages,
            doc_id=reading.document.doc_id,
            title=reading.document.title,
            count_tokens=self._plan.embedder.count_tokens,
            window_tokens=self._plan.embedder.window_tokens,
            max_tokens=self._plan.ingest_settings.max_passage_tokens,
        )
        if taken.key is not None and is_lasting(reading):
            kept = KeptReading(reading=reading, passages=tuple(passages))
            self._cache.keep([(taken.key, reading_bytes(kept))])
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
        embedder = self._plan.embedder
        title = fit_title(document.title, embedder.count_tokens, embedder.window_tokens)
        contexts = [context_line(title, passage.heading_path) for passage in passages]
        distinct = sorted(set(contexts))
        vectors = self._vectors.embed_with_parts(distinct, [()] * len(distinct))
        of = {context: v.whole for context, v in zip(distinct, vectors, strict=True)}
        self._built.vectors += embedded
        self._built.context_vectors += [of[context] for context in contexts]
