"""How a reply reads on the page: note marks, lists and tables, the box and the place in it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

ACTIONS = "Which five actions are listed for well-being?"


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
