"""Pages -> Pages with the page labels that are printed on them.

The file's own labels count until the printed numbers contradict them. A number at the edge of one
page proves nothing: it may be a year, a section or a street. What counts is a run of pages on
which the printed number grows with the page.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingest.document import Line, Page, Role

_EDGE_SHARE = 0.2  # of the page height, at the top and at the bottom, where its number stands
_EDGE_LINES = 3  # lines at the top, and at the bottom, that may be nothing but the number
_MIN_PRINTED = 3  # pages: two numbers that fit one another can be chance
_MANY_PRINTED = 6  # pages: so many fit by no chance, even with long stretches unnumbered between
_AFTER_LAST = 4  # pages after the last printed number that are taken to go on counting
_BEGINNING = 2.5  # fitting pages that beginning a run costs: a run of two never pays
_CONTRADICTION = 0.5  # fitting pages that a page costs which prints another number
_MAX_RUNS = 40  # kinds of run that are weighed against each other

_ROMAN = r"(?P<roman>(?=[ivxlc])(?:x[cl]|l?x{0,3})?(?:ix|iv|v?i{0,3}))"
_PREFIX = r"(?P<prefix>(?:[a-z]{1,2}|[ivx]{1,4}|\d{1,2})[-–]\s?)?"
_NUMBER = rf"(?:{_PREFIX}(?P<digits>\d{{1,4}})|{_ROMAN})"
_COUNT = r"(?:\s*(?:of|/|\|)\s*\d{1,4})?"
_WORD = r"(?:page|pg\.?|p\.)\s*"
_BAR = r"\s*[|•·]\s*"
# "Appendix 2" at the edge of a page counts something else.
_COUNTED = r")(?<!".join(
    f"{word} "
    for word in "appendix annex chapter section part table figure volume module unit day".split()
)
_ALONE = re.compile(rf"^\W*(?:{_WORD})?{_NUMBER}{_COUNT}\W*$", re.IGNORECASE)  # 3 · Page 3 of 12
_BESIDE = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"^\W*(?:{_WORD})?{_NUMBER}{_BAR}\S",  # iv | Title
        rf"\S{_BAR}(?:{_WORD})?{_NUMBER}{_COUNT}\W*$",
        rf"^\W*{_WORD}{_NUMBER}{_COUNT}\b",  # Page iv Title
        rf"\b{_WORD}{_NUMBER}{_COUNT}\W*$",
        rf"^\W*(?P<prefix>)(?:(?P<digits>\d{{1,4}})|{_ROMAN})\s+\S",  # 12 Title
        rf"\S\s(?:[–—-]\s?)?(?<!{_COUNTED})(?P<prefix>)(?P<digits>\d{{1,4}})(?P<roman>)\W*$",
    )
)
_ROMAN_VALUES = (
    ("c", 100),
    ("xc", 90),
    ("l", 50),
    ("xl", 40),
    ("x", 10),
    ("ix", 9),
    ("v", 5),
    ("iv", 4),
    ("i", 1),
)


class _Numbering(NamedTuple):
    """A way of numbering pages: the label of page n is `prefix` and n + offset in `style`."""

    style: str  # "1", "i" or "I"
    prefix: str
    offset: int

    def label(self, page_number: int) -> str:
        value = page_number + self.offset
        if self.style == "1":
            return f"{self.prefix}{value}"
        return _roman(value) if self.style == "i" else _roman(value).upper()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Printed:
    """The numbers at the edges of one page."""

    fitting: frozenset[_Numbering]  # each way of numbering in which one of them is its label
    is_clear: bool  # one of them stands alone on its line


class _Run(NamedTuple):
    """Positions of the first and last page that print a number, in one way of numbering."""

    numbering: _Numbering
    first: int
    last: int


def label_pages(pages: Sequence[Page]) -> tuple[list[Page], tuple[str, ...]]:
    """Give pages the labels that are printed on them.

    Args:
        pages: all pages of a publication in order, with the labels that the file states, if any.

    Returns:
        The pages, and a note for every run of labels that is not the file's own.
    """
    printed = [_printed(page) for page in pages]
    runs = _runs(pages, printed)
    labelled = list(pages)
    notes = []
    for run, start, end in _stretches(pages, printed, runs):
        disputed = _disputed(pages, printed, run)
        stated = any(page.label is not None for page in pages[start:end])
        if stated and not disputed:
            continue
        for position in range(start, end):
            page = pages[position]
            label = run.numbering.label(page.number)
            if label != page.label:
                labelled[position] = replace(page, label=label, label_inferred=True)
        notes.append(_note(pages[start:end], run.numbering, disputed))
        if disputed:
            _withdraw(labelled, start, end)
    return labelled, tuple(notes)


def _withdraw(pages: list[Page], start: int, end: int) -> None:
    """Take the file's label from pages beside a disputed stretch that has the same label."""
    given = {page.label for page in pages[start:end]}
    for position in (*range(start), *range(end, len(pages))):
        page = pages[position]
        if page.label in given and not page.label_inferred:
            pages[position] = replace(page, label=None)


