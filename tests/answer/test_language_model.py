import http.server
import threading
import time
from typing import Any

import pytest

from answer.errors import LanguageModelSilent
from answer.language_model import THREAD, LanguageModel, LanguageModelSettings
from ingest.errors import SettingsInvalid
from tests.answer.model_double import Behave, drips, responds, said, server


def model(url: str, **settings: Any) -> LanguageModel:
    return LanguageModel(LanguageModelSettings(url=url, model="small", **settings))


def drips_headers(handler: http.server.BaseHTTPRequestHandler) -> None:
    """A header now and then, and never the last."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(40):
        handler.wfile.write(f"X-{number}: x\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.1)


def test_a_prompt_is_sent_in_the_form_of_openai_and_the_text_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MODEL_KEY", "open sesame")
    with server(responds(said("Trust comes first. [1]"))) as (url, received):
        text = model(url, key_variable="MODEL_KEY").complete("Be brief.", "What comes first?")
    assert text == "Trust comes first. [1]"
    ((path, headers, body),) = received
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer open sesame"
    assert body == {
        "model": "small",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "What comes first?"},
        ],
        "temperature": 0,
        "seed": 0,
        "max_tokens": 160,
    }


@pytest.mark.parametrize(
    ("behave", "told"),
    [
        (responds(b"", status=500), "status 500"),
        (responds(b"", status=307, headers={"Location": "http://127.0.0.1:1/"}), "status 307"),
        (responds(b"<html>no JSON</html>"), "JSON"),
        (responds(b"[]"), "indices"),
        (responds(said(None)), "no text"),
        (responds(b"x" * (2**20 + 1)), "more than"),
        (drips, "TimeoutError"),
        (drips_headers, "TimeoutError"),
        (lambda _: time.sleep(1.0), "TimeoutError"),
        (lambda handler: handler.connection.close(), ""),
    ],
)
def test_what_is_no_usable_response_is_told_with_the_host(behave: Behave, told: str) -> None:
    with server(behave) as (url, _):
        start = time.monotonic()
        with pytest.raises(LanguageModelSilent, match=r"127\.0\.0\.1") as caught:
            model(url, timeout_s=0.5).complete("Be brief.", "What?")
    assert told in str(caught.value)
    assert time.monotonic() - start < 3


def test_who_is_not_waited_for_any_longer_is_hung_up_on() -> None:
    with server(drips_headers) as (url, _):
        with pytest.raises(LanguageModelSilent, match="TimeoutError"):
            model(url, timeout_s=0.5).complete("Be brief.", "What?")
        for thread in threading.enumerate():
            if thread.name == THREAD:
                thread.join(timeout=1.0)
        assert THREAD not in {thread.name for thread in threading.enumerate()}


def test_no_server_and_no_key_are_told() -> None:
    with pytest.raises(LanguageModelSilent, match="refused"):
        model("http://127.0.0.1:9/v1").complete("Be brief.", "What?")
    with pytest.raises(LanguageModelSilent, match="variable NO_SUCH_KEY holds no key; set it"):
        model("http://127.0.0.1:9/v1", key_variable="NO_SUCH_KEY").complete("Be brief.", "What?")


@pytest.mark.parametrize(
    "settings",
    [
        {"url": "127.0.0.1:8080"},
        {"url": "file:///etc/passwd"},
        {"url": "http://models.example.org/v1"},  # readable by others on the way
        {"url": "https://models.example.org/v1", "timeout_s": 0.0},
        {"max_tokens": 0},
    ],
)
def test_settings_that_cannot_work_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(SettingsInvalid, match="language_model"):
        LanguageModelSettings(**settings)


def test_the_host_is_shown_without_what_is_secret() -> None:
    settings = LanguageModelSettings(url="https://name:secret@models.example.org:8443/v1")
    assert settings.host == "models.example.org:8443"
    for url in ("http://localhost:8080/v1", "http://[::1]:8080/v1"):
        assert LanguageModelSettings(url=url).host
    assert not LanguageModelSettings().host
