"""What staff do on the evaluation page, in a real browser."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from answer.pipeline import Assistant
from eval.question_files import question_set_bytes, read_question_set, write_question_set
from eval.questions import JudgedQuestion
from eval.run import run_questions
from eval.runs import RunWriter, header_for
from tests.browser.conftest import Visit, serve, visiting
from tests.browser.test_journey import assert_accessible, assert_no_sideways_scrolling
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

STARTER_SET = ROOT / "eval" / "sets" / "starter.jsonl"
EARLIER = "mended-20260101T000000"  # a run that was made before
_OPENING_MS = 2_000
_AFTER_TYPING_MS = 10_000
_RUN_MS = 60_000  # a run loads the model in a process of its own
_SOME_ASKED = re.compile(r"\b[1-9]\d* of \d+ questions asked")  # "0 of 173" is told at first
SECTIONS = ("Question sets", "Run", "Results", "Compare", "From use")


@pytest.fixture(scope="module")
def own_address(
    starter_index: Path, assistant: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server of its own, so that its runs are those of this file; one is there already."""
    folder = tmp_path_factory.mktemp("evaluation")
    questions = read_question_set(STARTER_SET)[:8]
    header = header_for(assistant, questions, "mended.jsonl")
    writer = RunWriter(folder / "var" / "eval" / "runs" / f"{EARLIER}.json", header)
    for outcome in run_questions(assistant, questions):
        writer.add(outcome)
    writer.finish()
    small = folder / "var" / "eval" / "sets" / "small.jsonl"
    small.parent.mkdir(parents=True)
    write_question_set(read_question_set(STARTER_SET)[:3], small)
    with serve(starter_index, folder / "log.txt") as started:
        yield started


def open_section(visit: Visit, name: str) -> None:
    group = visit.page.get_by_role("radiogroup", name="Section")
    group.get_by_text(name, exact=True).click()
    visit.settle()


def upload(visit: Visit, name: str, questions: list[JudgedQuestion]) -> None:
    workbook = {
        "name": name,
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": question_set_bytes(questions, ".xlsx"),
    }
    visit.page.locator('input[type="file"]').set_input_files(workbook)  # type: ignore[arg-type]  # the stubs want a TypedDict
    visit.page.get_by_text(name).first.wait_for()
    visit.settle()


def edit_in_the_table(visit: Visit) -> None:
    """Type another question into the first row."""
    page = visit.page
    page.get_by_text("In a table").click()
    visit.settle()
    # The grid takes keys only when it is ready, and tells nobody.
    assert any(_typed_into_the_first_row(page, "Typed in the table?") for _ in range(6))
    visit.settle()
    assert_accessible(visit)


def _typed_into_the_first_row(page: Page, text: str) -> bool:
    """Whether the first row's question could be opened, written, and is told to be changed."""
    grid = page.locator('[data-testid="stDataFrame"] .dvn-scroller').first
    grid.scroll_into_view_if_needed()
    field = page.locator("textarea.gdg-input")
    page.keyboard.press("Escape")  # what an earlier attempt may have left open
    grid.click(position={"x": 250, "y": 52})
    page.keyboard.press("Enter")
    try:
        field.fill(text, timeout=_OPENING_MS)
        field.press("Enter", timeout=_OPENING_MS)
        page.get_by_text("Changed, and not saved yet.").wait_for(timeout=_AFTER_TYPING_MS)
    except PlaywrightTimeoutError:
        return False
    return True


def run_the_set(visit: Visit, name: str) -> None:
    open_section(visit, "Run")
    visit.page.get_by_role("combobox", name="Question set").click()
    visit.page.get_by_role("option", name=name).click()
    visit.settle()
    visit.page.get_by_role("button", name="Run this set").click()
    visit.page.get_by_role("progressbar").wait_for()
    visit.page.get_by_text("is done.").wait_for(timeout=_RUN_MS)
    visit.settle()