def _note(pages: Sequence[Page], numbering: _Numbering, disputed: Sequence[Page]) -> str:
    if disputed:
        page = disputed[0]
        return (
            f"the file states label {page.label or 'none'} for page {page.number} where the page "
            f"prints {numbering.label(page.number)}: the printed numbers are used for "
            f"{_span(pages)}"
        )
    first, last = pages[0].number, pages[-1].number
    return (
        f"page labels inferred from the numbers printed on the pages: {_span(pages)} of the file "
        f"printed {numbering.label(first)}"
        + (f" to {numbering.label(last)}" if last > first else "")
    )


def _span(pages: Sequence[Page]) -> str:
    first, last = pages[0].number, pages[-1].number
    return f"pages {first} to {last}" if last > first else f"page {first}"


def _disputed(pages: Sequence[Page], printed: Sequence[_Printed], run: _Run) -> list[Page]:
    """The pages of a run that print something else than the file states, where they prevail."""
    against: list[Page] = []
    agreeing = 0
    for position in range(run.first, run.last + 1):
        page = pages[position]
        if page.label is None or run.numbering not in printed[position].fitting:
            continue
        forms = {numbering.label(page.number) for numbering in printed[position].fitting}
        if page.label.strip().casefold() in {form.casefold() for form in forms}:
            agreeing += 1
        else:
            against.append(page)
    return against if len(against) >= max(_MIN_PRINTED, agreeing + 1) else []


def _stretches(
    pages: Sequence[Page], printed: Sequence[_Printed], runs: Sequence[_Run]
) -> Iterator[tuple[_Run, int, int]]:
    """Each run with the pages that it labels: those before it down to 1, and a few after it."""

    def goes_on(run: _Run, position: int) -> bool:
        here = printed[position]
        return run.numbering in here.fitting or not here.is_clear

    begins = []
    for number, run in enumerate(runs):
        earliest = runs[number - 1].last + 1 if number else 0
        first_of_all = run.first - (pages[run.first].number + run.numbering.offset) + 1
        begin = run.first
        # Where the count does not reach down to 1, the pages before may be none of it.
        while begin > first_of_all >= earliest and goes_on(run, begin - 1):
            begin -= 1
        begins.append(begin)
    for number, run in enumerate(runs):
        end, limit = run.last + 1, [*begins, len(pages)][number + 1]
        while end < min(run.last + 1 + _AFTER_LAST, limit) and goes_on(run, end):
            end += 1
        yield run, begins[number], end


def _runs(pages: Sequence[Page], printed: Sequence[_Printed]) -> list[_Run]:
    """The runs of pages that one way of numbering explains, in order."""
    runs: list[_Run] = []
    path = _best_path(printed)
    start = 0
    while start < len(path):
        end = start
        while end < len(path) and path[end] == path[start]:
            end += 1
        numbering = path[start]
        if numbering is not None:
            fits = [n for n in range(start, end) if numbering in printed[n].fitting]
            if _is_run(printed, fits) and pages[fits[0]].number + numbering.offset > 0:
                runs.append(_Run(numbering, fits[0], fits[-1]))
        start = end
    return runs


