"""Whether two quotations say different things in like words: other figures, another modal, a "not".

Publications that contradict each other are shown beside each other; dropping one as a repeat of the
other would hide it.
"""

import re
from collections.abc import Iterable
from itertools import product

from answer.figures import in_digits, is_figure
from answer.named import years_in
from answer.note_marks import without_note_marks
from index.terms import STOP_WORDS, stem, words
from ingest.list_marks import without_list_mark

_ALIKE = 0.7  # share of the subject words that both must hold
_ENOUGH = 3  # subject words, without which two sentences are not known to speak of the same
# The number of a note in a sentence, raised or right after its end.
_NOTE_NUMBER = re.compile(r"[⁰¹²³⁴-⁹]+|(?<=[^\d\s][.!?”\"’)])\d{1,3}$")
_DUTIES = {
    "must": "must", "shall": "must", "required": "must",
    "should": "should", "recommended": "should",
    "may": "may", "can": "may", "permitted": "may",
}  # fmt: skip
_NEGATIONS = frozenset(
    "not no never neither nor without prohibited except unless only exempt excluded excluding "
    "ineligible unallowable".split()
)
_SHORT_NOT = re.compile(r"(?<!\bca)n['’]t\b|(?<=\bcan)(?:not|['’]t)\b", re.IGNORECASE)


def differ(one: str, other: str) -> bool:
    """Whether two texts speak alike and yet state another figure, duty or the contrary."""
    return _state_otherwise(one, other, figures=True)


def reverses(one: str, other: str) -> bool:
    """Whether two texts speak alike and yet state another duty or the contrary.

    Within one publication another figure is mostly that of another row, year or item.
    """
    return _state_otherwise(one, other, figures=False)


def contradict(ones: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a sentence of one quotation says of the same what one of another one does not.

    People are told so, and more is asked than of `differ`: that most of either sentence is alike,
    and that they speak of the same year, if of any.

    Args:
        ones: the sentences, list items and table rows of a quotation.
        others: those of another.
    """
    for pair in product(ones, others):
        one, other = (
            _NOTE_NUMBER.sub("", without_list_mark(without_note_marks(text))) for text in pair
        )
        first, second = _words(one), _words(other)
        common, shorter, longer = _subjects_in_common(first, second)
        alike = shorter >= _ENOUGH and common >= _ALIKE * longer
        same_years = set(years_in(one)) == set(years_in(other))
        if alike and same_years and _state_different_things(first, second, figures=True):
            return True
    return False


def _state_otherwise(one: str, other: str, *, figures: bool) -> bool:
    """Whether most of the shorter of two texts is alike, and what they state of it is not."""
    first, second = (_words(without_note_marks(text)) for text in (one, other))
    common, shorter, _ = _subjects_in_common(first, second)
    return common >= _ALIKE * shorter > 0 and _state_different_things(
        first, second, figures=figures
    )


def _words(text: str) -> list[str]:
    """The words of a text, "can't" and "cannot" as two, numbers in digits."""
    return in_digits(words(_SHORT_NOT.sub(" not", text)))


def _subjects_in_common(one: list[str], other: list[str]) -> tuple[int, int, int]:
    """How many subject words two texts share; how many the shorter and the longer one has."""
    first, second = _subjects(one), _subjects(other)
    shorter, longer = sorted((len(first), len(second)))
    return len(first & second), shorter, longer


def _state_different_things(one: list[str], other: list[str], *, figures: bool) -> bool:
    if figures and _figures(one) != _figures(other):
        return True
    return _duties(one) != _duties(other) or _negations(one) != _negations(other)


def _subjects(found: list[str]) -> set[str]:
    kept = (w for w in found if w not in STOP_WORDS and not is_figure(w) and w not in _NEGATIONS)
    return {stem(word) for word in kept if word not in _DUTIES}


def _figures(found: list[str]) -> set[str]:
    return {word for word in found if is_figure(word)}


def _duties(found: list[str]) -> set[str]:
    return {_DUTIES[word] for word in found if word in _DUTIES}


def _negations(found: list[str]) -> bool:
    return any(word in _NEGATIONS for word in found)
