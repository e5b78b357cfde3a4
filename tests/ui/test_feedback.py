"""Ratings in the chat."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.ui.test_app import BAIL, WELL_BEING, ask, text_of
from usage.store import UsageStore


def store_in(folder: Path) -> UsageStore:
    return UsageStore(folder / "var" / "usage.sqlite", keep_days=365)


def thumb(app: AppTest, value: int) -> AppTest:
    app.feedback[0].set_value(value).run()
    assert not app.exception
    return app


def test_a_rating_is_sent_with_a_reason(app: AppTest, tmp_path: Path) -> None:
    ask(app.run(), WELL_BEING)
    assert "Was this reply helpful?" in text_of(app)
    thumb(app, 0)
    assert "It does not keep who you are." in text_of(app)
    app.radio[0].set_value("Only a part of the answer")
    app.text_area[0].set_value("The list goes on.")
    app.button(key="FormSubmitter:rating-1-Send rating").click().run()
    assert not app.exception
    (rating,) = store_in(tmp_path).ratings()
    assert rating.given.question == WELL_BEING
    assert rating.given.reason == "Only a part of the answer"
    assert rating.given.comment == "The list goes on."
    assert rating.given.reply["statements"]
    assert "Thank you." in text_of(app)


def test_a_change_of_mind_replaces_the_rating(app: AppTest, tmp_path: Path) -> None:
    ask(app.run(), WELL_BEING)
    for value in (0, 1):
        thumb(app, value)
        app.button(key="FormSubmitter:rating-1-Send rating").click().run()
    (rating,) = store_in(tmp_path).ratings()
    assert rating.given.helpful


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
    assert not (tmp_path / "var").exists()


def test_a_store_that_cannot_be_written_stops_no_reply(app: AppTest, tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way", "utf-8")
    ask(app.run(), BAIL)
    assert "No answer from the publications" in text_of(app)
    thumb(app, 1)
    app.button(key="FormSubmitter:rating-1-Send rating").click().run()
    assert not app.exception
    assert "could not be kept" in text_of(app)
