"""The pages without a browser: what is shown for what is asked."""

import re
import shutil
import threading
from html import unescape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from answer.pipeline import Assistant
from ui.ask import gate
from ui.reference import PageReference
from ui.settings import UiSettings

WELL_BEING = "Who should be involved in defining well-being?"
BAIL = "What is the current bail schedule in Alameda County?"


def html_of(app: AppTest) -> str:
    """Everything that the page shows as HTML, style sheet left out."""
    return "\n".join(
        str(element.proto.body)
        for element in app.get("html")
        if "<style>" not in element.proto.body
    )


def text_of(app: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html_of(app)))


def ask(app: AppTest, question: str) -> AppTest:
    app.chat_input[0].set_value(question).run()
    assert not app.exception
    return app


def test_an_empty_conversation_warns_and_offers_questions(app: AppTest) -> None:
    app.run()
    assert not app.exception
    shown = " ".join(text_of(app).split())
    assert "Answers are quotations only" in shown
    assert "These were issued by Shared Safety Assistant project." in shown
    assert "not legal advice" in shown
    assert "Do not type case details or personal data." in shown
    assert [button.label for button in app.button] == list(UiSettings().examples)


@pytest.mark.parametrize("number", range(len(UiSettings().examples)))
def test_each_example_question_is_answered(app: AppTest, number: int) -> None:
    app.run().button[number].click().run()
    assert not app.exception
    assert 'class="ssa-quotation"' in html_of(app)
    assert "No answer from the publications" not in html_of(app)


def test_an_answer_quotes_and_names_publication_and_page(
    app: AppTest, assistant: Assistant
) -> None:
    ask(app.run(), WELL_BEING)
    reply = assistant.answer_question(WELL_BEING)
    shown = " ".join(text_of(app).split())
    assert "one person at senior level, who runs the effort." in shown
    assert "volume 3: Well-Being is Safety" in shown
    assert "p. 3 (page 5 of the file)" in shown
    assert f"Index release {reply.release}" in shown
    assert len(app.expander) == html_of(app).count("<blockquote>")


def test_an_answer_that_may_be_none_says_so_above_its_quotations(app: AppTest) -> None:
    ask(app.run(), "¿Cuáles son los cinco principios?")
    shown = html_of(app)
    doubt = shown.index('<p class="ssa-warning" lang="es">')
    assert doubt < shown.index('class="ssa-quotation"')
    assert "No está comprobado que estas citas respondan a su pregunta" in text_of(app)
    ask(app, WELL_BEING)
    assert "I am not sure that this answers" not in text_of(app)


def test_opening_a_source_shows_passage_image_and_link(app: AppTest) -> None:
    ask(app.run(), WELL_BEING)
    assert not app.get("image")
    assert "<mark>" not in html_of(app)
    app.session_state["source-1-1"] = True
    app.run()
    assert not app.exception
    assert html_of(app).count("<mark>") == 1
    image = app.get("image")[0].proto.imgs[0]
    assert image.alt.startswith("Image of p. ")
    assert "the quotation is highlighted" in image.alt
    link = next(e.proto for e in app.get("page_link") if "Open source 1" in e.proto.label)
    assert "doc=starter-" in link.query_string
    assert "release=1" in link.query_string


def test_a_refusal_is_no_answer_and_says_so(app: AppTest) -> None:
    ask(app.run(), BAIL)
    shown = text_of(app)
    assert "No answer from the publications" in shown
    assert "Related passages, not an answer" in shown
    assert 'class="ssa-quotation"' not in html_of(app)
    assert 'class="ssa-quotation ssa-related"' in html_of(app)


def test_nonsense_gets_a_message_and_nothing_else(app: AppTest) -> None:
    ask(app.run(), "xqzv wrtp")
    assert "No answer from the publications" in text_of(app)
    assert "<blockquote>" not in html_of(app)


def test_spaces_alone_are_not_sent(app: AppTest) -> None:
    ask(app.run(), "  \n ")
    assert "ssa-question" not in html_of(app)
    assert app.button[0].label == UiSettings().examples[0]


def test_a_question_that_is_too_long_is_told_so_and_shown_in_short(app: AppTest) -> None:
    ask(app.run(), "Who is safe? " * 100)  # 1,300 characters
    assert "longer than I can search for" in text_of(app)
    assert len(app.session_state["conversation"][0].question) == 500 + len(" …")


def test_a_follow_up_is_understood_with_the_question_before(app: AppTest) -> None:
    ask(app.run(), WELL_BEING)
    ask(app, "and what about its measures?")
    assert f"Understood as: {WELL_BEING}" in text_of(app)


def test_a_new_conversation_forgets_the_old_one(app: AppTest) -> None:
    ask(app.run(), WELL_BEING)
    app.button[-1].click().run()
    assert WELL_BEING not in text_of(app)
    assert app.button[0].label == UiSettings().examples[0]


def test_a_question_is_shown_as_typed(app: AppTest) -> None:
    hostile = "![x](http://example.org/x.png) <b>safety</b> $1 and 2$ :red[x]"
    ask(app.run(), hostile)
    assert hostile in text_of(app)
    assert "<b>safety</b>" not in html_of(app)
    assert not app.markdown


