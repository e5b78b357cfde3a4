"""The replies that were read against the pages, told in the documentation as they are."""

import json
from collections import Counter

from tests.conftest import ROOT

_VERDICTS = {"whole", "partial", "wrong", "rightly refused", "wrongly refused"}


def test_the_judged_replies_are_told_as_they_are() -> None:
    file = ROOT / "eval" / "judged" / "replies.jsonl"
    replies = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    counts = Counter(reply["verdict"] for reply in replies)
    assert len({reply["question"] for reply in replies}) == len(replies) == 40
    assert counts.keys() <= _VERDICTS
    for reply in replies:
        assert bool(reply["cited"]) is not reply["verdict"].endswith("refused")
        assert reply["why"] or reply["verdict"] in {"whole", "rightly refused"}
    told = (ROOT / "docs" / "answers.md").read_text("utf-8")
    for verdict in _VERDICTS:
        assert f"{counts[verdict]} {verdict}" in " ".join(told.split())
