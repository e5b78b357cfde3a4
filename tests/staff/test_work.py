"""The whole way of a new release on the command line and in the background, with the real parts."""

import os
import signal
import time
from pathlib import Path

import pytest

from index.history import read_history
from index.releases import current_number, release_numbers
from staff import work
from staff.errors import WorkUnderWay
from staff.work import Phase
from tests.staff.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_worse_release_stays_aside_until_a_reason_is_given(office: Office) -> None:
    first = office.run("build")
    assert first.returncode == 0, first.stderr
    assert first.stdout.endswith("release 1 published\n")
    office.write("Meetings are held in the library of the county seat.")
    second = office.run("build")
    assert second.returncode == 2
    assert "1 of 1 answers changed: 1 " in second.stdout
    assert "live  “Trust comes first in every plan.” " in second.stdout
    assert "release 2 is not published" in second.stderr
    assert current_number(office.index) == 1
    again = office.run("build", "--if-needed")
    assert again.returncode == 0
    assert "release 2 holds these publications but was not left published" in again.stdout
    assert office.run("publish", "2").returncode == 2
    done = office.run("publish", "2", "--reason", "the meeting place is what people ask for")
    assert done.returncode == 0, done.stderr
    assert current_number(office.index) == 2
    reason = read_history(office.index)[-1].reason
    assert reason.startswith("in spite of the gate (1 of 1 answers changed")
    assert reason.endswith("the meeting place is what people ask for")
    assert office.run("rollback").stdout.endswith("release 1 is published again\n")
    assert office.run("discard", "2").returncode == 0
    assert release_numbers(office.index) == [1]


def test_work_in_the_background_survives_whoever_started_it_and_can_be_killed(
    office: Office,
) -> None:
    assert work.status(office.state) is None
    work.start(office.state, corpus=office.corpus, index=office.index, config=office.config)
    with pytest.raises(WorkUnderWay, match="a release is being made already"):
        work.start(office.state, corpus=office.corpus, index=office.index, config=office.config)
    started = work.status(office.state)
    assert started is not None
    os.kill(started.pid, signal.SIGKILL)
    _wait_until_ended(office.state)
    killed = work.status(office.state)
    assert killed is not None
    assert killed.phase is Phase.FAILED
    assert "Nothing was published; starting again goes on." in killed.message
    work.start(office.state, corpus=office.corpus, index=office.index, config=office.config)
    _wait_until_ended(office.state)
    done = work.status(office.state)
    assert done is not None
    assert (done.phase, done.release) == (Phase.READY, 1), (office.state / "work.log").read_text()
    assert current_number(office.index) is None, "publishing is left to a person"


def test_why_work_failed_is_told(office: Office) -> None:
    (office.corpus / "guide.pdf").write_bytes(b"Dear all")
    work.start(office.state, corpus=office.corpus, index=office.index, config=office.config)
    _wait_until_ended(office.state)
    failed = work.status(office.state)
    assert failed is not None
    assert failed.phase is Phase.FAILED
    assert "guide.pdf" in failed.message


def _wait_until_ended(folder: Path) -> None:
    deadline = time.monotonic() + 120
    while work.running(folder):
        assert time.monotonic() < deadline
        time.sleep(0.1)  # another process works; it tells by its lock alone