def test_only_the_last_turns_are_kept(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[ui]\nmax_turns = 2\n", "utf-8")
    monkeypatch.setenv("SHARED_SAFETY_CONFIG", str(config))
    app.run()
    for question in ("xqzv one", "xqzv two", "xqzv three"):
        ask(app, question)
    questions = re.findall(r'<h2 class="ssa-question">(.*?)</h2>', html_of(app))
    assert questions == ["xqzv two", "xqzv three"]
    assert "Earlier questions are no longer shown." in text_of(app)


def test_too_many_at_once_are_told_to_try_again(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[ui]\nmax_wait_s = 0.05\nquestions_at_once = 3\n", "utf-8")
    monkeypatch.setenv("SHARED_SAFETY_CONFIG", str(config))
    app.run()
    semaphore: threading.BoundedSemaphore = gate(3)
    for _ in range(3):
        assert semaphore.acquire(blocking=False)
    try:
        ask(app, WELL_BEING)
    finally:
        semaphore.release(3)
    assert "Please try again in a few seconds" in text_of(app)
    again = next(button for button in app.button if button.label == "Ask this again")
    again.click().run()
    assert 'class="ssa-quotation"' in html_of(app)


def open_page(app: AppTest, url_path: str) -> AppTest:
    """What a click on a page's link does; AppTest itself knows pages by file only."""
    app._page_hash = calc_hash(url_path)
    return app


def source(app: AppTest, **parameters: str) -> AppTest:
    open_page(app.run(), "source")
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def test_the_source_page_shows_the_cited_page(app: AppTest, assistant: Assistant) -> None:
    reply = assistant.answer_question(WELL_BEING)
    citation = reply.statements[0].citations[0]  # type: ignore[union-attr]
    source(app, **PageReference.of(citation, reply.release).query())
    assert not app.exception
    assert "Well-Being is Safety" in text_of(app)
    assert f"<mark>{citation.cited_text}</mark>" in html_of(app).replace("&#x27;", "'")
    assert len(app.get("image")) == 1
    assert {e.proto.label for e in app.get("page_link")} == {"Back to the conversation"}
    assert [button.label for button in app.button] == ["Previous page", "Next page"]
    app.button[1].click().run()
    assert f"page {citation.page_number + 1} of the file" in text_of(app)
    assert "<mark>" not in html_of(app)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({}, "Open it from the source of a quotation."),
        ({"doc": "../../etc/passwd", "page": "1"}, "not in the list of publications"),
        ({"doc": "starter-overview", "page": "999"}, "does not have"),
        ({"doc": "starter-overview", "page": "1;x"}, "is not a number"),
        ({"doc": "starter-overview", "page": "1", "start": "5", "end": "999999"}, "are not on"),
        ({"doc": "starter-overview", "page": "1", "start": "9", "end": "5"}, "are not on"),
    ],
)
def test_a_wrong_address_gets_a_plain_message(
    app: AppTest, parameters: dict[str, str], message: str
) -> None:
    source(app, **parameters)
    assert not app.exception
    assert message in text_of(app)
    assert not app.get("image")


def test_an_address_of_another_release_is_not_highlighted(app: AppTest) -> None:
    source(app, doc="starter-overview", page="4", start="0", end="40", release="77")
    assert "The words are not highlighted." in text_of(app)
    assert "<mark>" not in html_of(app)
    assert len(app.get("image")) == 1


def test_the_publications_are_listed_with_the_report(app: AppTest) -> None:
    open_page(app.run(), "publications").run()
    assert not app.exception
    shown = text_of(app)
    assert "Shared Safety starter digest, volume 1: Overview" in shown
    assert "not loaded" in shown
    assert 'href="https://' in html_of(app)
    assert "01-overview.pdf" in shown


def test_without_an_index_the_remedy_is_shown(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHARED_SAFETY_INDEX", str(tmp_path))
    app.run()
    assert not app.exception
    assert "The assistant cannot be used at the moment." in text_of(app)
    assert "python -m index build" in text_of(app)


def test_a_fault_in_the_settings_is_named(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[ui]\nmax_turns = 0\n", "utf-8")
    monkeypatch.setenv("SHARED_SAFETY_CONFIG", str(config))
    app.run()
    assert "[ui] max_turns must be above 0" in text_of(app)


def test_a_new_release_shows_up_without_a_restart(
    app: AppTest, starter_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "index"
    shutil.copytree(starter_index, root)
    monkeypatch.setenv("SHARED_SAFETY_INDEX", str(root))
    ask(app.run(), WELL_BEING)
    folder = root / "releases" / "000001"
    shutil.copytree(folder, root / "releases" / "000002")
    (root / "current").write_text("2\n", "utf-8")
    app.session_state["source-1-1"] = True
    app.run()
    assert not app.exception
    assert "the quotation is highlighted in yellow" in text_of(app), "as release 1 has the page"
    shutil.rmtree(folder)
    st.cache_resource.clear()
    app.run()
    assert "the earlier version is no longer kept" in " ".join(text_of(app).split())
    ask(app, WELL_BEING)
    assert "Index release 2" in text_of(app)
