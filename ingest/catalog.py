"""What a PDF says about itself: title, page labels, outline.

One of two importers of pypdf, beside `second_opinion`, which has it read the words of a page.
"""

import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pypdf
from pypdf import apply_configuration
from pypdf.generic import ArrayObject, DictionaryObject

T = TypeVar("T")

# A book of a thousand pages has about 5,000 headings; a file with more has its pages read without.
_MAX_OUTLINE_ENTRIES = 10_000
_LABELS_KEY = "/PageLabels"


@dataclass(frozen=True, kw_only=True, slots=True)
class OutlineEntry:
    """One bookmark of the file's outline."""

    title: str
    level: int  # 1 outermost
    page_number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalog:
    """The catalogue data of one PDF."""

    title: str | None = None
    labels: tuple[str, ...] | None = None  # one for each page; None when the file states none
    outline: tuple[OutlineEntry, ...] = ()
    faults: tuple[str, ...] = ()  # the parts that are there but cannot be read


def read_catalog(pdf_bytes: bytes) -> Catalog:
    """Read title, page labels and outline.

    A file whose catalogue is broken still has text that can be read, so nothing is raised here:
    what cannot be read is named in `faults`.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every oddity it mends
    try:
        reader = pypdf.PdfReader(io.BytesIO(pdf_bytes))
    except Exception:  # noqa: BLE001  # pypdf lets through whatever malformed objects make it raise
        return Catalog(faults=("title, page labels and outline",))
    faults: list[str] = []

    def read(part: str, reading: Callable[[pypdf.PdfReader], T], absent: T) -> T:
        try:
            return reading(reader)
        except Exception:  # noqa: BLE001  # as above
            faults.append(part)
            return absent

    with apply_configuration(outline_maximum_entries=_MAX_OUTLINE_ENTRIES):
        return Catalog(
            title=read("title", _title, None),
            labels=read("page labels", _labels, None),
            outline=read("outline", _outline, ()),
            faults=tuple(faults),
        )


def _title(reader: pypdf.PdfReader) -> str | None:
    title = reader.metadata.title if reader.metadata else None
    return " ".join(title.split()) or None if isinstance(title, str) else None


def _labels(reader: pypdf.PdfReader) -> tuple[str, ...] | None:
    # pypdf numbers the pages 1, 2, 3 where the file states no labels: that is not a printed label.
    if _LABELS_KEY not in reader.root_object:
        return None
    _check_labels(reader.root_object[_LABELS_KEY])
    return tuple(reader.page_labels)


def _check_labels(tree: object) -> None:
    """Raise ValueError for a malformed number tree: pypdf would number the pages 1, 2, 3."""
    if not isinstance(tree, DictionaryObject):
        message = "page labels are no dictionary"
        raise ValueError(message)  # noqa: TRY004  # a fault of the file, not of a caller
    entries = tree.get("/Nums", [])
    if "/Kids" in tree and "/Nums" not in tree:
        return
    if not isinstance(entries, ArrayObject) or len(entries) % 2 or not entries:
        message = "page labels are no list of pairs"
        raise ValueError(message)
    if not all(isinstance(start, int) for start in entries[::2]):
        message = "page labels do not begin with page numbers"
        raise ValueError(message)


def _outline(reader: pypdf.PdfReader) -> tuple[OutlineEntry, ...]:
    entries: list[OutlineEntry] = []

    def walk(items: list[Any], level: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
                continue
            page_index = reader.get_destination_page_number(item)
            if page_index is not None and page_index >= 0 and item.title:
                title = " ".join(str(item.title).split())
                entries.append(OutlineEntry(title=title, level=level, page_number=page_index + 1))

    walk(reader.outline, 1)
    return tuple(entries)
