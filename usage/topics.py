"""A refused question -> the topic that it came near, without its words."""

from answer.reply import Abstention, Reason
from answer.routes import Route
from index.releases import Release
from usage.store import Refusal, today

NOTHING_NEAR = "nothing near in the loaded publications"
_NO_QUESTION = frozenset({Reason.EMPTY, Reason.TOO_LONG, Reason.NO_WORDS, Reason.NOTHING_BEFORE})


def refusal_of(
    reply: Abstention, release: Release, *, min_related: float, keep_question: bool
) -> Refusal | None:
    """What is counted of a refused question.

    Args:
        reply: with its evidence.
        release: that it was searched in.
        min_related: cosine below which a passage is not near.
        keep_question: whether its words are kept too.

    Returns:
        None for what was no question to the publications.
    """
    if isinstance(reply.reason, Route) or reply.reason in _NO_QUESTION:
        return None
    nearest = max(reply.evidence, key=lambda scored: scored.dense, default=None)
    topic = NOTHING_NEAR
    if nearest is not None and nearest.dense >= min_related:
        passage = nearest.passage
        parts = (release.documents_by_id[passage.doc_id].title, *passage.heading_path[:1])
        topic = " › ".join(parts)
    return Refusal(
        day=today(),
        release=reply.release,
        reason=reply.reason.value,
        topic=topic,
        question=reply.question if keep_question else None,
    )
