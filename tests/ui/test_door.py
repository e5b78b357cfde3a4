"""What officials cannot reach, and how staff come to it."""

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access.password import set_password
from access.settings import AccessSettings
from tests.conftest import ROOT, settings_in
from tests.ui.test_app import open_page
from ui import door
from ui.site import NAME

_WORDS = "four plain english words"


@pytest.fixture
def closed(starter_index: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    """The program with a staff password, on the page where staff log in."""
    door.door_of.clear()
    set_password(tmp_path / "var" / "access" / "staff.json", _WORDS)
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SHARED_SAFETY_INDEX", str(starter_index))
    config = settings_in(tmp_path, staff="password")
    monkeypatch.setenv("SHARED_SAFETY_CONFIG", str(config))
    app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
    return app.run()


def _log_in(app: AppTest, password: str) -> AppTest:
    open_page(app, "staff").run()
    app.text_input[0].input(password)
    return app.button[0].click().run()


def test_an_official_reaches_no_page_of_the_staff(closed: AppTest) -> None:
    app = open_page(closed, "evaluation").run()
    assert [title.value for title in app.title] == [NAME], "the first page instead"


def test_the_right_password_opens_the_pages_of_the_staff(closed: AppTest) -> None:
    app = _log_in(closed, "not the password")
    assert [error.value for error in app.error] == ["This is not the staff password."]
    app = _log_in(app, _WORDS)
    open_page(app, "evaluation").run()
    assert app.title[0].value == "Evaluation"
    next(button for button in app.button if button.label == "Log out").click().run()
    assert open_page(app, "evaluation").run().title[0].value == NAME


def test_who_is_away_too_long_must_log_in_again(closed: AppTest) -> None:
    app = _log_in(closed, _WORDS)
    open_page(app, "evaluation").run()
    app.session_state["staff_until"] = time.monotonic() - 1
    app.run()
    assert not app.exception
    assert [title.value for title in app.title] == [NAME], "the first page instead"


def test_without_a_password_it_is_told_how_to_set_one(
    starter_index: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SHARED_SAFETY_INDEX", str(starter_index))
    monkeypatch.setenv("SHARED_SAFETY_CONFIG", str(settings_in(tmp_path, staff="password")))
    app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60).run()
    open_page(app, "staff").run()
    assert "python -m access set-password" in app.info[0].value


def test_an_action_checks_the_role_itself() -> None:
    """Outside of a page nobody has entered: no action of the staff is done."""
    with pytest.raises(door.NotAllowed, match="This is for staff"):
        door.require_staff()
    assert AccessSettings().staff == "password", "closed unless somebody opens it"
