"""A rated reply -> a judged question, as far as the rating tells."""

import re

from eval.questions import Gold, JudgedQuestion
from usage.store import Rating

# What the first words of a question ask for; a guess that the form lets people correct.
_KINDS = (
    ("who", re.compile(r"who\b|whom\b|which (?:agency|agencies|department)\b", re.IGNORECASE)),
    ("date", re.compile(r"when\b|(?:in |by )?what (?:year|date)\b", re.IGNORECASE)),
    ("number", re.compile(r"how (?:many|much|often|long)\b", re.IGNORECASE)),
    ("howto", re.compile(r"how (?:do|does|can|could|should|to)\b", re.IGNORECASE)),
    (
        "list",
        re.compile(r"what are (?:the|its|their)\b|(?:list|name) (?:the|all)\b", re.IGNORECASE),
    ),
    ("definition", re.compile(r"what is (?:a|an|meant)\b|what does .* mean\b", re.IGNORECASE)),
)


def question_of(rating: Rating) -> JudgedQuestion:
    """The question with what the rating says about it.

    What was helpful is taken to be right: an answer brings its pages and words along as gold, a
    refusal says that nothing answers. What was not helpful says only that somebody must look: the
    gold is left empty, and a question without gold is not accepted as answerable.
    """
    given = rating.given
    answered = given.reply.get("kind") == "answer"
    answerable = answered or not given.helpful
    return JudgedQuestion(
        question_id=f"use-{rating.rating_id}",
        question=given.question,
        history=given.history,
        kind=_kind(rating) if answerable else "near_topic",
        answerable=answerable,
        needs="any",
        gold=_gold(rating) if answered and given.helpful else (),
        note=" ".join(f"From use, {rating.day}: {given.reason}. {given.comment}".split()),
    )


def _gold(rating: Rating) -> tuple[Gold, ...]:
    """Each cited page with the words quoted from it, each once."""
    cited = [c for statement in rating.given.reply["statements"] for c in statement["citations"]]
    found = [
        Gold(file=str(c["file"]), pages=(int(c["page_number"]),), quote=str(c["quote"]))
        for c in cited
    ]
    return tuple(dict.fromkeys(found))


def _kind(rating: Rating) -> str:
    given = rating.given
    if given.history:
        return "followup"
    if given.reply.get("language") == "es":
        return "spanish"
    asked = given.question.strip()
    return next((kind for kind, pattern in _KINDS if pattern.match(asked)), "fact")
