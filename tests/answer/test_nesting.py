import pytest

from answer.nesting import depths, introduces


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("A. tents|1. red|a. small|b. large|2. blue|B. boats", [0, 1, 2, 2, 1, 0]),
        ("• tents|o red|o blue|• boats", [0, 1, 1, 0]),
        ("1. tents|i. red|ii. blue|2. boats", [0, 1, 1, 0]),
        ("g. tents|h. boats|i. oars|j. ropes", [0, 0, 0, 0]),
        ("(1) tents|(a) red|(2) boats", [0, 1, 0]),
        # What the list goes on from stands elsewhere: nothing tells that "B." is under "f.".
        ("e. tents|f. boats|B. oars|a. short", [0, 0, 0, 1]),
        # The bullets are alike, and only the colon tells.
        ("• tents, except for:|• red ones|• blue ones", [0, 1, 1]),
        ("1. tents:|2. boats", [0, 0]),
        ("1. tents:|1. red|2. blue", [0, 1, 1]),
        ("\uf0b7 tents|boats|oars", [0, 1, 1]),
        ("XIV. tents|A. red|XV. boats|XVI. oars", [0, 1, 0, 0]),
        ("→ tents|○ red|→ boats", [0, 1, 0]),
        ("mm. tents|nn. boats", [0, 0]),
    ],
)
def test_the_marks_of_items_tell_how_deep_they_stand(items: str, expected: list[int]) -> None:
    assert depths(items.split("|")) == expected


def test_an_item_that_ends_in_a_colon_introduces_others() -> None:
    assert introduces("A. These are tents:\n")
    assert not introduces("A. Tents: red")
