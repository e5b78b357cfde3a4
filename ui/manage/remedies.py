"""What a report asks for, in the terms of the page: staff at a browser edit no list of files."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from ingest.report import Verdict

_LIST = r"publications\.toml"
_OPEN_COPY = (
    "save a copy that opens without one and take that in under “Add files”, or have whoever runs "
    "the program enter the password in publications.toml"
)
_REPLACED = (
    "that was described; if it was replaced on purpose, bring its edition and date up to date "
    "under “Publications” and save"
)
_IN_PAGE = tuple(
    (re.compile(asked), told)
    for asked, told in (
        (
            rf"(a password); give it as password = .*? in {_LIST}, or save .*? in its place",
            rf"\1; {_OPEN_COPY}",
        ),
        (
            rf"as password = .*? in {_LIST}, or save .*? in its place",
            f"that was given for it; {_OPEN_COPY}",
        ),
        (
            rf"add an entry with title, edition and date to {_LIST}",
            "describe it under “Publications”",
        ),
        (
            rf"that {_LIST} describes \(SHA-256 \w+\); if it was replaced on purpose, bring .*",
            _REPLACED,
        ),
        (
            rf"is listed in {_LIST} but is not in the folder; .*",
            "is described, but is missing; take it in again under “Add files”",
        ),
        (
            rf"set supersedes in {_LIST}",
            "choose the older one as “Replaces” of the newer under “Publications”",
        ),
    )
)
_NOT_SEARCHED = (Verdict.UNREADABLE, Verdict.LEFT_OUT)


def in_page_terms(note: str) -> str:
    """A note of the report with a remedy that staff can follow on the page."""
    for asked, told in _IN_PAGE:
        note = asked.sub(told, note)
    return note


def report_in_page_terms(report: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The report of a release with every note so; the rest as it is."""
    return [{**entry, "notes": [*map(in_page_terms, entry["notes"])]} for entry in report]


def not_searched_html(report: Sequence[dict[str, Any]]) -> str:
    """The files that a release does not search, each with what to do; "" when it searches all.

    Args:
        report: as `report_in_page_terms` gives it.
    """
    missed = [entry for entry in report if entry["verdict"] in _NOT_SEARCHED]
    if not missed:
        return ""
    items = "".join(
        f"<li><strong>{escape(str(entry['file']))}</strong> ({escape(str(entry['verdict']))})"
        + "".join(f"<p>{escape(_without_name(entry, str(note)))}</p>" for note in entry["notes"])
        + "</li>"
        for entry in missed
    )
    verb = "is" if len(missed) == 1 else "are"
    return (
        f'<p class="ssa-warning">{len(missed)} of {len(report)} files {verb} not in this release: '
        f"nobody is answered from them.</p><ul>{items}</ul><p>Take a mended copy in under “Add "
        "files”, and set the one in whose place it comes to “withdrawn” under “Publications”.</p>"
    )


def _without_name(entry: dict[str, Any], note: str) -> str:
    return note.removeprefix(f"{entry['file']}: ")