def _is_run(printed: Sequence[_Printed], fits: Sequence[int]) -> bool:
    if len(fits) < _MIN_PRINTED:
        return False
    inside = range(fits[0], fits[-1] + 1)
    if 2 * len(fits) >= len(inside):
        return True
    clear = sum(printed[position].is_clear for position in inside)
    return len(fits) >= _MANY_PRINTED and 2 * len(fits) >= clear


def _best_path(printed: Sequence[_Printed]) -> list[_Numbering | None]:
    """For each page the way of numbering it belongs to, so that most pages fit (Viterbi)."""
    counts = Counter(numbering for page in printed for numbering in page.fitting)
    # Of ways that fit equally many pages the first prevails: always the same one, and one without
    # a prefix rather than one with it.
    ranked = sorted(counts, key=lambda way: (-counts[way], way))[:_MAX_RUNS]
    ways = [None, *(way for way in ranked if counts[way] >= _MIN_PRINTED)]
    scores: dict[_Numbering | None, float] = dict.fromkeys(ways, -_BEGINNING) | {None: 0.0}
    steps: list[dict[_Numbering | None, _Numbering | None]] = []
    for page in printed:
        best = max(ways, key=lambda way: scores[way])
        step: dict[_Numbering | None, _Numbering | None] = {}
        new: dict[_Numbering | None, float] = {}
        for way in ways:
            begins = scores[best] - (_BEGINNING if way is not None else 0.0)
            step[way] = way if scores[way] >= begins else best
            new[way] = max(scores[way], begins) + _gain(page, way)
        scores = new
        steps.append(step)
    way = max(ways, key=lambda w: scores[w])
    path = []
    for step in reversed(steps):
        path.append(way)
        way = step[way]
    return path[::-1]


def _gain(page: _Printed, way: _Numbering | None) -> float:
    if way is None:
        return 0.0
    if way in page.fitting:
        return 1.0
    return -_CONTRADICTION if page.is_clear else 0.0


def _printed(page: Page) -> _Printed:
    fitting = set()
    is_clear = False
    for line, is_outermost in _edge_lines(page):
        text = " ".join(page.line_text(line).split())
        if match := _ALONE.search(text):
            fitting.add(_numbering(match, page.number))
            is_clear = True
        elif is_outermost or line.role is Role.RUNNING:
            found = (form.search(text) for form in _BESIDE)
            fitting |= {_numbering(match, page.number) for match in found if match}
    return _Printed(fitting=frozenset(fitting), is_clear=is_clear)


def _edge_lines(page: Page) -> Iterator[tuple[Line, bool]]:
    """The lines that may hold the page's number, and whether each is the first or last of all."""
    # A number in a table cell counts something else.
    seen = [line for line in page.lines if line.role is not Role.HIDDEN and line.row < 0]
    by_height = sorted(seen, key=lambda line: line.box.top)
    for number, line in enumerate(by_height):
        place = min(number, len(by_height) - 1 - number)
        top, bottom = _EDGE_SHARE * page.height, (1 - _EDGE_SHARE) * page.height
        is_at_edge = line.box.bottom <= top or line.box.top >= bottom
        if is_at_edge and (place < _EDGE_LINES or line.role is Role.RUNNING):
            yield line, place == 0


def _numbering(match: re.Match[str], page_number: int) -> _Numbering:
    digits, roman = match["digits"], match["roman"]
    if digits:
        prefix = (match["prefix"] or "").replace(" ", "")
        return _Numbering("1", prefix, int(digits) - page_number)
    style = "I" if roman.isupper() else "i"
    return _Numbering(style, "", _roman_value(roman.lower()) - page_number)


def _roman_value(text: str) -> int:
    value = 0
    for numeral, worth in sorted(_ROMAN_VALUES, key=lambda pair: -len(pair[0])):
        value += worth * text.count(numeral)
        text = text.replace(numeral, "")
    return value


def _roman(value: int) -> str:
    text = ""
    for numeral, worth in _ROMAN_VALUES:
        while value >= worth:
            text += numeral
            value -= worth
    return text
