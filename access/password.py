"""The single staff password of an office without a login provider: kept as a hash, tried slowly.

scrypt (RFC 7914) with n = 2^15, r = 8, p = 3: the parameters that OWASP's cheat sheet on password
storage gives for 32 MiB.
"""

import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from access.errors import PasswordUnset, TooManyTries
from ingest.whole_file import write_whole

_N, _R, _P = 2**15, 8, 3
_MEMORY = 2 * 128 * _N * _R  # bytes that OpenSSL may take
_SALT_BYTES = 16
_SHORTEST = 12  # characters
_FREE_TRIES = 5
_FIRST_WAIT_S, _LONGEST_WAIT_S = 10.0, 900.0
_HOW = "set one with `python -m access set-password`"


def set_password(file: Path, password: str) -> None:
    """Keep the hash of a new staff password, readable by the owner only.

    Raises:
        PasswordUnset: the password is too short.
    """
    if len(password) < _SHORTEST:
        message = f"the password has fewer than {_SHORTEST} characters; several words are easiest"
        raise PasswordUnset(message)
    salt = secrets.token_bytes(_SALT_BYTES)
    cost = {"n": _N, "r": _R, "p": _P}
    data = {"salt": salt.hex(), "hash": _hash(password, salt, **cost).hex(), **cost}
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, json.dumps(data).encode(), mode=0o600)


def is_set(file: Path) -> bool:
    """Whether staff have a password."""
    return _read(file) is not None


def is_password(file: Path, password: str) -> bool:
    """Whether this is the staff password; takes about a third of a second.

    Raises:
        PasswordUnset: there is none yet.
    """
    data = _read(file)
    if data is None:
        message = f"staff have no password yet; {_HOW}"
        raise PasswordUnset(message)
    salt = bytes.fromhex(data["salt"])
    given = _hash(password, salt, n=data["n"], r=data["r"], p=data["p"])
    return hmac.compare_digest(given, bytes.fromhex(data["hash"]))


class Door:
    """Compares passwords, and waits longer and longer when they are wrong.

    One for all who try: there is one password, and behind a proxy all addresses are alike. So a
    person who guesses can keep staff out for a quarter of an hour at most; the command line works
    all the same.
    """

    def __init__(self, file: Path, *, now: Callable[[], float] = time.monotonic) -> None:
        """Guard the password whose hash lies in a file."""
        self._file = file
        self._now = now
        self._lock = threading.Lock()
        self._wrong = 0
        self._closed_until = 0.0

    def opens_with(self, password: str) -> bool:
        """Whether this is the password.

        Raises:
            TooManyTries: it is not even looked at for some time.
            PasswordUnset: there is none yet.
        """
        with self._lock:
            wait = self._closed_until - self._now()
            if wait > 0:
                message = f"too many wrong passwords; try again in {round(wait) + 1} seconds"
                raise TooManyTries(message)
            if is_password(self._file, password):
                self._wrong = 0
                return True
            self._wrong += 1
            if self._wrong >= _FREE_TRIES:
                doubled = _FIRST_WAIT_S * 2.0 ** min(self._wrong - _FREE_TRIES, 10)
                self._closed_until = self._now() + min(doubled, _LONGEST_WAIT_S)
            return False


def _hash(password: str, salt: bytes, *, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=_MEMORY)


def _read(file: Path) -> dict[str, Any] | None:
    try:
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) and "hash" in data else None
