"""Whether two quotations say different things in like words: other figures, another modal, a "not".

Publications that contradict each other are shown beside each other; dropping one as a repeat of the
other would hide it.
"""

from index.terms import STOP_WORDS, stem, words

_ALIKE = 0.7  # share of the shorter one's subject words that both must hold
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty sixty "
    "ninety half third quarter".split()
)
_DUTIES = {
    "must": "must", "shall": "must", "required": "must",
    "should": "should", "recommended": "should",
    "may": "may", "can": "may", "permitted": "may",
}  # fmt: skip
_NEGATIONS = frozenset("not no never neither nor without cannot prohibited".split())


def differ(one: str, other: str) -> bool:
    """Whether two texts speak alike and yet state another figure, duty or the contrary."""
    first, second = words(one), words(other)
    subjects = [_subjects(first), _subjects(second)]
    shorter = min(map(len, subjects))
    if not shorter or len(subjects[0] & subjects[1]) < _ALIKE * shorter:
        return False
    return any(find(first) != find(second) for find in (_figures, _duties, _negations))


def _subjects(found: list[str]) -> set[str]:
    kept = (w for w in found if w not in STOP_WORDS and not _is_figure(w) and w not in _NEGATIONS)
    return {stem(word) for word in kept if word not in _DUTIES}


def _figures(found: list[str]) -> set[str]:
    return {word for word in found if _is_figure(word)}


def _duties(found: list[str]) -> set[str]:
    return {_DUTIES[word] for word in found if word in _DUTIES}


def _negations(found: list[str]) -> bool:
    return any(word in _NEGATIONS for word in found)


def _is_figure(word: str) -> bool:
    return word[0].isdigit() or word in _NUMBERS
