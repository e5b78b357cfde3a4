"""An OpenAI-compatible server -> what its language model says to a prompt. The only sender.

Off unless `[language_model] url` names a server: nothing else in the program leaves the machine.
The way of POST /chat/completions: https://platform.openai.com/docs/api-reference/chat.
"""

import dataclasses
import http.client
import ipaddress
import json
import os
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from urllib.parse import urlsplit

from answer.errors import LanguageModelSilent
from ingest.errors import SettingsInvalid

_MAX_BYTES = 2**20  # of a response: two sentences take a few hundred
_CHUNK = 2**14
_OK = 200
THREAD = "language model"  # name of the threads that wait for a server


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class LanguageModelSettings:
    """The [language_model] table of config.toml. Meanings and reasons stand there."""

    url: str = ""  # of an OpenAI-compatible server, up to and with /v1; "": no language model
    model: str = ""  # as the server names it
    key_variable: str = ""  # environment variable that holds the server's key; "": it needs none
    timeout_s: float = 10.0
    max_tokens: int = 160

    def __post_init__(self) -> None:
        """Refuse what could not work, or would send questions readable by others.

        Raises:
            SettingsInvalid: with the key and the remedy.
        """
        if self.timeout_s <= 0 or self.max_tokens <= 0:
            message = "config.toml: [language_model] timeout_s and max_tokens must be above 0"
            raise SettingsInvalid(message)
        if not self.url:
            return
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            message = (
                f"config.toml: [language_model] url must be like https://host/v1, not {self.url!r}"
            )
            raise SettingsInvalid(message)
        if parts.scheme == "http" and not _is_this_machine(parts.hostname):
            message = (
                "config.toml: [language_model] url begins with http:// and names another machine: "
                "others could read the questions on the way; use https://"
            )
            raise SettingsInvalid(message)

    @property
    def host(self) -> str:
        """Where questions are sent; "" where they are not."""
        return urlsplit(self.url).netloc.rpartition("@")[2]


@dataclasses.dataclass(frozen=True, slots=True)
class LanguageModel:
    """A server that is asked."""

    settings: LanguageModelSettings

    def complete(self, instructions: str, text: str) -> str:
        """What the model writes.

        No redirect and no proxy is followed: what is sent goes to the named host or nowhere.

        Args:
            instructions: what to do (the system's part of the conversation).
            text: with what (the user's part).

        Raises:
            LanguageModelSilent: no usable response in time, which asking again may help; or the
                key's variable is not set.
        """
        headers = self._headers()
        try:
            return _content(self._post(self._body(instructions, text), headers))
        except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError) as error:
            message = (
                f"the language model at {self.settings.host} gave no usable response "
                f"({type(error).__name__}: {error}); see whether it runs, and [language_model]"
            )
            raise LanguageModelSilent(message) from error

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json"}
        variable = self.settings.key_variable
        if not variable:
            return headers
        key = os.environ.get(variable)
        if not key:
            message = (
                f"the language model at {self.settings.host} is not asked: the environment "
                f"variable {variable} holds no key; set it and start again, or change "
                "[language_model] key_variable"
            )
            raise LanguageModelSilent(message)
        return {**headers, "Authorization": f"Bearer {key}"}

    def _body(self, instructions: str, text: str) -> bytes:
        body = {
            "model": self.settings.model,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": text},
            ],
            # The same words to the same question, as far as the server keeps to it.
            "temperature": 0,
            "seed": 0,
            "max_tokens": self.settings.max_tokens,
        }
        return json.dumps(body).encode()

    def _post(self, body: bytes, headers: dict[str, str]) -> bytes:
        """The response, if it is complete in time, from looking up the host to the last byte."""
        timeout_s = self.settings.timeout_s
        deadline = time.monotonic() + timeout_s
        parts = urlsplit(self.settings.url)
        secure = parts.scheme == "https"
        connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = connect(parts.hostname or "", parts.port, timeout=timeout_s)
        path = f"{parts.path.rstrip('/')}/chat/completions"

        def exchange() -> bytes:
            try:
                connection.request("POST", path, body, headers)
                waits = connection.sock  # the response may take it over, and waits on it still
                with connection.getresponse() as response:
                    if response.status != _OK:
                        message = f"status {response.status}"
                        raise ValueError(message)
                    return _read(response, waits, deadline)
            finally:
                connection.close()

        try:
            return _in_time(exchange, timeout_s)
        except TimeoutError:
            _hang_up(connection)
            raise


def _in_time(call: Callable[[], bytes], seconds: float) -> bytes:
    """What a call gives, waited for no longer than that; a call that takes longer is left to end.

    A socket's own timeout is for one wait, and headers that drip in make many.

    Raises:
        TimeoutError: it takes longer.
    """
    outcome: Future[bytes] = Future()

    def run() -> None:
        try:
            outcome.set_result(call())
        except BaseException as error:  # noqa: BLE001  # whatever it is, it is for who waits
            outcome.set_exception(error)

    threading.Thread(target=run, name=THREAD, daemon=True).start()
    return outcome.result(timeout=seconds)


def _hang_up(connection: http.client.HTTPConnection) -> None:
    """End what still waits for a server that takes too long."""
    if connection.sock is not None:
        with suppress(OSError):  # it has ended by itself
            connection.sock.shutdown(socket.SHUT_RDWR)


def _read(response: http.client.HTTPResponse, waits: socket.socket, deadline: float) -> bytes:
    """The response, however slowly it drips, until the deadline.

    Raises:
        ValueError: it is too long.
        TimeoutError: it is not complete in time.
    """
    data = b""
    while (left := deadline - time.monotonic()) > 0:
        waits.settimeout(left)
        chunk = response.read1(_CHUNK)
        if not chunk:
            return data
        data += chunk
        if len(data) > _MAX_BYTES:
            message = f"more than {_MAX_BYTES} bytes"
            raise ValueError(message)
    message = "not complete in time"
    raise TimeoutError(message)


def _content(response: bytes) -> str:
    content = json.loads(response)["choices"][0]["message"]["content"]
    if not isinstance(content, str):
        message = "no text"
        raise TypeError(message)
    return content


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
