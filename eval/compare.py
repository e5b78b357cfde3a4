"""Two runs of one question set -> what got better or worse, and whether that is beyond noise.

The rule: a measure *fell* when its mean over the questions that both runs share is lower in the new
run, and a paired randomisation test finds a fall as large in fewer than 5 of 100 relabellings
(one-sided; Smucker, Allan and Carterette, 2007). The verdict is "worse" when a measure fell or a
quotation of the new run does not stand on its page; "better" when none fell and at least one rose
by the same test; "too few questions to tell" when every measure that changed is over so few
questions that not even a fall in all of them is beyond noise; else "no difference beyond noise".
The measures hang together, and no correction
is made for their number: rather a false alarm more than a loss that nobody sees.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import fmean

import numpy as np
from scipy.stats import permutation_test

from eval.outcome import Outcome
from eval.questions import JudgedQuestion
from eval.runs import Run

SIGNIFICANT = 0.05
_RESAMPLES = 9_999
_SEED = 0
# Of n questions that all got worse chance alone explains 1 of 2^n relabellings.
FEWEST = next(n for n in range(1, 64) if 0.5**n < SIGNIFICANT)


class Verdict(StrEnum):
    """What a comparison comes to."""

    BETTER = "better"
    SAME = "no difference beyond noise"
    TOO_FEW = "too few questions to tell"
    WORSE = "worse"


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureChange:
    """One measure over the questions to which it applies in both runs."""

    name: str
    count: int
    old: float  # mean
    new: float
    fell_p: float  # how often chance alone makes it fall as far; one-sided
    rose_p: float
    better: tuple[str, ...]  # ids of the questions with a higher value
    worse: tuple[str, ...]

    @property
    def fell(self) -> bool:
        """Whether it fell beyond noise."""
        return self.new < self.old and self.fell_p < SIGNIFICANT

    @property
    def p(self) -> float:
        """How often chance alone makes it change as far, in the direction in which it did."""
        return self.fell_p if self.new < self.old else self.rose_p

    @property
    def rose(self) -> bool:
        """Whether it rose beyond noise."""
        return self.new > self.old and self.rose_p < SIGNIFICANT


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionChange:
    """One question whose worth or stage changed."""

    question_id: str
    question: str
    changes: Mapping[str, tuple[float | None, float | None]]  # by measure: old, new
    old_stage: str | None  # None: nothing was missed
    new_stage: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What changed from one run to another."""

    measures: tuple[MeasureChange, ...]
    questions: tuple[QuestionChange, ...]  # only those that changed
    stages: Mapping[str, tuple[int, int]]  # misses by stage: old, new
    left_out: tuple[str, ...]  # ids in one run only, or judged differently in the two
    faults: tuple[str, ...]  # quotations of the new run that do not stand on their page
    compared: int

    @property
    def verdict(self) -> Verdict:
        """By the rule of this module."""
        if self.faults or any(measure.fell for measure in self.measures):
            return Verdict.WORSE
        if any(measure.rose for measure in self.measures):
            return Verdict.BETTER
        changed = [measure for measure in self.measures if measure.old != measure.new]
        if changed and all(measure.count < FEWEST for measure in changed):
            return Verdict.TOO_FEW
        return Verdict.SAME


def compare(old: Run, new: Run) -> Comparison:
    """Compare the questions that stand in both runs with the same judgement."""
    before = {outcome.question.question_id: outcome for outcome in old.outcomes}
    after = {outcome.question.question_id: outcome for outcome in new.outcomes}
    shared = [i for i in before if i in after and _judgement(before[i]) == _judgement(after[i])]
    pairs = [(before[i], after[i]) for i in shared]
    changes = (_question_change(a, b) for a, b in pairs)
    return Comparison(
        measures=tuple(_measure_changes(pairs)),
        questions=tuple(change for change in changes if change),
        stages=_stages(pairs),
        left_out=tuple(i for i in {**before, **after} if i not in set(shared)),
        faults=tuple(
            f"{b.question.question_id}: {fault}" for _, b in pairs for fault in b.quotations.faults
        ),
        compared=len(pairs),
    )


def _judgement(outcome: Outcome) -> JudgedQuestion:
    """What the figures of a question rest on: all but the words that are there for people."""
    return replace(outcome.question, answer=None, note="")


def randomisation_p(differences: Sequence[float]) -> tuple[float, float]:
    """The paired randomisation test of a mean difference, one-sided each way.

    Under the null hypothesis each difference has either sign with equal chance. Differences of 0
    have no sign and are left out. All sign patterns are tried where there are fewer than 10,000,
    else 9,999 random ones (seed 0).

    Returns:
        The chance of a mean as low, and of one as high; (1, 1) when nothing differs.
    """
    signed = np.array([d for d in differences if d])
    if not len(signed):
        return 1.0, 1.0
    signed = np.append(
        signed, np.zeros(int(len(signed) == 1))
    )  # scipy wants two; 0 changes nothing
    p_values = [
        permutation_test(
            (signed, np.zeros_like(signed)),
            lambda a, b, axis: np.mean(a - b, axis=axis),
            permutation_type="samples",
            vectorized=True,
            n_resamples=_RESAMPLES,
            alternative=alternative,
            random_state=_SEED,
        ).pvalue
        for alternative in ("less", "greater")
    ]
    return float(p_values[0]), float(p_values[1])


def _measure_changes(pairs: Sequence[tuple[Outcome, Outcome]]) -> list[MeasureChange]:
    values: defaultdict[str, list[tuple[str, float, float]]] = defaultdict(list)
    for old, new in pairs:
        for name in old.values:
            if name in new.values:
                item = (old.question.question_id, old.values[name], new.values[name])
                values[name].append(item)
    return [_measure_change(name, found) for name, found in values.items()]


def _measure_change(name: str, found: Sequence[tuple[str, float, float]]) -> MeasureChange:
    fell_p, rose_p = randomisation_p([new - old for _, old, new in found])
    return MeasureChange(
        name=name,
        count=len(found),
        old=fmean(old for _, old, _ in found),
        new=fmean(new for _, _, new in found),
        fell_p=fell_p,
        rose_p=rose_p,
        better=tuple(i for i, old, new in found if new > old),
        worse=tuple(i for i, old, new in found if new < old),
    )


def _question_change(old: Outcome, new: Outcome) -> QuestionChange | None:
    names = {**old.values, **new.values}
    changes = {
        name: (old.values.get(name), new.values.get(name))
        for name in names
        if old.values.get(name) != new.values.get(name)
    }
    stages = tuple(o.diagnosis.stage if o.diagnosis else None for o in (old, new))
    if not changes and stages[0] == stages[1]:
        return None
    return QuestionChange(
        question_id=new.question.question_id,
        question=new.question.question,
        changes=changes,
        old_stage=stages[0],
        new_stage=stages[1],
    )


def _stages(pairs: Sequence[tuple[Outcome, Outcome]]) -> dict[str, tuple[int, int]]:
    before = Counter(old.diagnosis.stage for old, _ in pairs if old.diagnosis)
    after = Counter(new.diagnosis.stage for _, new in pairs if new.diagnosis)
    return {stage: (before[stage], after[stage]) for stage in {**before, **after}}
