import pytest

from ingest.list_marks import ListMark, begins_item, is_mark_alone, list_marks, without_list_mark


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("• one", [ListMark("•", 0, 1)]),
        ("•one", [ListMark("•", 0, 1)]),
        ("\uf0b7 one", [ListMark("•", 0, 1)]),
        ("\uf072 one", [ListMark("\uf072", 0, 1)]),
        ("12. one", [ListMark("1.", 12, 3)]),
        ("  (3) one", [ListMark("1()", 3, 5)]),
        ("b) one", [ListMark("a)", 2, 2)]),
        ("B. one", [ListMark("A.", 2, 2)]),
        ("XIV. one", [ListMark("A roman.", 14, 4)]),
        ("(ix) one", [ListMark("a roman()", 9, 4)]),
        ("i. one", [ListMark("a roman.", 1, 2), ListMark("a.", 9, 2)]),
        ("v. one", [ListMark("a.", 22, 2), ListMark("a roman.", 5, 2)]),
        ("100. one", [ListMark("1.", 100, 4)]),
        ("II.", [ListMark("A roman.", 2, 3)]),
    ],
)
def test_a_mark_says_how_and_what_it_counts(text: str, readings: list[ListMark]) -> None:
    assert list_marks(text) == readings


@pytest.mark.parametrize(
    "text",
    "• one|– one|- one|1. one|(a) one|iv) one|o one|II. one|III. one|100. one|► one|→ one".split(
        "|"
    ),
)
def test_marks_that_begin_a_list_item(text: str) -> None:
    assert begins_item(text)


@pytest.mark.parametrize(
    "text",
    [
        *["one", "-one", "2019 was", "2019. It", "1.5 of them", "of one", "I think", "II.", ""],
        *[
            "(618) 555-0100",
            "178) of them",
            "iiii. one",
            "vx. one",
            "mm. one",
            "Ii. one",
            "$5 each",
        ],
    ],
)
def test_openings_that_begin_no_list_item(text: str) -> None:
    assert not begins_item(text)


@pytest.mark.parametrize(
    ("text", "rest"), [("(a) Tents", "Tents"), ("II. Tents", "Tents"), ("Tents. A", "Tents. A")]
)
def test_an_item_without_its_mark(text: str, rest: str) -> None:
    assert without_list_mark(text) == rest


def test_marks_that_stand_alone_before_a_gap() -> None:
    assert all(map(is_mark_alone, ["•", "\uf072", "o", "1", "1.", "(a)", "II", "iv.", "100."]))
    assert not any(map(is_mark_alone, ["", "12 beds", "Tents", "5%", "[1]", "2019"]))
