"""Pages that stand in several files, or twice in one; and files that look like editions.

A page is compared by its shingles, the runs of three words on it (Broder 1997, "On the resemblance
and containment of documents"), counted and not estimated. What is compared is where a
page's words went in another file, so that a new edition is found though its pages break elsewhere.
Nothing is dropped: which of two texts is the right one, only people know.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ingest.document import Document, Page, Role, Status
from ingest.report import FileReport, SamePages, Verdict, page_numbers

_SHINGLE_WORDS = 3
_MIN_SHINGLES = 20  # on a page: fewer words say nothing, as on a cover
_SAME = 0.8  # of a page's shingles stand in the other file, too
_ABOUT_SAME = 0.6  # the same as an estimate: only such pages are counted exactly
_PART = 0.1  # of a page's shingles: a page that holds less of it is no part of what is the same
_MANY_PAGES = 40  # a shingle on more pages is a phrase of the trade
_MANY_FILES = 6  # a page that stands in more files is boilerplate
_EDITION = 0.5  # of the pages of one of two editions stand in the other
_MIN_EDITION_PAGES = 3
_IN_ORDER = 0.8  # of the pages of an edition follow one another as in the other
_SAMPLED_FROM = 1_000_000  # shingles in all; where there are more, only a part is compared
_LEFT_OUT = frozenset({Role.RUNNING, Role.CONTENTS, Role.HIDDEN})
_WORD = re.compile(r"\w+")
# "Part 2" and "Part 3" are no editions: only what is a year or counts versions is taken off.
_EDITION_WORDS = re.compile(
    r"\b(?:(?:(?:fy ?)?(?:19|20)\d\d|fy ?\d\d|\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|"
    r"v(?:er(?:sion)?)? ?\d+|(?:ed(?:ition)?|rev(?:ised|ision)?)(?: ?\d+)?|updated?|draft|final|"
    r"of|the|"
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?: |$))+"
)

_Hashes = NDArray[np.uint64]


@dataclass(frozen=True, kw_only=True, slots=True)
class PagePrint:
    """What is compared of a page."""

    file: str
    number: int
    hashes: _Hashes  # of its shingles, ascending, each once


def page_prints(file: str, pages: Iterable[Page]) -> list[PagePrint]:
    """The pages of a file that have enough words to be compared."""
    prints = []
    for page in pages:
        text = " ".join(page.line_text(line) for line in page.lines if line.role not in _LEFT_OUT)
        hashes = _shingles(text)
        if len(hashes) >= _MIN_SHINGLES:
            prints.append(PagePrint(file=file, number=page.number, hashes=hashes))
    return prints


def _shingles(text: str) -> _Hashes:
    words = [crc32(word.encode()) for word in _WORD.findall(text.casefold())]
    count = len(words) - _SHINGLE_WORDS + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    values = np.array(words, dtype=np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(_SHINGLE_WORDS):  # a polynomial modulo 2**64 in an odd number
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + values[place : place + count]
    return np.unique(mixed)


def with_same_pages(
    reports: Sequence[FileReport],
    prints: Sequence[PagePrint],
    documents: Mapping[str, Document],
) -> list[FileReport]:
    """The reports with what stands in several files, and what looks like another edition.

    Args:
        reports: of all files of a corpus.
        prints: of the pages of all files that were read.
        documents: those files' publications, by file name.
    """
    prints, boilerplate = _without_boilerplate(prints)
    found = find_same_pages(prints)
    for file, same in _named_alike(documents, reports):
        if all(other.file != same.file for other in found.get(file, ())):
            found.setdefault(file, []).append(same)
    return [
        _with(report, found.get(report.file, ()), boilerplate.get(report.file, {}), documents)
        for report in reports
    ]


def find_same_pages(prints: Sequence[PagePrint]) -> dict[str, list[SamePages]]:
    """For each file, its pages that stand in each other file, and those it holds twice."""
    comparable = Counter(page.file for page in prints)
    pairs = _same_in_files(prints)
    found: dict[str, list[SamePages]] = {}
    for (file, other), pages in sorted(pairs.items()):
        back = pairs.get((other, file), [])
        share = len(pages) / comparable[file]
        is_edition = (
            file != other
            and max(share, len(back) / comparable[other]) >= _EDITION
            and min(len(pages), len(back)) >= _MIN_EDITION_PAGES
            and _is_in_order(pages)
        )
        found.setdefault(file, []).append(
            SamePages(file=other, pages=tuple(sorted(pages)), share=share, is_edition=is_edition)
        )
    return found


def _same_in_files(prints: Sequence[PagePrint]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """For each two files the pages of the first that stand in the second, and best where."""
    shared: defaultdict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for one, other, count in _shared_shingles(prints):
        shared[one, prints[other].file].append((count, other))
        shared[other, prints[one].file].append((count, one))
    pairs: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for (position, file), counts in shared.items():
        page = prints[position]
        most, best = max(counts, key=lambda item: (item[0], -item[1]))
        inside = page.file == file  # of one file, page is compared with page
        about = most if inside else sum(count for count, _ in counts)
        if about < _ABOUT_SAME * len(page.hashes):
            continue
        others = [best] if inside else [other for _, other in counts]
        held = _held(page, [prints[other] for other in others])
        if held >= _SAME * len(page.hashes) and (not inside or best < position):
            pairs[page.file, file].append((page.number, prints[best].number))
    return pairs


def _held(page: PagePrint, others: Sequence[PagePrint]) -> int:
    """How many of a page's shingles stand on some other pages."""
    there = np.unique(np.concatenate([other.hashes for other in others]))
    return len(np.intersect1d(page.hashes, there, assume_unique=True))


