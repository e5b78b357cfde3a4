"""Refused questions -> what people asked about and got no answer to."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from usage.store import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """One topic that refused questions came near."""

    topic: str
    count: int
    share: float  # of all refused questions
    reasons: dict[str, int]
    months: dict[str, int]  # "2026-11" -> how many
    questions: dict[str, int]  # where the operator keeps them: each with how often


def gaps(refusals: Sequence[Refusal]) -> list[Gap]:
    """The topics, the most frequent first."""
    by_topic: defaultdict[str, list[Refusal]] = defaultdict(list)
    for refusal in refusals:
        by_topic[refusal.topic].append(refusal)
    found = [
        Gap(
            topic=topic,
            count=len(some),
            share=len(some) / len(refusals),
            reasons=dict(Counter(r.reason for r in some).most_common()),
            months=dict(sorted(Counter(r.day.strftime("%Y-%m") for r in some).items())),
            questions=dict(Counter(r.question for r in some if r.question).most_common()),
        )
        for topic, some in by_topic.items()
    ]
    return sorted(found, key=lambda gap: (-gap.count, gap.topic))
