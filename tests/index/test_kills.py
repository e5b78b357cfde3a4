"""A build, a publication or a rollback that is killed loses nothing (all 200: benchmarks kills)."""

import sys

import pytest

from benchmarks.kills import run


@pytest.mark.skipif(sys.platform != "linux", reason="forks each step from a server of Linux")
def test_nothing_is_lost_when_steps_are_killed() -> None:
    faults, counts = run(12, seed=1)
    assert faults == []
    assert counts.total() == 12
    # Some were killed while they worked, or nothing has been tested.
    assert sum(n for (_, moment), n in counts.items() if moment != "had come to its end") >= 2
