"""How a reply reads on the page: note marks, lists and tables, the box and the place in it."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit, visiting
from tests.browser.test_journey import assert_accessible

pytestmark = pytest.mark.browser

ACTIONS = "Which five actions are listed for well-being?"
BAIL = "What is the current bail schedule in Alameda County?"
_NEAR_TOP_PX = 200  # below the bar at the top of the window


def test_a_note_mark_is_named_to_screen_readers_and_not_when_copied(visit: Visit) -> None:
    visit.open()
    visit.ask(ACTIONS)
    line = visit.page.locator("blockquote p").filter(has_text="Five actions are listed:").first
    assert "note mark of the publication" in line.aria_snapshot()
    copied = line.evaluate(
        """line => { getSelection().selectAllChildren(line); return getSelection().toString(); }"""
    )
    assert copied == "Five actions are listed:[1]"
    expect(visit.page.locator("figcaption").get_by_text("Source 1", exact=True)).to_be_visible()


def test_a_long_text_is_taken_told_to_be_too_long_and_put_back(visit: Visit) -> None:
    visit.open()
    box = visit.page.get_by_test_id("stChatInputTextArea")
    text = "Who should be safe? " * 60  # 1,200 characters
    box.fill(text)
    expect(box).to_have_value(text)
    box.press("Enter")
    expect(visit.page.locator(".ssa-refusal")).to_contain_text("longer than I can search for")
    visit.settle()
    expect(box).to_have_value(text)
    visit.ask(ACTIONS)
    expect(box).to_have_value("")


def test_the_way_back_leads_to_the_source_that_was_open(visit: Visit) -> None:
    visit.open()
    visit.ask(BAIL)
    visit.ask(ACTIONS)
    source = visit.page.locator(".st-key-source-2-1")
    source.locator("summary").click()
    source.get_by_role("link", name="Open source 1").click()
    visit.page.get_by_role("heading", name="Text of the page").wait_for()
    visit.settle()
    visit.page.get_by_role("link", name="Back to the conversation").first.click()
    expect(visit.page.locator("#ssa-live")).to_have_text("Back at Source 1 of question 2.")
    visit.settle()
    expect(source.locator("mark")).to_be_visible()
    expect(source.locator("summary")).to_be_in_viewport()
    assert source.evaluate("source => source.getBoundingClientRect().top") < _NEAR_TOP_PX
    visit.page.get_by_role("button", name="New conversation").click()
    visit.settle()
    visit.ask(BAIL)
    visit.ask(ACTIONS)
    expect(source.locator("mark")).to_have_count(0)


def test_the_menu_of_a_narrow_screen_closes_when_a_page_is_chosen(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, width=380) as visit:
        visit.open()
        visit.page.get_by_test_id("stExpandSidebarButton").click()
        visit.page.get_by_role("link", name="Publications").click()
        expect(visit.page.get_by_role("heading", name="Publications", level=1)).to_be_visible()
        expect(visit.page.get_by_test_id("stExpandSidebarButton")).to_be_visible()


def test_a_citation_can_be_copied_and_the_conversation_saved(visit: Visit) -> None:
    visit.open()
    visit.ask(ACTIONS)
    source = visit.page.locator(".st-key-source-1-1")
    source.locator("summary").click()
    citation = source.get_by_test_id("stCode").inner_text()
    assert "“Five actions are listed:[1]\n" in citation
    address = f"{visit.address}/source?doc="
    assert address in citation
    with visit.page.expect_download() as started:
        visit.page.get_by_role("button", name="Save this conversation").click()
    text = started.value.path().read_text("utf-8")
    assert f"Question 1: {ACTIONS}" in text
    assert address in text
    visit.open(citation.split(visit.address)[1].splitlines()[0])  # as sent to a colleague
    expect(visit.page.locator("mark")).to_have_count(1)


def test_a_loaded_publication_opens_at_its_first_page(visit: Visit) -> None:
    visit.open("/publications")
    link = visit.page.get_by_role("link", name="Read page by page").first
    with visit.page.expect_popup() as opened:
        link.click()
    expect(opened.value.get_by_role("button", name="Previous page")).to_be_disabled()
    expect(opened.value.locator('[data-testid="stImage"] img')).to_be_visible()


def test_the_dark_look_of_the_system_is_taken_over_with_enough_contrast(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="dark")
    visit.open()
    visit.ask(BAIL)
    visit.ask(ACTIONS)
    visit.page.locator("summary").last.click()
    expect(visit.page.locator("mark")).to_be_visible()
    visit.settle()
    background = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    assert visit.page.evaluate(background) == "rgb(20, 24, 29)"
    assert_accessible(visit)
    visit.open("/publications")
    assert_accessible(visit)
