"""The pages over the index of the starter corpus."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT, settings_in

_RUN_S = 60  # the first run loads the model


@pytest.fixture
def app(starter_index: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    """The program on its first page, not yet run."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SHARED_SAFETY_INDEX", str(starter_index))
    monkeypatch.setenv("SHARED_SAFETY_CONFIG", str(settings_in(tmp_path)))
    return AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=_RUN_S)
