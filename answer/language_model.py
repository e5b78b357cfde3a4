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
import time
from urllib.parse import urlsplit

from answer.errors import LanguageModelSilent
from ingest.errors import SettingsInvalid

_MAX_BYTES = 2**20  # of a response: two sentences take a few hundred
_CHUNK = 2**14
_OK = 200


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
            LanguageModelSilent: no usable response in time; asking again may help.
        """
        deadline = time.monotonic() + self.settings.timeout_s
        try:
            return _content(self._post(instructions, text, deadline))
        except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError) as error:
            message = (
                f"the language model at {self.settings.host} gave no usable response "
                f"({type(error).__name__}: {error}); see whether it runs, and [language_model]"
            )
            raise LanguageModelSilent(message) from error

    def _post(self, instructions: str, text: str, deadline: float) -> bytes:
        parts = urlsplit(self.settings.url)
        secure = parts.scheme == "https"
        connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = connect(parts.hostname or "", parts.port, timeout=self.settings.timeout_s)
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
        headers = {"Content-Type": "application/json"}
        if self.settings.key_variable:
            headers["Authorization"] = f"Bearer {os.environ[self.settings.key_variable]}"
        try:
            path = f"{parts.path.rstrip('/')}/chat/completions"
            connection.request("POST", path, json.dumps(body).encode(), headers)
            waits = connection.sock  # the response may take it over, and waits on it all the same
            with connection.getresponse() as response:
                if response.status != _OK:
                    message = f"status {response.status}"
                    raise ValueError(message)
                return _read(response, waits, deadline)
        finally:
            connection.close()


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
