"""What the tests of several stages share: the real model, and an index of the real corpus."""

from pathlib import Path

import pytest
from hypothesis import settings

from answer.assistant import open_assistant, write_encoders
from answer.pipeline import Assistant
from index.build import build_index
from index.builder import Plan
from index.embed import SentenceTransformerEmbedder
from index.settings import DEFAULT_MODEL, IndexSettings
from ingest.settings import IngestSettings
from tests.readme import EVAL_RUN, run_command

ROOT = Path(__file__).parent.parent


def settings_in(folder: Path, *, staff: str = "open", officials: str = "open") -> Path:
    """The program's settings, with everything that the pages write in a folder of the test's.

    Args:
        folder: of the test.
        staff: how staff come to their pages.
        officials: how everybody else does.
    """
    text = (ROOT / "config.toml").read_text("utf-8")
    for ours in (
        "var/usage.sqlite",
        "var/record.sqlite",
        "var/eval",
        "var/staff",
        "var/access/staff.json",
    ):
        assert f'"{ours}"' in text
        text = text.replace(f'"{ours}"', f'"{folder / ours}"')
    text = text.replace('staff = "password"', f'staff = "{staff}"')
    text = text.replace('officials = "open"', f'officials = "{officials}"')
    file = folder / "config.toml"
    file.write_text(text, "utf-8")
    return file


# The same examples on every run; no deadline, because other work may hold the processor.
settings.register_profile("suite", derandomize=True, deadline=None, max_examples=80)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def embedder() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(DEFAULT_MODEL, model_download=False)


@pytest.fixture(scope="session")
def starter_index(
    embedder: SentenceTransformerEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    root = tmp_path_factory.mktemp("starter") / "index"
    build_index(
        Plan(
            corpus=ROOT / "corpus",
            root=root,
            embedder=embedder,
            ingest_settings=IngestSettings(),
            index_settings=IndexSettings(),
            on_progress=lambda _: None,
        )
    )
    return root


@pytest.fixture(scope="session")
def assistant(starter_index: Path) -> Assistant:
    write_encoders(ROOT / "config.toml")
    return open_assistant(starter_index, ROOT / "config.toml")


@pytest.fixture(scope="session")
def starter_run(starter_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a run of the project's own questions, made by the README's own command."""
    file = tmp_path_factory.mktemp("run") / "run.json"
    run_command(EVAL_RUN, "--index", str(starter_index), "--json", str(file))
    return file


@pytest.fixture(scope="session")
def shared_corpus() -> Path:
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip(f"the development PDFs are not on this machine: there is no folder {folder}")
    return folder
