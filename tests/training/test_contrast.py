"""Contrast pairs: read as written, refused where they are not; and what is taught with them."""

import re
from pathlib import Path

import pytest

from index.embed import model_folder
from index.settings import DEFAULT_MODEL
from tests.conftest import ROOT
from training.contrast import PairsInvalid, pairs_of, read_pairs
from training.teach import Teaching, teach, told_apart

_ITEM = """# Harlow Report (2021)
## Participants
A The program accepted 212 people.
B Women made up 38 of those admitted.
B Staff review each referral.
Q how many women entered | B1
Q How many people were admitted? | A1
"""


def test_each_question_pairs_the_version_that_answers_with_the_other() -> None:
    women, people = pairs_of(_ITEM, "here")
    assert women.question == "how many women entered"
    assert women.answers == (
        "Harlow Report (2021) - Participants: Women made up 38 of those admitted. "
        "Staff review each referral."
    )
    assert women.tempts == "Harlow Report (2021) - Participants: The program accepted 212 people."
    assert (people.answers, people.tempts) == (women.tempts, women.answers)


@pytest.mark.parametrize(
    ("item", "message"),
    [
        (_ITEM.replace("| B1", "| C1"), "how many women"),
        (_ITEM.replace("| B1", "| A1,B1"), "how many women"),
        (_ITEM.replace("# Harlow", "Harlow"), "needs a title"),
        (_ITEM.replace("A The", "The"), "needs a title"),
    ],
)
def test_a_faulty_item_is_named(item: str, message: str) -> None:
    with pytest.raises(PairsInvalid, match=f"x.txt, item 3: .*{message}"):
        pairs_of(item, "x.txt, item 3")


def test_the_pairs_of_the_project_are_whole_and_each_version_answers_something() -> None:
    passages = read_pairs(ROOT / "training" / "pairs")
    assert len(passages) >= 880
    for pairs in passages:
        assert len({pair.answers for pair in pairs}) == 2, pairs[0].question


def test_teaching_tells_apart_what_it_was_taught_with() -> None:
    base = model_folder(DEFAULT_MODEL, model_download=False)
    pairs = [pair for passage in read_pairs(ROOT / "training" / "pairs")[:1] for pair in passage]
    losses: list[float] = []
    network = teach(
        pairs,
        base,
        Teaching(epochs=20, rate=5e-4, batch=6, frozen_layers=0),
        on_epoch=lambda _, loss: losses.append(loss),
    )
    assert losses[-1] < losses[0]
    assert told_apart(network, pairs, base) >= 0.75


def test_no_pair_holds_an_address_or_a_number_of_a_person() -> None:
    for file in (ROOT / "training" / "pairs").glob("*.txt"):
        text = Path(file).read_text("utf-8")
        assert not re.search(r"@\w+\.\w+|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b", text), file.name
