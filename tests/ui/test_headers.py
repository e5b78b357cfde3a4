"""What every response carries, and which addresses are closed."""

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from ui.headers import SecurityHeaders, content_security_policy


async def _logs_in(scope: Scope, receive: Receive, send: Send) -> None:
    response = PlainTextResponse("hello")
    response.set_cookie("user", "signed", httponly=True)
    response.set_cookie("old", "", secure=True)
    await response(scope, receive, send)


def _answer(path: str, *, scheme: str) -> tuple[int, list[tuple[str, str]]]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "scheme": scheme, "headers": []}
    with pytest.raises(StopIteration):  # nothing of it waits, so no event loop is needed
        SecurityHeaders(_logs_in)(scope, receive, send).send(None)
    headers = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    return sent[0]["status"], headers


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_a_cookie_that_came_over_tls_goes_over_nothing_else(scheme: str, secure: bool) -> None:  # noqa: FBT001
    status, headers = _answer("/", scheme=scheme)
    user, old = [value for name, value in headers if name == "set-cookie"]
    assert status == 200
    assert ("; Secure" in user) is secure
    assert user.startswith("user=signed; HttpOnly")
    assert old.lower().count("secure") == 1


def test_every_response_says_what_the_browser_may_do() -> None:
    headers = dict(_answer("/", scheme="http")[1])
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_what_tells_of_use_is_closed(path: str) -> None:
    assert _answer(path, scheme="http")[0] == 404


def test_a_script_is_allowed_by_its_hash_alone() -> None:
    # sha256 of "x", in base64
    policy = content_security_policy("<script>x</script><script src='a.js'></script>")
    assert "script-src 'self' blob: 'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='" in policy
