"""Which editions of the publications a question is answered from.

Answers come from current editions. A question that names another edition, or a time at which
another one was in force, is answered from that one. One that only holds the year of an older
edition may be answered from it as well, since a year can just as well be that of a figure.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from index.terms import words
from ingest.document import Document, Status

_EDITION = r"(?:edition|version|revision|issue|guidelines?|guide|publication|document|text)"
_YEAR = r"(?:19|20)\d\d"
_AND_THE = r"(?:and|or|with|to|versus|vs\.?)(?:\s+(?:the|of|that of))?"
_NAMES_YEAR = re.compile(
    # "the 2019 edition", "the 2019 and the 2022 edition", "the edition of May 2019"
    rf"\b(?:{_YEAR}\s+{_AND_THE}\s+)?{_YEAR}\s+{_EDITION}s?\b"
    rf"|\b{_EDITION}s?\s+(?:of|from|for|issued in|published in|dated)\s+(?:\w+\s+)?{_YEAR}\b"
    rf"(?:\s+{_AND_THE}\s+{_YEAR}\b)?"
    rf"|\bthe\s+{_YEAR}\s+ones?\b",
    re.IGNORECASE,
)
_NAMES_TIME = re.compile(
    # "Can funds be spent until 2020?" names no time at which another edition was in force
    rf"\b(?:as of|back in|(?:in force|in effect|valid) (?:in|until))\s+(?:\w+\s+)?{_YEAR}\b",
    re.IGNORECASE,
)
_EARLIER = r"(?:previous|earlier|older|old|former|prior|superseded|replaced|outdated|original)"
_TITLE = r"(?:edition|version|revision|guidelines?|guide)s?"
_WORK = r"(?:publication|document|text|issue)s?"
_NAMES_EARLIER = re.compile(
    # "What prior publications must be listed?" asks of no edition
    rf"\b{_EARLIER}\s+(?:\w+\s+)?{_TITLE}\b|\bthe\s+{_EARLIER}\s+{_WORK}\b",
    re.IGNORECASE,
)
_EARLIER_ONE = re.compile(rf"\bthe\s+{_EARLIER}\s+ones?\b", re.IGNORECASE)
_CURRENT = r"(?:current|present|new|newer|newest|latest)"
_NAMES_CURRENT = re.compile(
    rf"\b{_CURRENT}\s+(?:\w+\s+)?{_TITLE}\b|\bthe\s+{_CURRENT}\s+(?:{_WORK}|ones?)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:differ(?:s|ed|ences?|ent\s+(?:from|than|to))?|compar(?:e[sd]?|ing|isons?)|vs|versus|"
    r"changed|what\s+changes|changes?\s+(?:between|since|from|to))\b",
    re.IGNORECASE,
)
_YEARS = re.compile(rf"\b{_YEAR}\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Editions:
    """What may be quoted for one question."""

    doc_ids: frozenset[str]
    named: frozenset[str] = frozenset()  # words of the question that name an edition, lower case


def editions_for(question: str, documents: Sequence[Document]) -> Editions:
    """The publications that a question is to be answered from.

    Args:
        question: as asked.
        documents: all of a release.
    """
    after = successors(documents)
    current = frozenset(d.doc_id for d in documents if is_current(d, after))
    families = _families(documents, after)
    named = [_named_in(question, family, current) for family in families]
    chosen = frozenset(doc_id for found, _ in named for doc_id in found)
    if chosen:
        in_family = {d.doc_id for family in families for d in family}
        chosen |= _of_years(_edition_years(question), documents) - in_family
        said = frozenset(word for found, said in named if found for word in said)
        return Editions(doc_ids=chosen, named=said)
    if match := _NAMES_TIME.search(question):
        year = int(_YEARS.findall(match.group())[0])
        in_force = [_in_force(family, year) for family in families]
        replaced = {d.doc_id for f, then in zip(families, in_force, strict=True) if then for d in f}
        then = {d.doc_id for d in in_force if d}
        if then - current:
            return Editions(
                doc_ids=current - replaced | then, named=frozenset(words(match.group()))
            )
    asked = set(_YEARS.findall(question))
    return Editions(doc_ids=current | _of_years(asked, documents))


def successors(documents: Iterable[Document]) -> dict[str, Document]:
    """For each publication that others replace, one after the other, the last of them."""
    documents = list(documents)
    next_of = {d.supersedes: d for d in documents if d.supersedes is not None and _may_be_quoted(d)}
    return {doc_id: _last(doc_id, next_of) for doc_id in next_of}


def is_current(document: Document, after: Collection[str]) -> bool:
    """Whether a publication is the edition to go by; `after` holds those that have a successor."""
    return document.status is Status.CURRENT and document.doc_id not in after


def _last(doc_id: str, next_of: dict[str, Document]) -> Document:
    last, seen = next_of[doc_id], {doc_id}
    while last.doc_id in next_of and last.doc_id not in seen:  # a circle is followed once
        seen.add(last.doc_id)
        last = next_of[last.doc_id]
    return last


def _may_be_quoted(document: Document) -> bool:
    return document.status in (Status.CURRENT, Status.SUPERSEDED)


def _families(documents: Sequence[Document], after: dict[str, Document]) -> list[list[Document]]:
    """The editions that replace each other, oldest first; a publication of one edition is none."""
    families: dict[str, list[Document]] = {}
    for document in documents:
        if _may_be_quoted(document):
            last = after.get(document.doc_id, document)
            families.setdefault(last.doc_id, []).append(document)
    return [
        sorted(family, key=lambda d: (d.issued or dt.date.min, d.doc_id not in after))
        for family in families.values()
        if len(family) > 1
    ]


def _named_in(
    question: str, family: Sequence[Document], current: Collection[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """The editions of a family that a question names, and its words that name them.

    One that it compares with no other that it names is compared with the current one.
    """
    older = frozenset(d.doc_id for d in family if d.doc_id not in current)
    newest = frozenset(d.doc_id for d in family) - older
    called, said = _called_in(question, family)
    compares = _COMPARES.search(question) is not None
    names_current = _NAMES_CURRENT.search(question) is not None
    found = called
    if called and compares:
        years = {y for d in family for y in _years(d)}.intersection(_YEARS.findall(question))
        found |= _of_years(years, family)
        said |= years
    earlier = _NAMES_EARLIER.search(question)
    if compares and (called or names_current):
        earlier = earlier or _EARLIER_ONE.search(question)
    if earlier and (compares if called else not _edition_years(question)):
        found |= older
        said |= frozenset(words(earlier.group()))
    alone = len(found) == 1 or not called
    if found and (names_current or (compares and alone)):
        found |= newest
    return found, said


def _called_in(question: str, family: Sequence[Document]) -> tuple[frozenset[str], frozenset[str]]:
    """The editions that a question calls by their label or else their year, and by which words."""
    asked = words(question)
    labelled: list[str] = []
    said: list[str] = []
    for document in family:
        label = words(document.edition)
        if len(label) == 1:  # "final" or "2" by itself may mean anything
            label = [*label, "edition"]
        others = [words(d.edition) for d in family if d is not document]
        if label and label not in others and _stands_in(label, asked):
            labelled.append(document.doc_id)
            said += label
    if not labelled:
        labelled = list(_of_years(_edition_years(question), family))
        said = [w for match in _NAMES_YEAR.finditer(question) for w in words(match.group())]
    return frozenset(labelled), frozenset(said if labelled else ())


def _edition_years(question: str) -> set[str]:
    """The years by which a question calls editions: two, where it compares them."""
    return {y for match in _NAMES_YEAR.finditer(question) for y in _YEARS.findall(match.group())}


def _of_years(years: Collection[str], documents: Iterable[Document]) -> frozenset[str]:
    """The publications that go by one of some years."""
    return frozenset(
        d.doc_id for d in documents if _may_be_quoted(d) and not _years(d).isdisjoint(years)
    )


def _in_force(family: Sequence[Document], year: int) -> Document | None:
    """The edition of a family, oldest first, that was the newest in a year."""
    issued = [d for d in family if d.issued is not None and d.issued.year <= year]
    return issued[-1] if issued else None


def _years(document: Document) -> set[str]:
    """The years that an edition goes by."""
    stated = {str(document.issued.year)} if document.issued else set()
    return stated | set(_YEARS.findall(document.edition))


def _stands_in(label: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether the words of a label stand in a question, one after the other."""
    starts = range(len(asked) - len(label) + 1)
    return any(list(asked[start : start + len(label)]) == list(label) for start in starts)
