"""The page where a language model is set: what is said of it, and what it may add."""

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.answer.model_double import Behave, responds, said, server
from tests.conftest import settings_in
from tests.ui.test_app import ask, html_of, text_of

_QUESTION = "What is a public health approach to safety?"


def asked(app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, behave: Behave) -> AppTest:
    """The page after a question, beside a language model that behaves so."""
    other = tmp_path / "model"  # settings are read once for each path
    other.mkdir()
    with server(behave) as (url, received):
        config = settings_in(other)
        text = config.read_text("utf-8").replace('url = ""', f'url = "{url}"', 1)
        config.write_text(text, "utf-8")
        monkeypatch.setenv("SHARED_SAFETY_CONFIG", str(config))
        app.run()
        host = url.removeprefix("http://").removesuffix("/v1")
        assert f"are sent to the language model at {host}" in text_of(app)
        assert "Nothing leaves" not in text_of(app)
        assert not received
        ask(app, _QUESTION)
        assert len(received) == 1
    return app


def test_a_carried_sentence_is_shown_as_machine_written(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.run()
    quoted = html_of(ask(app, _QUESTION)).split("<blockquote><p>")[1].split("</p>")[0]
    sentence = unescape(re.sub(r"<sup.*?</sup>", "", quoted)).split(". ")[0].rstrip(".") + "."
    shown = html_of(asked(app, tmp_path, monkeypatch, responds(said(f"{sentence} [1]"))))
    lead = shown.split('class="ssa-lead"')[1].split("</div>")[0]
    assert sentence in unescape(lead)
    assert "Chosen by a language model" in lead


def test_what_it_invents_is_not_shown(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = html_of(asked(app, tmp_path, monkeypatch, responds(said("Mayor Alder decides. [1]"))))
    assert "Alder" not in shown
    assert "ssa-lead" not in shown
    assert 'class="ssa-quotation"' in shown


def test_an_answer_does_without_a_model_that_fails(
    app: AppTest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    shown = html_of(asked(app, tmp_path, monkeypatch, responds(b"", status=503)))
    assert 'class="ssa-quotation"' in shown
    assert "status 503" in caplog.text
    assert _QUESTION not in caplog.text
