"""Rating a reply in a real browser: with the keyboard only, and heard by a screen reader."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_journey import BAIL, WELL_BEING, _press_until, assert_accessible

pytestmark = pytest.mark.browser

_TOP = "document.querySelector('[data-testid=\"stMain\"]').scrollTop"


def test_a_reply_is_rated_by_keyboard_and_the_page_stays_where_it_is(visit: Visit) -> None:
    visit.open()
    visit.ask(WELL_BEING)
    visit.ask(BAIL)
    visit.ask(WELL_BEING)
    first = visit.page.locator(".st-key-ssa_rating_1")
    first.scroll_into_view_if_needed()
    first.get_by_role("radio").or_(first.get_by_role("button")).first.focus()
    visit.page.keyboard.press("Enter")
    send = first.get_by_role("button", name="Send rating")
    send.wait_for()
    visit.settle()
    assert_accessible(visit)
    _press_until(visit, "Tab", "document.activeElement.type === 'radio'")
    visit.page.keyboard.press("ArrowDown")
    _press_until(visit, "Tab", "document.activeElement.tagName === 'TEXTAREA'")
    visit.page.keyboard.type("Good page.")
    _press_until(visit, "Tab", "document.activeElement.innerText === 'Send rating'")
    visit.settle()
    before = visit.page.evaluate(_TOP)
    visit.page.keyboard.press("Enter")
    expect(first.get_by_text("Thank you. Your rating is kept.")).to_be_visible()
    live = visit.page.locator("#ssa-live[role=status]")
    expect(live).to_have_text("Thank you. Your rating is kept.")
    visit.settle()
    # The form is gone, so a little may move; the last question lies a long way below.
    assert abs(visit.page.evaluate(_TOP) - before) < 200
    last = visit.page.locator("h2.ssa-question").last.bounding_box()
    assert last is not None
    assert last["y"] > 600
    assert_accessible(visit)
