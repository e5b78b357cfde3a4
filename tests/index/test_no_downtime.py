"""While it is indexed again, everybody is answered from one release (ten times: benchmarks)."""

from benchmarks.no_downtime import run
from tests.conftest import ROOT


def test_who_asks_meanwhile_is_answered_from_one_release() -> None:
    client, quiet = run(ROOT / "corpus", ROOT / "config.toml", times=1, quiet_questions=10)
    assert client.faults == []
    assert client.releases == {1, 2}
    assert len(client.seconds) > 20
    assert len(quiet) >= 10
