"""What the first pages seem to say of edition and date, and what they do not say."""

import datetime as dt

import pytest

from ingest.proposals import Found, propose
from tests.make_pdf import lines_of_text, pages_of, raw_pdf

_TEXT = "Survivors are asked before a plan is made, and again when it is done."


@pytest.mark.parametrize(
    ("cover", "edition", "issued", "words"),
    [
        ("Issued March 5, 2021 by the county", "", dt.date(2021, 3, 5), ["March 5, 2021"]),
        ("5th of nothing, 12 June 2019", "", dt.date(2019, 6, 12), ["12 June 2019"]),
        ("Second Edition, March 2021", "Second Edition, March 2021", None,
         ["Second Edition", "March 2021"]),
        ("Fiscal Year 2020-21 report, version 2.1", "Fiscal Year 2020-21", None,
         ["Fiscal Year 2020-21"]),
        ("2018", "2018", None, ["2018"]),
        ("2018-19", "2018-19", None, ["2018-19"]),
        ("In 2018 the county began", "", None, []),
        ("Research Bulletin Vol. 4, No. 1 August 2005", "August 2005", None, ["August 2005"]),
        ("Grants of fiscal year 2016 and phase 2", "", None, []),
        ("June 31, 2019", "June 31", None, None),
        ("You may act in march or in april", "", None, []),
    ],
)  # fmt: skip
def test_what_a_cover_says(
    cover: str, edition: str, issued: dt.date | None, words: list[str] | None
) -> None:
    if words is None:  # no such day: nothing is proposed from it
        edition, words = "", []
    proposal = propose(pages_of(raw_pdf(lines_of_text(cover, _TEXT, top=500))))
    assert (proposal.edition, proposal.issued) == (edition, issued)
    assert proposal.found == tuple(Found(page_number=1, words=word) for word in words)


def test_only_the_first_three_pages_are_asked_and_a_year_alone_only_on_the_first() -> None:
    inside = lines_of_text(_TEXT, "2017", top=500)
    late = lines_of_text(_TEXT, "Third Edition", top=500)
    pages = pages_of(raw_pdf(lines_of_text(_TEXT, top=500), inside, inside, late))
    assert propose(pages).found == ()
    assert propose(pages[3:]).edition == "Third Edition"