def test_a_faulty_spreadsheet_is_mended_run_compared_and_downloaded(
    browser: Browser, own_address: str
) -> None:
    questions = read_question_set(STARTER_SET)[:8]
    faulty = [
        replace(questions[0], gold=()),
        replace(questions[1], kind="riddle"),
        *questions[2:],
    ]
    with visiting(browser, own_address) as visit:
        page = visit.page
        visit.open("/evaluation")
        page.get_by_text("Upload a file").click()
        visit.settle()
        upload(visit, "faulty.xlsx", faulty)
        expect(page.get_by_text("answerable, but no page is given")).to_be_visible()
        expect(page.get_by_text('the kind "riddle" is not known')).to_be_visible()
        expect(page.get_by_role("button", name="Save the set")).to_have_count(0)
        assert_accessible(visit)
        upload(visit, "mended.xlsx", questions)
        expect(page.get_by_text("8 questions, 0 of them without an answer.")).to_be_visible()
        page.get_by_role("button", name="Save the set").click()
        page.get_by_text("Saved: 8 questions.").wait_for()
        edit_in_the_table(visit)
        page.get_by_text("One question in a form", exact=True).click()
        visit.settle()
        expect(page.get_by_text("Changed, and not saved yet.")).to_be_visible()
        assert_accessible(visit)
        page.get_by_role("button", name="Undo all changes").click()
        visit.settle()

        run_the_set(visit, "mended.jsonl")
        expect(page.locator("#ssa-live")).to_have_text("The run has ended.")

        open_section(visit, "Compare")
        expect(page.get_by_role("combobox", name="Old run")).to_have_value(EARLIER)
        expect(page.get_by_text("No difference beyond noise")).to_be_visible()
        expect(page.get_by_text("8 questions compared")).to_be_visible()

        open_section(visit, "Results")
        with page.expect_download() as download:
            page.get_by_role("button", name="Spreadsheet (XLSX)").click()
        book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
        ids = [row[0].value for row in book["Questions"].iter_rows(min_row=2)]
        assert ids == [question.question_id for question in questions]

        for section in SECTIONS:
            open_section(visit, section)
            assert_accessible(visit)
            assert_no_sideways_scrolling(visit)


def test_a_run_outlives_its_tab_admits_no_second_one_and_goes_on_after_a_stop(
    browser: Browser, own_address: str
) -> None:
    with visiting(browser, own_address) as second:
        second.open("/evaluation")
        open_section(second, "Run")
        page = second.page
        expect(page.get_by_role("button", name="Run this set")).to_be_visible()
        with visiting(browser, own_address) as first:
            first.open("/evaluation")
            open_section(first, "Run")
            first.page.get_by_role("combobox", name="Question set").click()
            first.page.get_by_role("option", name="starter").click()
            first.settle()
            first.page.get_by_role("button", name="Run this set").click()
            first.page.get_by_text(_SOME_ASKED).wait_for(timeout=_RUN_MS)
        page.get_by_role("button", name="Run this set").click()  # offered before the other began
        page.get_by_text("One run at a time").wait_for()
        page.get_by_role("button", name="Stop this run").click()
        page.get_by_text("It was stopped; what it has done is kept.").wait_for()
        stopped = _asked(page.get_by_text("ended after").inner_text())
        assert 0 < stopped < len(read_question_set(STARTER_SET))
        page.get_by_role("button", name="Go on with it").click()
        page.get_by_text("questions asked").wait_for(timeout=_RUN_MS)
        assert _asked(page.get_by_text("questions asked").inner_text()) >= stopped
        page.get_by_role("button", name="Stop this run").click()
        page.get_by_role("button", name="Delete it").click()
        page.get_by_role("button", name="Delete it").wait_for(state="hidden")


def _asked(told: str) -> int:
    """ "12 of 173 questions asked", "… ended after 12 of 173 questions." -> 12."""
    return int(told.split(" of ", maxsplit=1)[0].rsplit(maxsplit=1)[-1])


def tab_to(visit: Visit, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(12):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate(f"document.activeElement.matches('{selector}')"):
            return
    pytest.fail(f"Tab does not lead to {selector}")


def test_a_set_is_chosen_and_run_and_its_results_are_opened_by_keyboard(
    browser: Browser, own_address: str
) -> None:
    with visiting(browser, own_address) as visit:
        page = visit.page
        visit.open("/evaluation")
        page.get_by_role("radiogroup", name="Section").get_by_role("radio").first.focus()
        page.keyboard.press("ArrowRight")
        visit.settle()
        tab_to(visit, '[role="combobox"]')
        page.keyboard.type("small")
        page.keyboard.press("Enter")
        visit.settle()
        tab_to(visit, '[data-testid="stBaseButton-primary"]')
        page.keyboard.press("Enter")
        # Not an earlier run's: that one is named too.
        page.locator(".ssa-notice", has_text="small-").wait_for(timeout=_RUN_MS)
        visit.settle()
        page.get_by_role("radiogroup", name="Section").get_by_role("radio").nth(1).focus()
        page.keyboard.press("ArrowRight")
        visit.settle()
        expect(page.get_by_role("heading", name="Measures")).to_be_visible()
        expect(page.get_by_text("3 questions of small.jsonl")).to_be_visible()


def test_the_page_fits_a_phone(browser: Browser, own_address: str) -> None:
    with visiting(browser, own_address, width=360) as visit:
        visit.open("/evaluation")
        for section in SECTIONS:
            open_section(visit, section)
            assert_no_sideways_scrolling(visit)
