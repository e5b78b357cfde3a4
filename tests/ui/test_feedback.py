"""Ratings in the chat."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.test_app import BAIL, WELL_BEING, ask, text_of
from usage.store import UsageStore

PRINCIPLES = "What are the five principles?"


def store_in(folder: Path) -> UsageStore:
    return UsageStore(folder / "var" / "usage.sqlite", keep_days=365)


def thumb(app: AppTest, value: int) -> AppTest:
    app.feedback[0].set_value(value).run()
    assert not app.exception
    return app


def test_a_rating_is_sent_with_a_reason(app: AppTest, tmp_path: Path) -> None:
    ask(app.run(), WELL_BEING)
    assert "your question and this reply are kept; not who you are." in text_of(app)
    thumb(app, 0)
    assert "Do not type personal data." in " ".join(text_of(app).split())
    app.radio[0].set_value("Only a part of the answer")
    app.text_area[0].set_value("The list goes on.")
    send(app)
    (rating,) = store_in(tmp_path).ratings()
    assert rating.given.question == WELL_BEING
    assert rating.given.reason == "Only a part of the answer"
    assert rating.given.comment == "The list goes on."
    assert rating.given.reply["statements"]
    cited = rating.given.reply["statements"][0]["citations"][0]
    ranking = rating.given.reply["ranking"]
    assert 1 < len(ranking) <= 10
    assert cited["page_number"] in {
        page["page_number"] for page in ranking if page["file"] == cited["file"]
    }
    assert "Thank you." in text_of(app)


def send(app: AppTest, number: int = 1) -> AppTest:
    app.button(key=f"FormSubmitter:rating-{number}-Send rating").click().run()
    assert not app.exception
    return app


def test_a_change_of_mind_replaces_the_rating(app: AppTest, tmp_path: Path) -> None:
    ask(app.run(), WELL_BEING)
    send(thumb(app, 0))
    app.feedback[0].set_value(None).run()
    assert "To change it, click a thumb again." in text_of(app)
    assert len(store_in(tmp_path).ratings()) == 1
    send(thumb(app, 1))
    (rating,) = store_in(tmp_path).ratings()
    assert rating.given.helpful


def test_a_new_conversation_replaces_no_rating_of_the_one_before(
    app: AppTest, tmp_path: Path
) -> None:
    ask(app.run(), WELL_BEING)
    send(thumb(app, 1))
    next(button for button in app.button if button.label == "New conversation").click().run()
    ask(app, PRINCIPLES)
    assert app.feedback[0].value is None
    send(thumb(app, 1))
    asked = [rating.given.question for rating in store_in(tmp_path).ratings()]
    assert asked == [PRINCIPLES, WELL_BEING]


def test_earlier_questions_are_kept_only_with_one_that_leans_on_them(
    app: AppTest, tmp_path: Path
) -> None:
    for question in (PRINCIPLES, WELL_BEING, "and what about its measures?"):
        ask(app.run(), question)
    for number in (2, 3):
        app.feedback[number - 1].set_value(1).run()
        send(app, number)
    leaning, alone = store_in(tmp_path).ratings()
    assert alone.given.history == ()
    assert leaning.given.history == (WELL_BEING,)


def test_a_refused_question_is_counted_without_its_words(app: AppTest, tmp_path: Path) -> None:
    ask(app.run(), BAIL)
    (refusal,) = store_in(tmp_path).refusals()
    assert refusal.question is None
    assert b"Alameda" not in (tmp_path / "var" / "usage.sqlite").read_bytes()


def test_what_is_turned_off_is_neither_offered_nor_kept(app: AppTest, tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    text = settings.read_text("utf-8")
    text = text.replace("ratings = true", "ratings = false")
    settings.write_text(text.replace("refusals = true", "refusals = false"), "utf-8")
    ask(app.run(), BAIL)
    assert len(app.feedback) == 0
    assert "helpful" not in text_of(app)
    assert not (tmp_path / "var" / "usage.sqlite").exists()


def test_a_store_that_cannot_be_written_stops_no_reply(
    app: AppTest, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "var").write_text("in the way", "utf-8")
    ask(app.run(), BAIL)
    ask(app, BAIL)
    assert caplog.text.count("refused questions are not counted") == 1
    assert "No answer from the publications" in text_of(app)
    send(thumb(app, 1))
    assert "could not be kept" in text_of(app)
