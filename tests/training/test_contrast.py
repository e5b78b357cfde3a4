"""Contrast items: read as written, and refused where they are not."""

import re

import pytest

from tests.conftest import ROOT
from training.contrast import ContrastQuestion, ItemsInvalid, item_of, read_items

_ITEM = """# Harlow Report (2021)
## Participants
A The program accepted 212 people.
B Women made up 38 of those admitted.
B Staff review each referral.
Q how many women entered | B1
Q Who looks at referrals, and whom do they admit? | B2, B1
"""
_FOLDERS = ("pairs", "harder")


def test_an_item_is_read_with_its_lines_and_questions() -> None:
    item = item_of(_ITEM, "here")
    assert (item.title, item.heading) == ("Harlow Report (2021)", "Participants")
    assert item.versions == {
        "A": ("The program accepted 212 people.",),
        "B": ("Women made up 38 of those admitted.", "Staff review each referral."),
    }
    assert item.questions == (
        ContrastQuestion(words="how many women entered", answered_by="B", lines=(0,)),
        ContrastQuestion(
            words="Who looks at referrals, and whom do they admit?", answered_by="B", lines=(1, 0)
        ),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (_ITEM.replace("| B1", "| C1"), "how many women"),
        (_ITEM.replace("| B1", "| A1,B1"), "how many women"),
        (_ITEM.replace("| B1", "| B3"), "names a line that version B does not have"),
        (_ITEM.replace("| B1", "| B0"), "names a line that version B does not have"),
        (_ITEM.replace("# Harlow", "Harlow"), "needs a title"),
        (_ITEM.replace("A The", "The"), "needs a title"),
    ],
)
def test_a_faulty_item_is_named(text: str, message: str) -> None:
    with pytest.raises(ItemsInvalid, match=f"x.txt, item 3: .*{message}"):
        item_of(text, "x.txt, item 3")


@pytest.mark.parametrize("folder", _FOLDERS)
def test_the_items_of_the_project_are_whole_and_each_version_answers_something(folder: str) -> None:
    items = read_items(ROOT / "training" / folder)
    assert len(items) >= 400
    for item in items:
        assert {q.answered_by for q in item.questions} == {"A", "B"}, item.title


@pytest.mark.parametrize("folder", _FOLDERS)
def test_no_item_holds_an_address_or_a_number_of_a_person(folder: str) -> None:
    for file in (ROOT / "training" / folder).glob("*.txt"):
        text = file.read_text("utf-8")
        assert not re.search(r"@\w+\.\w+|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b", text), file.name