def _shared_shingles(prints: Sequence[PagePrint]) -> Iterator[tuple[int, int, int]]:
    """Pairs of pages that have shingles in common, as positions in `prints`, with their number.

    With more than a million shingles a part is compared, the same on each page, and the number is
    an estimate.
    """
    if not prints:
        return
    hashes = np.concatenate([page.hashes for page in prints])
    owners = np.repeat(np.arange(len(prints)), [len(page.hashes) for page in prints])
    step = np.uint64(1 + len(hashes) // _SAMPLED_FROM)
    kept = hashes % step == 0
    hashes, owners = hashes[kept], owners[kept]
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    codes = [np.empty(0, dtype=np.int64)]
    for distance in range(1, min(_MANY_PAGES, len(hashes))):
        equal = hashes[:-distance] == hashes[distance:]
        if not equal.any():
            break
        codes.append(owners[:-distance][equal] * len(prints) + owners[distance:][equal])
    pairs, counts = np.unique(np.concatenate(codes), return_counts=True)
    sizes = [_PART * len(page.hashes) for page in prints]
    for pair, count in zip(pairs.tolist(), (counts * int(step)).tolist(), strict=True):
        one, other = divmod(pair, len(prints))
        if count >= min(sizes[one], sizes[other]):
            yield one, other, count


def _is_in_order(pages: Sequence[tuple[int, int]]) -> bool:
    others = [other for _, other in sorted(pages)]
    follow = sum(one <= next_one for one, next_one in pairwise(others))
    return follow >= _IN_ORDER * (len(others) - 1)


def _without_boilerplate(
    prints: Sequence[PagePrint],
) -> tuple[list[PagePrint], dict[str, dict[int, int]]]:
    """The pages but for those that stand in many files; of these file, page, number of files."""
    groups: defaultdict[bytes, list[PagePrint]] = defaultdict(list)
    for page in prints:
        groups[page.hashes.tobytes()].append(page)
    found: dict[str, dict[int, int]] = {}
    kept = []
    for group in groups.values():
        files = {page.file for page in group}
        if len(files) <= _MANY_FILES:
            kept += group
            continue
        for page in group:
            found.setdefault(page.file, {})[page.number] = len(files)
    place = {(page.file, page.number): position for position, page in enumerate(prints)}
    return sorted(kept, key=lambda page: place[page.file, page.number]), found


def _named_alike(
    documents: Mapping[str, Document], reports: Sequence[FileReport]
) -> Iterator[tuple[str, SamePages]]:
    """Files whose titles or names differ only in year, edition or version."""
    read = {report.file for report in reports if report.pages}
    named: defaultdict[str, set[str]] = defaultdict(set)
    for file, document in documents.items():
        if file in read:
            for name in (document.title, file.rpartition(".")[0]):
                named[plain_name(name)].add(file)
    done = set()
    for name, files in named.items():
        for file in sorted(files) if " " in name else ():
            for other in sorted(files - {file}):
                titles = documents[file].title.casefold(), documents[other].title.casefold()
                if titles[0] != titles[1] and (file, other) not in done:
                    done.add((file, other))
                    yield file, SamePages(file=other, pages=(), share=0.0, is_edition=True)


def plain_name(name: str) -> str:
    """A title or file name without what tells editions apart: years, versions, months."""
    words = re.sub(r"[\W_]+", " ", name.casefold()).strip()
    return " ".join(_EDITION_WORDS.sub(" ", words).split())


def _with(
    report: FileReport,
    found: Sequence[SamePages],
    boilerplate: Mapping[int, int],
    documents: Mapping[str, Document],
) -> FileReport:
    notes, remarks = list(report.notes), list(report.remarks)
    for same in found:
        if same.is_edition and not _is_settled(report.file, same.file, documents):
            notes.append(_edition_note(report, same))
        elif same.pages:
            remarks.append(_remark(report, same))
    if boilerplate:
        most = max(boilerplate.values())
        remarks.append(f"{page_numbers(list(boilerplate))} also in many files ({most})")
    if not found and not boilerplate:
        return report
    verdict = Verdict.WARNING if notes and report.verdict is Verdict.READ else report.verdict
    return replace(
        report,
        notes=tuple(notes),
        remarks=tuple(remarks),
        same_pages=tuple(found),
        verdict=verdict,
    )


def _is_settled(file: str, other: str, documents: Mapping[str, Document]) -> bool:
    """Whether the list says already how two files are related."""
    one, two = documents[file], documents[other]
    related = one.supersedes == two.doc_id or two.supersedes == one.doc_id
    return related or Status.SUPERSEDED in (one.status, two.status)


def _edition_note(report: FileReport, same: SamePages) -> str:
    if same.pages:
        cause = f"{len(same.pages)} of its {report.pages} pages stand there too"
    else:
        cause = "their names differ in year or edition only"
    return (
        f"looks like another edition of {same.file}: {cause}; if one replaces the other, set "
        "supersedes in publications.toml"
    )


def _remark(report: FileReport, same: SamePages) -> str:
    here = page_numbers([page for page, _ in same.pages])
    there = page_numbers(sorted({page for _, page in same.pages}))
    if same.file == report.file:
        verb = "repeat" if len(same.pages) > 1 else "repeats"
        return f"{here} {verb} {there}"
    return f"{here} also in {same.file} ({there})"
