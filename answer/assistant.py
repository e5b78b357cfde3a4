"""config.toml and an index folder -> an assistant that is ready to be asked."""

from functools import cache
from pathlib import Path

from answer.pipeline import Assistant
from answer.settings import AnswerSettings
from index.embed import Embedder, load_model, model_sha256
from index.releases import open_release
from index.retriever import HybridRetriever
from index.settings import IndexSettings
from ingest.settings import read_settings
from reader.reader import CrossEncoderReader, Reader


@cache
def _loaded_reader() -> CrossEncoderReader:
    return CrossEncoderReader()


def reader_of(settings: AnswerSettings) -> Reader | None:
    """The reader, loaded once in a process; None where the settings turn it off.

    Raises:
        ReaderUnavailable: its weights cannot be used.
    """
    return _loaded_reader() if settings.reader else None


def open_assistant(
    root: Path, config: Path, *, number: int | None = None, embedder: Embedder | None = None
) -> Assistant:
    """Load the model and a release.

    Args:
        root: the index folder.
        config: settings file.
        number: of the release; None: the published one.
        embedder: the model where it is loaded already.

    Raises:
        SettingsInvalid: config.toml has a fault.
        ModelUnavailable: the model cannot be loaded.
        IndexMissing: no index has been built.
        IndexDamaged: the index cannot be used.
        ReaderUnavailable: the reader's weights cannot be used.
        ReleaseUnknown: there is no release of this number.
    """
    settings = read_settings(config, "index", IndexSettings)
    answer_settings = read_settings(config, "answer", AnswerSettings)
    # The release first: it fails sooner than the model loads.
    sha256 = (
        embedder.sha256
        if embedder
        else model_sha256(settings.model, model_download=settings.model_download)
    )
    release = open_release(root, model_sha256=sha256, number=number)
    embedder = embedder or load_model(settings)
    return Assistant(
        release=release,
        retriever=HybridRetriever(release, embedder, settings),
        settings=answer_settings,
        vector_of=lambda question: embedder.embed_query(question).whole,
        reader=reader_of(answer_settings),
    )
