"""The staff password: kept as a hash, compared slowly, and not to be guessed at."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from access.errors import PasswordUnset, TooManyTries
from access.password import Door, is_password, is_set, set_password
from tests.conftest import ROOT, settings_in

_WORDS = "four plain english words"


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_only_the_hash_is_kept_and_only_the_owner_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "access" / "staff.json"
    assert not is_set(file)
    set_password(file, _WORDS)
    assert is_password(file, _WORDS)
    assert not is_password(file, _WORDS + " ")
    assert _WORDS not in file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    one = file.read_bytes()
    set_password(file, _WORDS)
    assert file.read_bytes() != one, "the same password has another salt each time"


def test_what_cannot_be_a_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PasswordUnset, match="fewer than 12 characters"):
        set_password(tmp_path / "staff.json", "short")
    assert not (tmp_path / "staff.json").exists()
    with pytest.raises(PasswordUnset, match="python -m access set-password"):
        is_password(tmp_path / "staff.json", _WORDS)


def test_wrong_passwords_make_everybody_wait_longer_and_longer(tmp_path: Path) -> None:
    set_password(tmp_path / "staff.json", _WORDS)
    clock = Clock()
    door = Door(tmp_path / "staff.json", now=clock)
    assert [door.opens_with("wrong") for _ in range(5)] == [False] * 5
    with pytest.raises(TooManyTries, match="try again in 11 seconds"):
        door.opens_with(_WORDS)
    clock.now += 10.1
    assert door.opens_with("wrong") is False
    with pytest.raises(TooManyTries, match="try again in 21 seconds"):
        door.opens_with(_WORDS)
    clock.now += 20.1
    assert door.opens_with(_WORDS) is True
    assert door.opens_with("wrong") is False, "after the right one counting begins anew"
    assert door.opens_with(_WORDS) is True


def test_the_password_is_set_on_the_command_line(tmp_path: Path) -> None:
    config = settings_in(tmp_path)
    command = [sys.executable, "-m", "access", "set-password", "--config", str(config)]
    done = subprocess.run(
        command, cwd=ROOT, input=_WORDS + "\n", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert is_password(tmp_path / "var" / "access" / "staff.json", _WORDS)
    assert _WORDS not in done.stdout + done.stderr
    short = subprocess.run(
        command, cwd=ROOT, input="abc\n", capture_output=True, text=True, check=False
    )
    assert (short.returncode, short.stdout) == (1, "")
    assert short.stderr.startswith("error: the password has fewer than 12 characters")
