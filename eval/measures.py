"""What a reply is worth, question by question. Pure functions; every value is from 0 to 1.

Pages are judged and not passages: passage ids change with the splitter, (file, page) does not.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean

from eval.questions import Gold, JudgedQuestion

PageId = tuple[str, int]  # file, physical page

_QUOTE_SHARE = 0.6  # of the gold quote's words that a citation must hold
_RESAMPLES = 1000


def recall_at(k: int, ranking: Sequence[PageId], question: JudgedQuestion) -> float:
    """Recall@k: whether a gold page is among the first k; with needs "all", of how many entries."""
    top = set(ranking[:k])
    return _share(question, [_supports(gold, top) for gold in question.gold])


def page_hit(cited: Sequence[PageId], question: JudgedQuestion) -> float:
    """1 when some cited page is gold."""
    return float(bool(set(cited) & gold_pages(question)))


def citation_precision(cited: Sequence[PageId], question: JudgedQuestion) -> float:
    """The share of the cited pages that are gold; there must be at least one cited page."""
    pages = set(cited)
    return len(pages & gold_pages(question)) / len(pages)


def complete(cited: Sequence[PageId], question: JudgedQuestion) -> float:
    """The share of the needed parts for which a page is cited."""
    return _share(question, [_supports(gold, set(cited)) for gold in question.gold])


def quote_hit(quotes: Sequence[tuple[str, str]], question: JudgedQuestion) -> float:
    """1 when the quotations from a gold document hold 60% of a gold quote's words.

    Args:
        quotes: (file, quotation) of each citation.
        question: with its gold quotes.
    """
    return float(
        any(
            holds_quote((quote for file, quote in quotes if file == gold.file), gold)
            for gold in question.gold
        )
    )


def holds_quote(quotes: Iterable[str], gold: Gold) -> bool:
    """Whether quotations from the gold document together hold 60% of the gold quote's words."""
    wanted = Counter(re.findall(r"\w+", gold.quote.lower()))
    quoted = Counter(re.findall(r"\w+", " ".join(quotes).lower()))
    return (wanted & quoted).total() >= _QUOTE_SHARE * wanted.total()


def gold_pages(question: JudgedQuestion) -> set[PageId]:
    """All pages that are gold for a question."""
    return {(gold.file, page) for gold in question.gold for page in gold.pages}


def bootstrap_interval(values: Sequence[float], *, seed: int = 0) -> tuple[float, float]:
    """The 95% percentile bootstrap interval of the mean (Efron, 1979), 1,000 resamples.

    Questions are resampled as if they were independent; those over one PDF are not, so the
    interval is a little too narrow.
    """
    generator = random.Random(seed)  # noqa: S311  # statistics, not secrets
    means = sorted(fmean(generator.choices(values, k=len(values))) for _ in range(_RESAMPLES))
    return means[int(0.025 * _RESAMPLES)], means[int(0.975 * _RESAMPLES) - 1]


def nearest_rank(values: Sequence[float], percent: int) -> float:
    """The percentile by nearest rank: the least of the values that so many are not above.

    Args:
        values: at least one.
        percent: from 1 to 100.
    """
    rank = -(-percent * len(values) // 100)  # rounded up, without the error of a fraction
    return sorted(values)[rank - 1]


def folded(text: str) -> str:
    """A text with case, white space, ligatures and hyphens folded away, for comparing."""
    for ligature, letters in {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}.items():
        text = text.replace(ligature, letters)
    return re.sub(r"[\s\u00ad\x02\ufffe\u2010\u2011-]+", "", text).casefold()


def _share(question: JudgedQuestion, met: Sequence[bool]) -> float:
    if question.needs == "any":
        return float(any(met))
    return fmean(met)


def _supports(gold: Gold, pages: set[PageId]) -> bool:
    return any((gold.file, page) in pages for page in gold.pages)
