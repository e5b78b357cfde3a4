"""The first pages of a publication -> what they seem to say of its edition and date.

Only a proposal: staff compare it with the cover before it is entered, because answers go by it.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Page, Role

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_MONTH = "|".join(_MONTHS)
_YEAR = r"(?:19|20)\d\d"
_WHOLE_DATES = (  # in a month, a day and a year, by name
    re.compile(
        rf"\b(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>{_YEAR})\b"
    ),
    re.compile(  # but not of "No. 1 August 2005"
        r"(?<!\bNo\. )(?<!\bNo )(?<!\bIssue )\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+"
        rf"(?P<month>{_MONTH}),?\s+(?P<year>{_YEAR})\b"
    ),
)
_MONTH_OF_YEAR = re.compile(
    rf"\b(?:{_MONTH}|Spring|Summer|Autumn|Fall|Winter),?\s+{_YEAR}\b", re.IGNORECASE
)
_ONLY_A_YEAR = re.compile(rf"{_YEAR}(?:\s*[-–]\s*(?:{_YEAR}|\d\d))?")
_EDITION = re.compile(
    r"\b(?:(?:First|Second|Third|Fourth|Fifth|Sixth|\d+(?:st|nd|rd|th)|Revised|Updated|Final)"
    r"\s+Edition|Version\s+\d+(?:\.\d+)*|Phase\s+(?:\d+|[IVX]+|One|Two|Three|Four)"
    r"|Volume\s+(?:\d+|[IVX]+)|Fiscal\s+Year\s+\d{4}(?:\s*[-–/]\s*\d{2,4})?)\b",
    re.IGNORECASE,
)
_FIRST_PAGES = 3
_NOT_OF_IT = frozenset({Role.REFERENCE, Role.CONTENTS, Role.HIDDEN})


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Words of a page that seem to say which edition it is, or when it was issued."""

    page_number: int
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What the first pages seem to say; where they say nothing, it is empty."""

    edition: str = ""
    issued: dt.date | None = None  # only where a day is printed
    found: tuple[Found, ...] = ()


def propose(pages: Sequence[Page]) -> Proposal:
    """Look for an edition and a date of issue on the first pages of a publication.

    Args:
        pages: in order, with a role for every line.
    """
    lines = list(_first_lines(pages))
    edition = _first(lines, _EDITION)
    day, issued = _first_date(lines)
    month = None if day else _first(lines, _MONTH_OF_YEAR) or _year_alone(lines)
    found = tuple(each for each in (edition, day or month) if each)
    named = [each.words for each in (edition, month) if each]
    return Proposal(edition=", ".join(named), issued=issued, found=found)


def _first_lines(pages: Sequence[Page]) -> Iterator[Found]:
    for page in pages[:_FIRST_PAGES]:
        for line in page.lines:
            if line.role not in _NOT_OF_IT:
                yield Found(page_number=page.number, words=" ".join(page.line_text(line).split()))


def _first(lines: Sequence[Found], pattern: re.Pattern[str]) -> Found | None:
    for line in lines:
        match = pattern.search(line.words)
        if match and match.group()[0].isupper():  # small letters: a sentence on another thing
            return Found(page_number=line.page_number, words=match.group())
    return None


def _first_date(lines: Sequence[Found]) -> tuple[Found | None, dt.date | None]:
    for line in lines:
        for pattern in _WHOLE_DATES:
            match = pattern.search(line.words)
            if not match:
                continue
            month = _MONTHS.index(match["month"]) + 1
            try:
                issued = dt.date(int(match["year"]), month, int(match["day"]))
            except ValueError:  # the 31st of June
                continue
            return Found(page_number=line.page_number, words=match.group()), issued
    return None, None


def _year_alone(lines: Sequence[Found]) -> Found | None:
    """A year that is a line of its own on the first page."""
    for line in lines:
        if line.page_number == 1 and _ONLY_A_YEAR.fullmatch(line.words):
            return line
    return None
