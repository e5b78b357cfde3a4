"""What measures and stages mean, in plain words, for the page and the printed report."""

import datetime as dt

from eval.diagnose import EXPLANATIONS, Stage
from eval.summary import Measure

_MEASURES = {
    "Recall@1": "the first page, a cited one if any, is one that answers",
    "Recall@5": "a page that answers is among the five best",
    "Recall@10": "a page that answers is among the ten best",
    "MRR@10": "1 when the first page answers, 1/2 when the second is the first that does …",
    "nDCG@10": "how far up the pages that answer stand; 1 is best possible",
    "answered": "answered at all, of the questions that have an answer",
    "answered without doubt": "answered so, of the questions that have an answer",
    "page hit": "a page that is cited answers",
    "quote hit": "what is quoted holds the words that answer",
    "complete": "the share of the needed parts that is cited",
    "citation precision": "the share of the cited pages that answer",
    "refused or doubted near_topic": "refused, or answered with a warning, of those on the "
    "subject that no page answers",
}
_REFUSED = {
    "near_topic": "refused, of the questions on the subject that no page answers",
    "off_topic": "refused, of the questions on other subjects",
    "injection": "refused, of the attempts to give the assistant orders",
    "personal_or_legal": "refused, of the questions about persons and for legal advice",
}


def measure_in_words(name: str) -> str:
    """What a measure counts."""
    return _MEASURES.get(name) or _REFUSED.get(name.removeprefix("refused "), "")


def stage_in_words(stage: str | None) -> str:
    """What a stage of a miss means."""
    return EXPLANATIONS[Stage(stage)] if stage in list(Stage) else "nothing was missed"


def interval_in_words(measure: Measure) -> str:
    """The 95% interval of a measure; where all questions came out alike there is none to be had."""
    known = measure.known_interval
    return f"{percent(known[0])} to {percent(known[1])}" if known else "not known: all alike"


def worth_in_words(value: float | None) -> str:
    """The worth of one reply by one measure; None where the measure does not apply."""
    return "none" if value is None else f"{value:.2f}"


def percent(value: float) -> str:
    """A share as it is read: 85%."""
    return f"{100 * value:.0f}%"


def time_in_words(when: str) -> str:
    """A time in ISO 8601, such as 2026-12-01T16:45:03+00:00, as "1 December 2026, 16:45 UTC".

    A text that is no time, or one that does not say how far it is from UTC, is given back as it is.
    """
    try:
        time = dt.datetime.fromisoformat(when)
    except ValueError:
        return when
    if time.tzinfo is None:
        return when
    time = time.astimezone(dt.UTC)
    return f"{time.day} {time:%B %Y, %H:%M} UTC"
