"""The question set asked of a new release and of the live one -> which answers changed, and how."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from eval.outcome import Outcome
from staff.settings import Rule

_WORTH = ("page hit", "complete", "quote hit", "citation precision")


class Effect(StrEnum):
    """What a change is to whoever asks; the worst last."""

    BETTER = "better"
    OTHER = "in other words"
    TRUSTED = "no longer with a warning"
    DOUBTED = "now with a warning"
    UNJUDGED = "answered from a publication that the set does not know"
    WORSE = "worse"
    REFUSED = "no longer answered"
    LOST = "lost its citation"
    INVENTED = "answered though the publications do not say"
    FALSE = "quoted what does not stand on its page"


_IN_WORDS = {  # singular, plural
    Effect.BETTER: ("better", "better"),
    Effect.OTHER: ("in other words", "in other words"),
    Effect.TRUSTED: ("no longer with a warning", "no longer with a warning"),
    Effect.DOUBTED: ("now with a warning", "now with a warning"),
    Effect.UNJUDGED: (
        "is answered from a publication that the set does not know",
        "are answered from publications that the set does not know",
    ),
    Effect.WORSE: ("worse", "worse"),
    Effect.REFUSED: ("is no longer answered", "are no longer answered"),
    Effect.LOST: ("lost its citation", "lost their citations"),
    Effect.INVENTED: (
        "is answered though the publications do not say",
        "are answered though the publications do not say",
    ),
    Effect.FALSE: (
        "quotes words that are not on its page",
        "quote what does not stand on their pages",
    ),
}
_LOSSES = frozenset({Effect.REFUSED, Effect.LOST, Effect.INVENTED, Effect.FALSE})
_BLOCKED_BY = {
    Rule.NEVER: frozenset({Effect.FALSE}),  # a false quotation is never published unexplained
    Rule.LOST: _LOSSES,
    Rule.WORSE: _LOSSES | {Effect.WORSE},
    Rule.CHANGED: frozenset(Effect),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerChange:
    """One question that the two releases do not answer alike."""

    question_id: str
    question: str
    effect: Effect
    old: dict[str, Any]  # answer.formats.reply_record
    new: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What publishing would change."""

    live: int  # number of a release
    candidate: int
    asked: int  # questions whose publications both releases have
    answerable: int  # of these, those that have an answer
    left_out: tuple[str, ...]  # ids of the questions whose publication one of them does not have
    changes: tuple[AnswerChange, ...]  # the worst first

    def blocking(self, rule: Rule) -> list[AnswerChange]:
        """The changes that keep the release from being published without a reason."""
        return [change for change in self.changes if change.effect in _BLOCKED_BY[rule]]

    def in_words(self) -> str:
        """One sentence for staff, such as "3 of 120 answers changed: 2 better, 1 worse"."""
        if not self.asked:
            return "No question of the set is about these publications: nothing was compared."
        if not self.changes:
            return f"None of {self.asked} answers changed."
        counts = Counter(change.effect for change in self.changes)
        parts = [
            f"{counts[effect]} {_IN_WORDS[effect][counts[effect] > 1]}"
            for effect in Effect
            if counts[effect]
        ]
        changed = f"{len(self.changes)} of {self.asked} answers changed"
        left = f" ({len(self.left_out)} not asked: their publication is in one release only)"
        return f"{changed}: {', '.join(parts)}{left if self.left_out else ''}."

    @property
    def warning(self) -> str:
        """What staff should know of the question set itself; "" when there is nothing."""
        if self.answerable:
            return ""
        return (
            "No question that has an answer was asked, because none is about publications that "
            "both releases hold: a lost answer would go unnoticed. Write questions about your "
            "publications and name their file in [staff] gate_questions."
        )


def compare(
    old: Sequence[Outcome],
    new: Sequence[Outcome],
    *,
    releases: tuple[int, int],
    known: Collection[str],
    left_out: Sequence[str] = (),
) -> Comparison:
    """Compare what two releases answer to the same questions, in the same order.

    Args:
        old: of the live release.
        new: of the candidate.
        releases: their numbers.
        known: files of the publications that the set was judged by: whether another one answers a
            question that these do not answer, nobody has judged.
        left_out: ids of questions that were not asked.
    """
    changes = [
        AnswerChange(
            question_id=after.question.question_id,
            question=after.question.question,
            effect=effect,
            old=before.reply,
            new=after.reply,
        )
        for before, after in zip(old, new, strict=True)
        if (effect := _effect(before, after, known))
    ]
    order = list(Effect)
    return Comparison(
        live=releases[0],
        candidate=releases[1],
        asked=len(new),
        answerable=sum(outcome.question.answerable for outcome in new),
        left_out=tuple(left_out),
        changes=tuple(sorted(changes, key=lambda change: -order.index(change.effect))),
    )


def _effect(old: Outcome, new: Outcome, known: Collection[str]) -> Effect | None:
    """How a reply differs; None: it is the same."""
    if new.quotations.faults:
        return Effect.FALSE
    if _shown(old.reply) == _shown(new.reply):
        return None
    if not new.question.answerable:
        return _of_unanswerable(old, new, known)
    if _answered(old) and not _answered(new):
        return Effect.REFUSED
    if old.values["page hit"] and not new.values["page hit"]:
        return Effect.LOST
    return _of_worth(old, new)


def _answered(outcome: Outcome) -> bool:
    return bool(outcome.reply["kind"] == "answer")


def _of_unanswerable(old: Outcome, new: Outcome, known: Collection[str]) -> Effect:
    if _answered(new) and _files(new.reply).isdisjoint(known):
        return Effect.UNJUDGED
    if _answered(old) == _answered(new):
        return _of_doubt(old, new)
    return Effect.INVENTED if _answered(new) else Effect.BETTER


def _files(reply: dict[str, Any]) -> set[str]:
    return {c["file"] for statement in reply["statements"] for c in statement["citations"]}


def _worth(outcome: Outcome) -> float:
    return sum(outcome.values.get(name, 0.0) for name in _WORTH)


def _of_worth(old: Outcome, new: Outcome) -> Effect:
    before, after = _worth(old), _worth(new)
    if before == after:
        return _of_doubt(old, new)
    return Effect.BETTER if after > before else Effect.WORSE


def _of_doubt(old: Outcome, new: Outcome) -> Effect:
    """What else has changed where neither reply is worth more than the other."""
    if not (_answered(old) and _answered(new)) or old.reply.get("sure") == new.reply.get("sure"):
        return Effect.OTHER
    return Effect.TRUSTED if new.reply.get("sure") else Effect.DOUBTED


def _shown(reply: dict[str, Any]) -> list[Any]:
    """What of a reply an official acts on: what is quoted, from where, how surely; or why not."""
    return [
        reply["reason"],
        reply.get("sure"),  # a run by an earlier version does not say
        *(
            [s["text"], [(c["doc_id"], c["page_number"]) for c in s["citations"]]]
            for s in reply["statements"]
        ),
    ]
