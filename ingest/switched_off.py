"""switched_off.toml -> the pages and passages that staff have taken out of the answers.

[[off]]
id = "guide"                      # of the publication
page = 12                         # of the file, counted from 1
begins = "In 2019 the rate"       # the passage that begins so, with or without the lead-in or the
                                  # heads that it stands under; left out: the whole page
reason = "the table is read in the wrong order"
since = 2026-11-25
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.document import HEAD_KINDS, Passage
from ingest.toml_list import fault_list, read_entries

SWITCHED_OFF_NAME = "switched_off.toml"
_SHORTEST = 60  # characters that name a passage, where no other one has them
_KEYS = frozenset({"id", "page", "begins", "reason", "since"})


@dataclass(frozen=True, kw_only=True, slots=True)
class SwitchedOff:
    """One page, or one passage of it, that must not be quoted."""

    doc_id: str
    page: int  # physical, 1-based
    begins: str  # how the passage begins; "": everything on the page
    reason: str
    since: dt.date

    def covers(self, passage: Passage) -> bool:
        """Whether a passage of this publication is meant."""
        # A passage is known by how it begins, also to an entry that names a page between the parts
        # of one that is cut; a whole page takes along only what stands on it.
        pages = range(passage.first_page, passage.last_page + 1) if self.begins else passage.pages
        if self.page not in pages:
            return False
        return _begins(passage, " ".join(self.begins.split()))

    def in_words(self) -> str:
        """For the report."""
        what = f"the passage “{self.begins} …” on page {self.page}" if self.begins else (
            f"page {self.page}"
        )  # fmt: skip
        return f"{what} is switched off since {self.since}: {self.reason}"


def read_switched_off(corpus: Path) -> tuple[SwitchedOff, ...]:
    """What is switched off in a corpus folder; nothing when there is no such file.

    Raises:
        PublicationsInvalid: the file has faults; all are named at once.
    """
    path = corpus / SWITCHED_OFF_NAME
    entries = read_entries(path, "off")
    faults = [
        f"entry {number}: {fault}"
        for number, entry in enumerate(entries, start=1)
        for fault in _faults(entry)
    ]
    if faults:
        raise fault_list(path, faults)
    return tuple(
        SwitchedOff(
            doc_id=entry["id"],
            page=entry["page"],
            begins=entry.get("begins", ""),
            reason=entry["reason"],
            since=entry["since"],
        )
        for entry in entries
    )


def beginnings(passages: Sequence[Passage]) -> tuple[str, ...]:
    """By what each of some passages can be switched off alone: how its own words begin.

    Args:
        passages: of one page.

    Returns:
        What to give as `begins`, in the same order; once for passages that are alike throughout.
    """
    return tuple(dict.fromkeys(_beginning(each, passages) for each in passages))


def _beginning(passage: Passage, passages: Sequence[Passage]) -> str:
    words = _own_words(passage)
    for end in range(_SHORTEST, len(words)):
        begins = words[:end].rstrip()
        if sum(_begins(each, begins) for each in passages) == 1:
            return begins
    return words


def _begins(passage: Passage, begins: str) -> bool:
    return any(
        words.startswith(begins) for words in (" ".join(passage.text.split()), _own_words(passage))
    )


def _own_words(passage: Passage) -> str:
    """Its text without the head that each part of a list or table that is cut begins with."""
    starts = (s.start_char for s in passage.sentences if s.kind not in HEAD_KINDS)
    return " ".join(passage.text[next(starts, 0) :].split())


def kept_passages(
    passages: Sequence[Passage], switched_off: Sequence[SwitchedOff]
) -> tuple[list[Passage], list[str]]:
    """The passages of one publication that may be quoted, and what was taken out, in words."""
    kept = [p for p in passages if not any(off.covers(p) for off in switched_off)]
    notes = [
        off.in_words()
        if any(off.covers(passage) for passage in passages)
        else f"{off.in_words()}; but no passage is like that any more: take the entry out"
        for off in switched_off
    ]
    return kept, notes


def _faults(entry: dict[str, Any]) -> list[str]:
    faults = [f"unknown field {key}" for key in sorted(set(entry) - _KEYS)]
    faults += [
        f"{key} is missing; give it a text in quotes"
        for key in ("id", "reason")
        if not isinstance(entry.get(key), str) or not entry[key].strip()
    ]
    page = entry.get("page")
    if not isinstance(page, int) or isinstance(page, bool) or page < 1:
        faults.append("page must be a page of the file, counted from 1")
    if not isinstance(entry.get("begins", ""), str):
        faults.append("begins must be a text in quotes")
    since = entry.get("since")
    if not isinstance(since, dt.date) or isinstance(since, dt.datetime):
        faults.append("since must be a date without quotes, such as 2026-11-25")
    return faults
