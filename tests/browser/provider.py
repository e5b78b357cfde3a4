"""A small OpenID Connect provider on this machine, that logs in whoever one clicks on.

Authorization code flow with PKCE (OpenID Connect Core 1.0, section 3.1; RFC 7636), RS256.
Some of its tokens are faulty, so that a test sees them refused.
"""

import base64
import contextlib
import hashlib
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT_ID = "assistant"
CLIENT_SECRET = secrets.token_urlsafe(16)
_HOUR_S = 3600
_Claims = dict[str, Any]


def _member(name: str, *groups: str) -> Callable[[_Claims], _Claims]:
    return lambda claims: claims | {"email": f"{name}@example.org", "groups": list(groups)}


def _as_staff(**faulty: object) -> Callable[[_Claims], _Claims]:
    return lambda claims: _member("forged", "shared-safety-staff")(claims) | faulty


# Who may be clicked on, and what the token then says of them.
PEOPLE: dict[str, Callable[[_Claims], _Claims]] = {
    "official": _member("official", "everybody"),
    "staff": _member("staff", "everybody", "shared-safety-staff"),
    "staff of yesterday": lambda claims: (
        _member("staff", "shared-safety-staff")(claims) | {"iat": claims["iat"] - 24 * _HOUR_S}
    ),
    "wrong signature": _as_staff(),
    "wrong audience": _as_staff(aud="another application"),
    "wrong nonce": _as_staff(nonce="of another login"),
    "expired": _as_staff(iat=1_000_000_000, exp=1_000_000_000 + _HOUR_S),
}


@dataclass
class Provider:
    """The provider, and what it was asked."""

    address: str
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    exchanged: int = 0  # codes for which a token was given

    def routes(self) -> list[Route]:
        return [
            Route("/.well-known/openid-configuration", self._metadata),
            Route("/keys", self._keys),
            Route("/authorize", self._choose),
            Route("/choose", self._send_back),
            Route("/token", self._token, methods=["POST"]),
        ]

    async def _metadata(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            }
        )

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def _choose(self, request: Request) -> Response:
        asked = dict(request.query_params)
        links = "".join(
            f'<li><a href="/choose?{urlencode({**asked, "as": name})}">{name}</a></li>'
            for name in PEOPLE
        )
        return HTMLResponse(f"<!doctype html><h1>Who are you?</h1><ul>{links}</ul>")

    async def _send_back(self, request: Request) -> Response:
        asked = dict(request.query_params)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", 302)

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        asked = self.codes.pop(str(form["code"]), None)
        verifier = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        client = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if (
            asked is None
            or challenge != asked.get("code_challenge")
            or request.headers.get("authorization") != f"Basic {client}"
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        self.exchanged += 1
        now = int(time.time())
        claims = PEOPLE[asked["as"]](
            {
                "iss": self.address,
                "sub": asked["as"],
                "aud": CLIENT_ID,
                "nonce": asked["nonce"],
                "iat": now,
                "exp": now + _HOUR_S,
            }
        )
        forged = asked["as"] == "wrong signature"
        key = RSAKey.generate_key(2048, {"kid": "1"}) if forged else self.key
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, key)
        return JSONResponse({"access_token": "none", "token_type": "Bearer", "id_token": token})


@contextlib.contextmanager
def provide() -> Iterator[Provider]:
    """Start a provider."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    provider = Provider(f"http://127.0.0.1:{listening.getsockname()[1]}")
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=provider.routes()), log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
