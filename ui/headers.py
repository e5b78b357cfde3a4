"""What every response tells the browser: run only our own code, talk to this server alone.

Streamlit sends no such headers. Its start page holds one script of its own, which is allowed by its
hash, taken from the installed version; `blob:` is for the components that Streamlit draws itself.
"""

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Answers to anybody, and tells how the server is used.
_CLOSED = ("/_stcore/metrics", "/_stcore/agent")


def content_security_policy(start_page: str) -> str:
    """The policy under which every page works.

    Args:
        start_page: Streamlit's index.html.
    """
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(start_page)
    )
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _secure(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """A cookie that came over TLS goes over nothing else: Streamlit leaves that out."""
    name, value = header
    if name.lower() != b"set-cookie" or b"; secure" in value.lower():
        return header
    return name, value + b"; Secure"


class SecurityHeaders:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app
        start_page = Path(streamlit.__file__).parent / "static" / "index.html"
        self._headers = {
            "Content-Security-Policy": content_security_policy(start_page.read_text("utf-8")),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                if scope["scheme"] == "https":
                    message["headers"] = [*map(_secure, message["headers"])]
            await send(message)

        if scope["path"].startswith(_CLOSED):
            await PlainTextResponse("not found", 404)(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)
