"""The whole way of a publication in a real browser: upload, report, gate, publish, roll back."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from access.password import set_password
from index.releases import current_number
from tests.browser.conftest import Visit, serve, visiting
from tests.browser.test_journey import assert_accessible, assert_no_sideways_scrolling
from tests.browser.test_login import drawn
from tests.make_pdf import lines_of_text, raw_pdf
from tests.staff.office import Office

pytestmark = pytest.mark.browser

_WORDS = "four plain english words"
_WORK_MS = 90_000  # a release loads the model in a process of its own
SECTIONS = ("Publications", "Add files", "New release", "Pages", "History")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    office = Office(folder, staff="password")
    set_password(folder / "var" / "access" / "staff.json", _WORDS)
    built = office.run("build")
    assert built.returncode == 0, built.stderr
    return office


@pytest.fixture(scope="module")
def office_address(office: Office) -> Iterator[str]:
    log = office.index.parent / "log.txt"
    with serve(office.index, log, corpus=office.corpus, config=office.config) as started:
        yield started


def log_in(visit: Visit) -> None:
    visit.open("/staff")
    visit.page.get_by_label("Staff password").fill(_WORDS)
    visit.page.get_by_role("button", name="Log in").click()
    visit.page.get_by_role("link", name="Manage").wait_for()
    visit.page.get_by_role("link", name="Manage").click()
    visit.page.get_by_role("heading", level=1, name="Manage").wait_for()
    visit.settle()


def open_section(visit: Visit, name: str) -> None:
    group = visit.page.get_by_role("radiogroup", name="Section")
    group.get_by_text(name, exact=True).click()
    visit.settle()


def make_release(visit: Visit, number: int) -> None:
    open_section(visit, "New release")
    visit.page.get_by_role("button", name="Make a new release").click()
    ready = visit.page.get_by_role("heading", name=f"Release {number} is ready")
    ready.wait_for(timeout=_WORK_MS)
    visit.settle()


def test_officials_reach_nothing_of_the_staff(browser: Browser, office_address: str) -> None:
    with visiting(browser, office_address) as visit:
        for path in ("/manage", "/evaluation"):
            visit.open(path)
            assert visit.page.get_by_role("heading", level=1).inner_text() != "Manage"
            assert visit.page.locator('input[type="file"]').count() == 0
        expect(visit.page.get_by_role("link", name="Manage")).to_have_count(0)
        visit.open("/staff")
        visit.page.get_by_label("Staff password").fill("not the password")
        visit.page.get_by_role("button", name="Log in").click()
        visit.page.get_by_text("This is not the staff password.").wait_for()
        assert_accessible(visit)


@pytest.mark.parametrize("page", ["manage", "evaluation"])
def test_a_program_that_speaks_the_protocol_itself_reaches_no_staff_page(
    office_address: str, page: str
) -> None:
    sent = drawn(office_address, page)
    assert "chat_input" in sent, "the first page instead"
    for secret in ("file_uploader", "Make a new release", "Question set"):
        assert secret not in sent


def test_the_whole_way_of_a_publication(  # noqa: PLR0915  # one journey
    browser: Browser, office: Office, office_address: str
) -> None:
    with visiting(browser, office_address) as visit:
        page = visit.page
        log_in(visit)
        assert_accessible(visit)

        # Upload a second publication, and replace the first by a worse one.
        open_section(visit, "Add files")
        told = ("Second Edition, March 2021", "Survivors are asked before a plan is made.")
        more = raw_pdf(lines_of_text(*told, top=500), "")
        page.locator('input[type="file"]').set_input_files(
            [
                {"name": "More.pdf", "mimeType": "application/pdf", "buffer": more},
                {"name": "Letter.pdf", "mimeType": "application/pdf", "buffer": b"Dear all"},
            ]
        )
        visit.page.get_by_text("Letter.pdf").first.wait_for()
        visit.settle()
        page.get_by_role("button", name="Add to the collection").click()
        page.locator(
            ".ssa-warning", has_text="Letter.pdf: is not a PDF, despite its name"
        ).wait_for()
        page.get_by_text("Taken in: More.pdf, as more.pdf.").wait_for()
        assert (office.corpus / "more.pdf").read_bytes() == more
        office.write("Meetings are held in the library of the county seat.")

        # The gate is closed: refuse, and mend.
        make_release(visit, 2)
        page.get_by_text("1 of 1 answers changed").first.wait_for()
        expect(page.get_by_text("It is not published as it stands")).to_be_visible()
        assert_accessible(visit)
        page.get_by_role("button", name="Publish anyway").click()
        page.get_by_text("Not published: write a reason first.").first.wait_for()
        assert current_number(office.index) == 1
        page.get_by_role("button", name="Discard this release").click()
        page.get_by_role("heading", name="Release 2 is ready").wait_for(state="detached")
        visit.settle()
        office.write("Trust comes first in every plan.")

        # Describe, make it again, publish.
        open_section(visit, "Publications")
        page.get_by_role("combobox", name="Publication to describe").click()
        page.get_by_role("option", name="more.pdf").click()
        visit.settle()
        page.get_by_text("page 1: “Second Edition”; page 1: “March 2021”").wait_for()
        expect(page.get_by_label("Edition")).to_have_value("Second Edition, March 2021")
        page.get_by_label("Title, as printed").fill("What survivors say")
        page.get_by_label("Edition").fill("First")
        page.get_by_role("button", name="Save the description").click()
        page.get_by_role("cell", name="First").wait_for()
        visit.settle()
        make_release(visit, 3)
        page.get_by_text("None of 1 answers changed.").wait_for()
        visit.settle()
        doubtful = page.get_by_role("combobox", name="Page to check, of 1")
        doubtful.scroll_into_view_if_needed()
        doubtful.click()
        page.get_by_role("option", name="more.pdf, page 2: empty").click()
        page.get_by_role("heading", name="As it was read").wait_for()
        visit.settle()
        expect(
            page.get_by_alt_text("Image of page 2 of the file, What survivors say")
        ).to_be_visible()
        assert_accessible(visit)
        page.get_by_role("button", name="Publish", exact=True).click()
        page.get_by_role("heading", name="Release 3 is ready").wait_for(state="detached")
        visit.settle()
        assert current_number(office.index) == 3
        page.get_by_role("link", name="Ask").click()
        visit.settle()
        visit.ask("Who is asked before a plan is made?")
        page.get_by_text("What survivors say").first.wait_for()

        # Take a passage out, and go back to the release before.
        page.get_by_role("link", name="Manage").click()
        visit.settle()
        open_section(visit, "Pages")
        page.get_by_label("Reason").fill("the page is a draft")
        page.get_by_role("button", name="Switch off").click()
        page.get_by_role("button", name="Switch on again").wait_for()
        visit.settle()
        open_section(visit, "History")
        page.get_by_role("button", name="Publish it again").click()
        page.get_by_text("answered from release 1 in place of release 3").wait_for()
        visit.settle()
        assert_accessible(visit)
        page.get_by_role("button", name="Yes, go back to release 1").click()
        page.get_by_text("Release 1 (live)").wait_for()
        assert current_number(office.index) == 1
        for section in SECTIONS:
            open_section(visit, section)
            assert_accessible(visit)
        page.get_by_role("button", name="Log out").click()
        page.get_by_role("link", name="Manage").wait_for(state="detached")


def test_a_narrow_screen_needs_no_sideways_scrolling(browser: Browser, office_address: str) -> None:
    with visiting(browser, office_address) as visit:
        log_in(visit)
        visit.page.set_viewport_size({"width": 360, "height": 900})
        for section in SECTIONS:
            open_section(visit, section)
            assert_no_sideways_scrolling(visit)


def test_the_log_in_needs_no_mouse(browser: Browser, office_address: str) -> None:
    with visiting(browser, office_address) as visit:
        visit.open("/staff")
        for _ in range(20):
            visit.page.keyboard.press("Tab")
            if visit.page.evaluate("document.activeElement.type") == "password":
                break
        visit.page.keyboard.type(_WORDS)
        visit.page.keyboard.press("Enter")
        visit.page.get_by_role("link", name="Manage").wait_for()
        visit.settle()
        assert urlsplit(visit.page.url).path == "/", "the first page"
