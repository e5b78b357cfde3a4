"""What officials cannot reach, and how staff come to it."""

import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from access.password import set_password
from access.settings import AccessSettings
from staff.errors import StaffError
from tests.conftest import ROOT, settings_in
from tests.ui.test_app import open_page, text_of
from ui import door
from ui.manage.act import act
from ui.site import NAME
from usage.record import Record
from usage.record_settings import RecordSettings

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


FAULTS = {"staff": StaffError("The disk is full."), "program": RuntimeError("no such case")}


def act_once(record_file: str, done: str, fault: str) -> None:
    """An action of the staff, which leaves a file if it is done."""

    def step() -> None:
        if fault:
            raise FAULTS[fault]
        Path(done).touch()

    door.enter(AccessSettings(staff="open"))
    site = SimpleNamespace(record=Record(RecordSettings(file=record_file)))
    act(site, "published", "release 2", step)  # type: ignore[arg-type]  # all that it needs


def _page_that_acts(record_file: Path, done: Path, fault: str = "") -> AppTest:
    arguments = f"{str(record_file)!r}, {str(done)!r}, {fault!r}"
    script = f"from tests.ui.test_door import act_once\nact_once({arguments})"
    return AppTest.from_string(script, default_timeout=60).run()


@pytest.mark.parametrize(
    ("fault", "lines", "told"),
    [
        ("", [("published", "release 2")], ""),
        (
            "staff",
            [("published", "release 2"), ("failed: published", "release 2")],
            "The disk is full.",
        ),
        ("program", [("published", "release 2"), ("failed: published", "release 2")], ""),
    ],
)
def test_an_action_stands_in_the_record_and_so_does_that_it_failed(
    tmp_path: Path, fault: str, lines: list[tuple[str, str]], told: str
) -> None:
    file, done = tmp_path / "record.sqlite", tmp_path / "done"
    app = _page_that_acts(file, done, fault)
    kept = Record(RecordSettings(file=str(file))).lines("actions")
    assert [(line["action"], line["detail"]) for line in kept] == lines
    assert text_of(app).strip() == told
    assert done.exists() is not bool(fault)
    assert bool(app.exception) is (fault == "program")


def test_nothing_is_done_that_cannot_be_recorded(tmp_path: Path) -> None:
    file, done = tmp_path / "record.sqlite", tmp_path / "done"
    file.mkdir()
    app = _page_that_acts(file, done)
    assert "Nothing was done, because it could not be recorded." in text_of(app)
    assert f"{file}: cannot be written" in text_of(app)
    assert not done.exists()


def test_an_action_checks_the_role_itself() -> None:
    """Outside of a page nobody has entered: no action of the staff is done."""
    with pytest.raises(door.NotAllowed, match="This is for staff"):
        door.require_staff()
    assert AccessSettings().staff == "password", "closed unless somebody opens it"
