"""The address of one cited page: written into a link, read back and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from answer.reply import Citation
from index.releases import ReleasePages
from ingest.document import Document, Page

_NUMBER = re.compile(r"[0-9]{1,9}")


class ReferenceInvalid(Exception):
    """An address that leads to no page; the message is meant for the reader."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageReference:
    """One page and, unless start equals end, the words `Page.text[start_char:end_char]` on it."""

    doc_id: str
    page_number: int
    start_char: int = 0
    end_char: int = 0
    release: int

    @classmethod
    def of(cls, citation: Citation, release: int) -> "PageReference":
        """The page that a citation of that release points to."""
        return cls(
            doc_id=citation.doc_id,
            page_number=citation.page_number,
            start_char=citation.start_char,
            end_char=citation.end_char,
            release=release,
        )

    def query(self) -> dict[str, str]:
        """The reference as the query parameters of `/source`."""
        return {
            "doc": self.doc_id,
            "page": str(self.page_number),
            "start": str(self.start_char),
            "end": str(self.end_char),
            "release": str(self.release),
        }

    def address(self, root: str) -> str:
        """The address of `/source` with the reference, to be followed or sent to others.

        Args:
            root: address of the program, without a slash at its end; "." beside another page.
        """
        return f"{root}/source?{urlencode(self.query())}"


@dataclass(frozen=True, kw_only=True, slots=True)
class CitedPage:
    """A reference that has been looked up in a release."""

    document: Document
    page: Page
    reference: PageReference  # as this release numbers it
    outdated: bool  # made for a release that is gone: its words are not looked for


def look_up(parameters: Mapping[str, str], release: ReleasePages) -> CitedPage:
    """Read the query parameters of `/source`.

    Raises:
        ReferenceInvalid: they name no page of the loaded publications.
    """
    doc_id = parameters.get("doc", "")
    if not doc_id:
        message = "This page shows one cited page. Open it from the source of a quotation."
        raise ReferenceInvalid(message)
    document = release.documents_by_id.get(doc_id)
    if document is None:
        message = "The address names a publication that is not in the list of publications."
        raise ReferenceInvalid(message)
    page = release.pages.get((doc_id, _number(parameters, "page")))
    if page is None:
        message = "The address names a page that the loaded publication does not have."
        raise ReferenceInvalid(message)
    start, end = _number(parameters, "start"), _number(parameters, "end")
    outdated = "release" in parameters and _number(parameters, "release") != release.number
    if outdated:
        start = end = 0
    if not 0 <= start <= end <= len(page.text):
        message = "The link points to words that are not on this page."
        raise ReferenceInvalid(message)
    reference = PageReference(
        doc_id=doc_id,
        page_number=page.number,
        start_char=start,
        end_char=end,
        release=release.number,
    )
    return CitedPage(document=document, page=page, reference=reference, outdated=outdated)


def release_of(parameters: Mapping[str, str]) -> int | None:
    """The release that an address was made for; None when it names none."""
    try:
        return _number(parameters, "release") if "release" in parameters else None
    except ReferenceInvalid:
        return None


def _number(parameters: Mapping[str, str], name: str) -> int:
    text = parameters.get(name, "0")
    if not _NUMBER.fullmatch(text):
        message = f"The address is damaged: “{name}” is not a number."
        raise ReferenceInvalid(message)
    return int(text)
