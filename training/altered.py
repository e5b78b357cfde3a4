"""A text that answers -> the same text of another place, person or year.

What a question names must be met by the text, its headings or its title, or the text is no answer.
So a name or a year that stands in both is exchanged in the text, wherever it stands there, for
another one: everything else still fits the question.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FARTHEST = 4  # years


def proper_names(texts: Iterable[str]) -> list[str]:
    """The words that are written with a capital wherever they stand, two times or more; sorted.

    Some are no names but begin titles and lines only: a word of the wrong kind in place of a name
    makes a text that answers as little.
    """
    counts: Counter[str] = Counter()
    small: set[str] = set()
    for text in texts:
        for word in _WORD.findall(text):
            if word.istitle() and len(word) > 2:  # noqa: PLR2004  # initials are no names
                counts[word] += 1
            else:
                small.add(word.lower())
    return sorted(name for name, count in counts.items() if count > 1 and name.lower() not in small)


def altered(question: str, text: str, names: Sequence[str], order: random.Random) -> str | None:
    """The text with another year or name in place of one that the question names.

    Args:
        question: what is asked.
        text: one that answers it.
        names: all that are known (see `proper_names`).
        order: what chooses.

    Returns:
        None where text and question share neither a name nor a year, or no other name is known.
    """
    held = set(_WORD.findall(text)) & set(names)
    shared = [word for word in _WORD.findall(question) if word in held]
    years = [year for year in _YEAR.findall(question) if year in _YEAR.findall(text)]
    if not shared and not years:
        return None
    old = order.choice([*shared, *years])
    new = _other_year(old, order) if old in years else _other_name(old, names, question, order)
    return re.sub(rf"\b{re.escape(old)}\b", new, text) if new else None


def _other_year(year: str, order: random.Random) -> str:
    away = order.choice([n for n in range(-_FARTHEST, _FARTHEST + 1) if n])
    return str(int(year) + away)


def _other_name(name: str, names: Sequence[str], question: str, order: random.Random) -> str | None:
    others = [each for each in names if each != name and each not in question]
    return order.choice(others) if others else None
