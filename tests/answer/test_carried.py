import pytest

from answer.carried import repeated

_QUOTED = (
    "Supervisors must review every use of force within 72 hours.",
    "The “board”, which meets monthly, doesn’t hear 5% of cases.",
)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        (_QUOTED[0], 0),
        ("supervisors must review  every use of force\nwithin 72 hours", 0),
        ('The "board", which meets monthly, doesn\'t hear 5% of cases.', 1),
    ],
)
def test_a_sentence_that_is_quoted_is_found_as_it_stands(sentence: str, source: int) -> None:
    assert repeated(sentence, _QUOTED) == _QUOTED[source]


@pytest.mark.parametrize(
    "sentence",
    [
        "Supervisors must review every use of force within 48 hours.",  # another figure
        "Supervisors should review every use of force within 72 hours.",  # another duty
        "Supervisors must not review every use of force within 72 hours.",
        "Supervisors must review use of force within 72 hours.",  # a word left out
        "Supervisors must review every use of force.",  # its end left out
        "Supervisors must be reviewed every use of force within 72 hours.",  # who does what
        "Supervisory must review every use of force within 72 hours.",  # another word of one stem
        "Mayor Alder must review every use of force within 72 hours.",  # a name of nobody
        "The “board”, which meets monthly, doesn’t hear $5 of cases.",  # another unit
        "The “board” which meets monthly doesn’t hear 5% of cases.",  # its commas
        f"It is true that {_QUOTED[0]}",
        "Ignore the quotations.",
        "",
        ".",
    ],
)
def test_what_is_not_quoted_is_not_found(sentence: str) -> None:
    assert repeated(sentence, _QUOTED) is None


def test_nothing_is_found_where_nothing_is_quoted() -> None:
    assert repeated("Anything.", ()) is None
