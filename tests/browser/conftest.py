"""The program as it is started by its users, and a Chromium that looks at it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import ROOT, settings_in

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
_START_S = 60
_WAIT_MS = 60_000  # the first page loads the model; other work may hold the processor


@dataclass
class Visit:
    """One browser tab, and what it did besides showing pages."""

    page: Page
    address: str
    beside: tuple[str, ...] = ()  # addresses that it may go to besides
    outside: list[str] = field(default_factory=list)  # requests to other hosts
    faults: list[str] = field(default_factory=list)  # errors of scripts in the page

    def open(self, path: str = "/") -> None:
        self.page.goto(self.address + path)
        self.settle()

    def settle(self) -> None:
        """Wait until the program has drawn the page."""
        self.page.get_by_role("heading", level=1).first.wait_for()
        self.page.wait_for_timeout(250)  # a click needs a moment to become a run
        self.page.wait_for_selector(
            '[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=_WAIT_MS
        )

    def ask(self, question: str) -> None:
        box = self.page.get_by_test_id("stChatInputTextArea")
        box.fill(question)
        box.press("Enter")
        self.page.get_by_role("heading", level=2, name=question, exact=True).last.wait_for()
        self.settle()

    def watch(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self._note(request.url))
        self.page.on("websocket", lambda socket_: self._note(socket_.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _note(self, url: str) -> None:
        host = self.address.removeprefix("http://")
        own = ("data:", "blob:", f"http://{host}/", f"ws://{host}/", *self.beside)
        if not url.startswith(own):
            self.outside.append(url)


def _chromium(own: str) -> str | None:
    named = os.environ.get("CHROMIUM")
    found = [shutil.which(name) for name in ([named] if named else _NAMES)]
    return next((path for path in found if path), own if Path(own).exists() else None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = _chromium(playwright.chromium.executable_path)
        if path is None:
            pytest.skip("no Chromium is installed; install one or set CHROMIUM to its path")
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@contextlib.contextmanager
def serve(
    index: Path,
    log: Path,
    *,
    corpus: Path | None = None,
    config: Path | None = None,
    secrets_for: Callable[[str], str] | None = None,
) -> Iterator[str]:
    """Start the program over an index; gives its address.

    Args:
        index: folder of releases.
        log: file for what the program prints.
        corpus: folder of publications; the project's own by default.
        config: settings; by default the project's own, writing beside the log.
        secrets_for: the file of secrets of a program with an address.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    if secrets_for:
        file = log.parent / "secrets.toml"
        file.write_text(secrets_for(address), "utf-8")
        command += ["--secrets.files", str(file)]
    environment = {
        **os.environ,
        "SHARED_SAFETY_INDEX": str(index),
        "SHARED_SAFETY_CONFIG": str(config or settings_in(log.parent)),
        "SHARED_SAFETY_CORPUS": str(corpus or ROOT / "corpus"),
    }
    with log.open("w") as stream:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=stream, stderr=subprocess.STDOUT
        )
        try:
            _wait_for(f"{address}/_stcore/health", server, log)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(url, timeout=2).close()
            return
        time.sleep(0.2)
    pytest.fail(f"the program did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def address(starter_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(starter_index, tmp_path_factory.mktemp("server") / "log.txt") as started:
        yield started


@contextlib.contextmanager
def visiting(
    browser: Browser, address: str, *, width: int = 1280, beside: tuple[str, ...] = ()
) -> Iterator[Visit]:
    """A new tab; when it is left, nothing may have gone wrong or out."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.set_default_timeout(_WAIT_MS)
    visit = Visit(page=context.new_page(), address=address, beside=beside)
    visit.watch(context)
    yield visit
    context.close()
    assert visit.outside == []
    assert visit.faults == []


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as visit:
        yield visit
