"""Which changes of an answer are losses, and what keeps a release from being published."""

from typing import Any

import pytest

from eval.outcome import Outcome, Quotations
from eval.questions import Gold, JudgedQuestion
from staff.gate import Effect, compare
from staff.publish import closed_because
from staff.settings import Rule

_RIGHT = {"page hit": 1.0, "complete": 1.0, "quote hit": 1.0, "citation precision": 1.0}
_HALF = {"page hit": 1.0, "complete": 0.0, "quote hit": 1.0, "citation precision": 0.5}
_WRONG = {"page hit": 0.0, "complete": 0.0, "quote hit": 0.0, "citation precision": 0.0}


def _outcome(
    said: str | None,
    values: dict[str, float],
    *,
    answerable: bool = True,
    false: str = "",
    file: str = "guide.pdf",
    also: str = "",
    sure: bool = True,
) -> Outcome:
    question = JudgedQuestion(
        question_id="q-1",
        question="Who leads?",
        history=(),
        kind="who" if answerable else "near_topic",
        answerable=answerable,
        needs="any",
        gold=(Gold(file="guide.pdf", pages=(1,), quote="The county leads."),) if answerable else (),
        answer="The county." if answerable else None,
        note="",
    )
    citation = {"doc_id": file.removesuffix(".pdf"), "file": file, "page_number": 1}
    citations = [citation, {**citation, "file": also}] if also else [citation]
    reply: dict[str, Any] = {
        "kind": "answer" if said else "abstention",
        "reason": None if said else "not covered",
        "sure": bool(said) and sure,
        "statements": [{"text": said, "citations": citations}] if said else [],
    }
    return Outcome(
        question=question,
        reply=reply,
        values=values,
        diagnosis=None,
        quotations=Quotations(count=1, by_ocr=0, faults=(false,) if false else ()),
        seconds=0.1,
    )


CASES = [
    (_outcome("A", _RIGHT), _outcome("A", _RIGHT), None),
    (_outcome("A", _RIGHT), _outcome("B", _RIGHT), Effect.OTHER),
    (_outcome("A", _RIGHT), _outcome("A", _RIGHT, sure=False), Effect.DOUBTED),
    (_outcome("A", _RIGHT, sure=False), _outcome("B", _RIGHT), Effect.TRUSTED),
    (_outcome("A", _WRONG, sure=False), _outcome("A", _WRONG, sure=False), None),
    (_outcome(None, {"page hit": 0.0}), _outcome("A", _WRONG), Effect.OTHER),
    (_outcome("A", _HALF), _outcome("B", _RIGHT, sure=False), Effect.BETTER),
    (_outcome("A", _RIGHT), _outcome("B", _HALF), Effect.WORSE),
    (_outcome("A", _RIGHT), _outcome("B", _WRONG), Effect.LOST),
    (_outcome("A", _RIGHT), _outcome(None, {"page hit": 0.0}), Effect.REFUSED),
    (_outcome("A", _RIGHT), _outcome("A", _RIGHT, false="guide page 1"), Effect.FALSE),
    (_outcome(None, {}, answerable=False), _outcome("A", {}, answerable=False), Effect.INVENTED),
    (_outcome("A", {}, answerable=False), _outcome(None, {}, answerable=False), Effect.BETTER),
    (_outcome("A", {}, answerable=False), _outcome("B", {}, answerable=False), Effect.OTHER),
    (
        _outcome("A", {}, answerable=False),
        _outcome("A", {}, answerable=False, sure=False),
        Effect.DOUBTED,
    ),
    (
        _outcome(None, {}, answerable=False),
        _outcome("A", {}, answerable=False, file="new.pdf"),
        Effect.UNJUDGED,
    ),
    (
        _outcome(None, {}, answerable=False),
        _outcome("A", {}, answerable=False, also="new.pdf"),
        Effect.INVENTED,
    ),
]
_KNOWN = {"guide.pdf"}  # what the set was judged by
_STOPS = {
    Rule.NEVER: {Effect.FALSE},
    Rule.LOST: {Effect.FALSE, Effect.LOST, Effect.REFUSED, Effect.INVENTED},
    Rule.WORSE: {Effect.FALSE, Effect.LOST, Effect.REFUSED, Effect.INVENTED, Effect.WORSE},
    Rule.CHANGED: set(Effect),
}


@pytest.mark.parametrize(("old", "new", "effect"), CASES)
def test_what_a_change_is_to_whoever_asks(
    old: Outcome, new: Outcome, effect: Effect | None
) -> None:
    comparison = compare([old], [new], releases=(1, 2), known=_KNOWN)
    assert [change.effect for change in comparison.changes] == ([effect] if effect else [])
    for rule in Rule:
        stopped = bool(closed_because(comparison, live=1, rule=rule))
        assert stopped == (effect in _STOPS[rule])


def test_the_changes_are_told_in_plain_words_the_worst_first() -> None:
    olds, news, _ = zip(*CASES, strict=True)
    comparison = compare(olds, news, releases=(1, 2), known=_KNOWN)
    assert comparison.in_words() == (
        "15 of 17 answers changed: 2 better, 3 in other words, 1 no longer with a warning, "
        "2 now with a warning, 1 is answered from a publication "
        "that the set does not know, 1 worse, 1 is no longer answered, 1 lost its citation, 2 are "
        "answered though the publications do not say, 1 quotes words that are not on its page."
    )
    assert comparison.changes[0].effect is Effect.FALSE
    same = compare(olds[:1], news[:1], releases=(1, 2), known=_KNOWN)
    assert same.in_words() == "None of 1 answers changed."
    assert "nothing was compared" in compare([], [], releases=(1, 2), known=_KNOWN).in_words()


def test_staff_are_told_that_no_lost_answer_would_be_seen() -> None:
    olds, news, _ = zip(*CASES, strict=True)
    assert compare(olds, news, releases=(1, 2), known=_KNOWN).warning == ""
    without = [number for number, new in enumerate(news) if not new.question.answerable]
    comparison = compare(
        [olds[n] for n in without], [news[n] for n in without], releases=(1, 2), known=_KNOWN
    )
    assert (comparison.asked, comparison.answerable) == (6, 0)
    assert "a lost answer would go unnoticed" in comparison.warning
    assert compare([], [], releases=(1, 2), known=_KNOWN).warning


def test_what_was_not_compared_is_not_published_but_the_first_release_is() -> None:
    assert closed_because(None, live=1, rule=Rule.NEVER) == (
        "it has not been compared with the live release yet"
    )
    assert closed_because(None, live=None, rule=Rule.CHANGED) == ""
