"""What an official does with the program, in a real browser."""

import io
import re
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Locator, expect

from answer.pipeline import Assistant
from answer.reply import Answer
from index.build import build_index
from index.builder import Plan
from index.embed import SentenceTransformerEmbedder
from index.settings import IndexSettings
from ingest.provenance import quotation_boxes
from ingest.settings import IngestSettings
from tests.browser.conftest import Visit, serve, visiting
from tests.make_pdf import typst_pdf

pytestmark = pytest.mark.browser

PRINCIPLES = "what are the five principles"
TITLES = (
    "Shifting to a Public Health Frame",
    "Well-Being is Safety",
    "Crime Survivors at the Center",
    "Breaking the Cycle of Harm",
    "Making the System Work",
)
WELL_BEING = "Who should be involved in defining well-being?"
BAIL = "What is the current bail schedule in Alameda County?"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
ANSWERS = ".ssa-quotation:not(.ssa-related)"


def assert_accessible(visit: Visit) -> None:
    """No finding of axe-core of serious or critical impact."""
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = Axe().run(visit.page, options=options).response
    assert len(found["passes"]) > 15  # it did look
    grave = [
        (violation["id"], node["html"][:200])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert grave == []


def assert_no_sideways_scrolling(visit: Visit) -> None:
    widths = visit.page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
            .map(element => element.scrollWidth - element.clientWidth)"""
    )
    assert widths == [0, 0]


def open_source(visit: Visit, number: int = 0) -> Locator:
    """Open the source of a quotation; gives the image of its page."""
    visit.page.locator("summary").nth(number).click()
    image = visit.page.locator('[data-testid="stImage"] img').first
    image.wait_for()
    visit.page.wait_for_function("image => image.complete", arg=image.element_handle())
    visit.settle()
    return image


def yellow_rows(image: Locator) -> tuple[float, float]:
    """Where the highlight begins and ends, as shares of the height of the image shown."""
    image.scroll_into_view_if_needed()
    png = image.page.request.get(image.evaluate("image => image.src")).body()
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
    yellow = (pixels[:, :, 0] > 240) & (pixels[:, :, 1] > 210) & (pixels[:, :, 2] < 130)
    rows = np.flatnonzero(yellow.sum(axis=1) > 20)
    assert len(rows)
    return rows[0] / len(pixels), rows[-1] / len(pixels)


def test_a_question_is_answered_with_quotations_and_pages(
    visit: Visit, assistant: Assistant
) -> None:
    visit.open()
    assert_accessible(visit)
    visit.ask(PRINCIPLES)
    answer = visit.page.locator(ANSWERS)
    shown = " ".join(answer.all_inner_texts())
    assert all(title in shown for title in TITLES)
    expect(answer.get_by_text("p. 1 (page 4 of the file)").first).to_be_visible()
    expect(visit.page).to_have_title(re.compile("^Ask .*Shared Safety Assistant$"))

    reply = assistant.answer_question(PRINCIPLES)
    assert isinstance(reply, Answer)
    citation = reply.statements[0].citations[0]
    page = assistant.release.pages[citation.doc_id, citation.page_number]
    boxes = quotation_boxes(
        assistant.release.pdf_bytes(citation.doc_id),
        page,
        citation.start_char,
        citation.end_char,
        file="cited",
    )
    image = open_source(visit)
    expect(visit.page.locator("mark").first).to_be_visible()
    assert "highlighted" in (image.get_attribute("alt") or "")
    first, last = yellow_rows(image)
    assert first == pytest.approx(boxes[0].top / page.height, abs=0.01)
    assert last == pytest.approx(boxes[-1].bottom / page.height, abs=0.01)
    assert_accessible(visit)


def test_the_cited_page_has_an_address_of_its_own(visit: Visit) -> None:
    visit.open()
    visit.ask(WELL_BEING)
    open_source(visit)
    visit.page.get_by_role("link", name="Open source 1").click()
    visit.page.get_by_role("heading", name="Text of the page").wait_for()
    visit.settle()
    assert re.search(r"/source\?doc=.*&page=\d+&start=\d+&end=\d+&release=\d+$", visit.page.url)
    assert_accessible(visit)
    yellow_rows(visit.page.locator('[data-testid="stImage"] img'))
    expect(visit.page.locator("mark")).to_have_count(1)
    cited = visit.page.url

    visit.page.get_by_role("button", name="Next page").click()
    visit.page.wait_for_url(lambda url: url != cited)
    expect(visit.page.locator("mark")).to_have_count(0)
    visit.page.get_by_role("link", name="Back to the conversation").first.click()
    expect(visit.page.get_by_role("heading", name=WELL_BEING)).to_be_visible()

    visit.open(cited.removeprefix(visit.address))  # as sent to a colleague
    expect(visit.page.locator("mark")).to_have_count(1)
    expect(visit.page).to_have_title(re.compile("^Cited page"))


def test_what_the_publications_do_not_answer_is_refused_and_a_follow_up_understood(
    visit: Visit,
) -> None:
    visit.open()
    visit.ask(BAIL)
    expect(visit.page.get_by_text("No answer from the publications")).to_be_visible()
    expect(
        visit.page.get_by_role("heading", name="Related passages, not an answer")
    ).to_be_visible()
    expect(visit.page.locator(ANSWERS)).to_have_count(0)
    assert_accessible(visit)
    live = visit.page.locator("#ssa-live[role=status]")
    expect(live).to_contain_text("Question 1: no answer.")
    visit.page.evaluate("window.firstRegion = document.getElementById('ssa-live')")

    visit.ask(WELL_BEING)
    visit.ask("and what about its measures?")
    expect(visit.page.get_by_text(f"Understood as: {WELL_BEING}")).to_be_visible()
    expect(live).to_contain_text("Question 3: answered")
    assert visit.page.evaluate("window.firstRegion === document.getElementById('ssa-live')")

    visit.page.get_by_role("button", name="New conversation").click()
    expect(visit.page.locator(".ssa-question")).to_have_count(0)
    expect(visit.page.get_by_role("button", name="What are the five principles?")).to_be_visible()


def test_the_publications_page_lists_what_is_not_loaded(visit: Visit) -> None:
    visit.open("/publications")
    row = visit.page.get_by_role("row").filter(has_text="not loaded").first
    expect(row).to_be_visible()
    expect(row.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")
    expect(visit.page.get_by_role("table")).to_have_count(3)
    expect(visit.page).to_have_title(re.compile("^Publications"))
    assert_accessible(visit)


def test_the_keyboard_is_enough(visit: Visit) -> None:
    visit.open()
    _press_until(visit, "Tab", "document.activeElement.tagName === 'TEXTAREA'")
    visit.page.keyboard.type(WELL_BEING)
    visit.page.keyboard.press("Enter")
    visit.page.locator(ANSWERS).first.wait_for()
    visit.settle()
    _press_until(visit, "Shift+Tab", "document.activeElement.tagName === 'SUMMARY'")
    outline = visit.page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    visit.page.keyboard.press("Enter")
    visit.page.locator('[data-testid="stImage"] img').wait_for()
    _press_until(visit, "Tab", "document.activeElement.innerText.startsWith('Open source')")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("heading", name="Text of the page")).to_be_visible()


def _press_until(visit: Visit, key: str, condition: str) -> None:
    for _ in range(30):
        visit.page.keyboard.press(key)
        if visit.page.evaluate(condition):
            return
    pytest.fail(f"{key} never led to {condition}")


def test_a_narrow_screen_needs_no_sideways_scrolling(browser: Browser, address: str) -> None:
    with visiting(browser, address, width=320) as visit:
        visit.open()
        visit.ask(BAIL)
        visit.ask(PRINCIPLES)
        open_source(visit, number=-1)
        assert_no_sideways_scrolling(visit)
        assert_accessible(visit)
        visit.page.get_by_role("link", name="Open source").click()
        visit.page.get_by_role("heading", name="Text of the page").wait_for()
        visit.settle()
        assert_no_sideways_scrolling(visit)
        visit.open("/publications")
        assert_no_sideways_scrolling(visit)
        assert_accessible(visit)


def test_hostile_text_is_shown_and_does_nothing(
    browser: Browser, embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    hostile = (
        "The zebra ordinance fines ![x](http://evil.example/x.png) and "
        "<img src=http://evil.example/y.png onerror=alert(1)> and $a$ and $b$."
    )
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "zebra.pdf").write_bytes(
        typst_pdf(
            '#set document(title: "# ![t](http://evil.example/t.png) <b>T</b>")\n'
            f'= Zebras\n\n#"{hostile}"\n'
        )
    )
    build_index(
        Plan(
            corpus=corpus,
            root=tmp_path / "index",
            embedder=embedder,
            ingest_settings=IngestSettings(processes=1),
            index_settings=IndexSettings(),
            on_progress=lambda _: None,
        )
    )
    question = "What does the zebra ordinance fine? ![q](http://evil.example/q.png) <b>q</b>"
    with (
        serve(tmp_path / "index", tmp_path / "log.txt") as address,
        visiting(browser, address) as visit,
    ):
        visit.open()
        visit.ask(question)
        assert hostile in visit.page.locator("blockquote").first.inner_text()
        open_source(visit)
        assert hostile in visit.page.locator("mark").first.inner_text()
        visit.page.get_by_role("link", name="Open source 1").click()
        visit.page.get_by_role("heading", name="Text of the page").wait_for()
        visit.settle()
        visit.open("/publications")
        expect(visit.page.get_by_text("Not described in publications.toml")).to_be_visible()
