"""config.toml and an index folder -> an assistant that is ready to be asked."""

from functools import cache
from pathlib import Path

from answer.language_model import LanguageModel, LanguageModelSettings
from answer.pipeline import Assistant
from answer.settings import AnswerSettings
from index.embed import model_sha256
from index.query_embedder import QueryEmbedder, load_query_embedder, write_encoder
from index.releases import open_release
from index.retriever import HybridRetriever
from index.settings import IndexSettings
from ingest.settings import read_settings
from reader.reader import CrossEncoderReader, Reader


@cache
def _loaded_reader() -> Reader:
    return CrossEncoderReader()


def reader_of(settings: AnswerSettings) -> Reader | None:
    """The reader, loaded once in a process; None where the settings turn it off.

    Raises:
        ReaderUnavailable: its weights cannot be used.
    """
    return _loaded_reader() if settings.reader else None


def write_encoders(config: Path) -> None:
    """Write the embedding model as asking runs it, without PyTorch, where it is not there yet.

    Raises:
        SettingsInvalid: config.toml has a fault.
        ModelUnavailable: the model cannot be loaded.
        OSError: a file cannot be written: asking then takes longer to start, and nothing else.
    """
    folder = Path(read_settings(config, "answer", AnswerSettings).encoders)
    write_encoder(folder, read_settings(config, "index", IndexSettings))


def query_embedder(config: Path) -> QueryEmbedder:
    """The model for questions.

    Raises:
        SettingsInvalid: config.toml has a fault.
        ModelUnavailable: the model cannot be loaded.
    """
    settings = read_settings(config, "index", IndexSettings)
    folder = Path(read_settings(config, "answer", AnswerSettings).encoders)
    return load_query_embedder(settings, folder, sha256=_sha256(settings))


def _sha256(settings: IndexSettings) -> str:
    return model_sha256(settings.model, model_download=settings.model_download)


def open_assistant(
    root: Path, config: Path, *, number: int | None = None, embedder: QueryEmbedder | None = None
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
    language_model = read_settings(config, "language_model", LanguageModelSettings)
    # The release first: it fails sooner than the model loads.
    sha256 = embedder.sha256 if embedder else _sha256(settings)
    release = open_release(root, model_sha256=sha256, number=number)
    embedder = embedder or load_query_embedder(
        settings, Path(answer_settings.encoders), sha256=sha256
    )
    return Assistant(
        release=release,
        retriever=HybridRetriever(release, embedder, settings),
        settings=answer_settings,
        vector_of=lambda question: embedder.embed_query(question).whole,
        reader=reader_of(answer_settings),
        language_model=LanguageModel(language_model) if language_model.url else None,
    )
