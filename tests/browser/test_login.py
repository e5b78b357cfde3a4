"""Logging in at an organisation's provider, and what somebody gets who does not."""

import contextlib
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from tests.browser.conftest import Visit, serve, visiting
from tests.browser.provider import CLIENT_ID, CLIENT_SECRET, Provider, provide
from tests.browser.test_journey import assert_accessible
from tests.conftest import settings_in

pytestmark = pytest.mark.browser

LOG_IN = "Log in at your organisation"
_WAIT_S = 60


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with provide() as provider:
        yield provider


@pytest.fixture(scope="module")
def closed(
    provider: Provider, starter_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a program that lets nobody in who has not logged in."""
    folder = tmp_path_factory.mktemp("login")
    config = settings_in(folder, staff="login", officials="login")

    def secrets_for(address: str) -> str:
        return f"""
            [auth]
            redirect_uri = "{address}/oauth2callback"
            cookie_secret = "{"c" * 40}"
            client_id = "{CLIENT_ID}"
            client_secret = "{CLIENT_SECRET}"
            server_metadata_url = "{provider.address}/.well-known/openid-configuration"
            """

    with serve(
        starter_index, folder / "log.txt", config=config, secrets_for=secrets_for
    ) as address:
        yield address


@contextlib.contextmanager
def going_to(browser: Browser, address: str, provider: Provider) -> Iterator[Visit]:
    with visiting(browser, address, beside=(f"{provider.address}/",)) as visit:
        visit.open()
        yield visit


def log_in(visit: Visit, who: str) -> None:
    visit.page.get_by_role("button", name=LOG_IN).click()
    visit.page.get_by_role("link", name=who, exact=True).click()
    visit.page.wait_for_url(f"{visit.address}/**")
    visit.settle()


def assert_shut(visit: Visit) -> None:
    """Nothing but the login is shown."""
    assert visit.page.get_by_role("heading", level=1).inner_text() == "Log in"
    expect(visit.page.get_by_role("button", name=LOG_IN)).to_be_visible()
    assert visit.page.get_by_test_id("stChatInputTextArea").count() == 0
    assert visit.page.get_by_role("link", name="Manage").count() == 0


def test_nobody_is_let_in_before_they_log_in(
    browser: Browser, closed: str, provider: Provider
) -> None:
    with going_to(browser, closed, provider) as visit:
        for path in ("/", "/ask", "/publications", "/source?doc=x&page=1", "/manage"):
            visit.open(path)
            assert_shut(visit)
        assert_accessible(visit)


def test_an_official_asks_and_leaves(browser: Browser, closed: str, provider: Provider) -> None:
    with going_to(browser, closed, provider) as visit:
        log_in(visit, "official")
        visit.ask("Who should be involved in defining well-being?")
        visit.page.locator("blockquote").first.wait_for()
        for path in ("/manage", "/evaluation"):
            visit.open(path)
            assert visit.page.get_by_test_id("stChatInputTextArea").count() == 1
        assert visit.page.get_by_role("link", name="Manage").count() == 0
        cookie = next(c for c in visit.page.context.cookies() if c["name"] == "_streamlit_user")
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Lax"
        visit.open()  # without the note that there is no such page
        visit.page.get_by_role("button", name="Log out").click()
        visit.page.get_by_role("button", name=LOG_IN).wait_for()
        visit.open()
        assert_shut(visit)


def test_staff_reach_their_pages(browser: Browser, closed: str, provider: Provider) -> None:
    with going_to(browser, closed, provider) as visit:
        log_in(visit, "staff")
        visit.open("/manage")
        assert visit.page.get_by_role("heading", level=1).inner_text() == "Manage"


@pytest.mark.parametrize(
    "who", ["staff of yesterday", "wrong signature", "wrong audience", "wrong nonce", "expired"]
)
def test_a_token_that_is_not_good_lets_nobody_in(
    browser: Browser, closed: str, provider: Provider, who: str
) -> None:
    with going_to(browser, closed, provider) as visit:
        before = provider.exchanged
        log_in(visit, who)
        assert provider.exchanged == before + 1, "it came as far as the token"
        visit.open("/manage")
        assert_shut(visit)


def drawn(address: str, page: str) -> str:
    """All that the program sends to another one that asks for a page, as one text."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    stream = address.replace("http", "ws") + "/_stcore/stream"
    parts: list[str] = []
    with connect(stream, subprotocols=[Subprotocol("streamlit")]) as connection:
        connection.send(asked.SerializeToString())
        while not parts or "script_finished" not in parts[-1]:
            raw = connection.recv(_WAIT_S)
            assert isinstance(raw, bytes)
            message = ForwardMsg.FromString(raw)
            parts.append(f"{message.WhichOneof('type')} {message}")
    return "\n".join(parts)


@pytest.mark.parametrize("page", ["", "ask", "publications", "manage", "evaluation"])
def test_a_program_that_speaks_the_protocol_itself_gets_no_further(closed: str, page: str) -> None:
    sent = drawn(closed, page)
    assert LOG_IN in sent
    for secret in ("chat_input", "file_uploader", "starter digest", "Manage"):
        assert secret not in sent


def test_a_page_of_another_site_cannot_speak_to_it(closed: str) -> None:
    address = closed.replace("http", "ws") + "/_stcore/stream"
    with pytest.raises(InvalidStatus, match="403"):
        connect(address, origin=Origin("http://evil.example"))


@pytest.mark.parametrize("session", ["00000000-0000-0000-0000-000000000000", "none"])
def test_nothing_is_taken_in_from_who_has_no_page_open(closed: str, session: str) -> None:
    request = urllib.request.Request(
        f"{closed}/_stcore/upload_file/{session}/1", data=b"%PDF-1.7", method="PUT"
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    with refused.value as answer:
        assert answer.code in {400, 403}
