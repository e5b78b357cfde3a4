"""Many outcomes -> means with intervals, misses by stage, and what a bound on support gives."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from eval.measures import bootstrap_interval
from eval.outcome import Outcome

_NEAR = "near_topic"


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """The mean of one measure over the questions that it applies to."""

    name: str
    mean: float
    count: int
    interval: tuple[float, float]  # 95%

    @property
    def known_interval(self) -> tuple[float, float] | None:
        """The interval; None where all questions came out alike, for there is none to be had."""
        low, high = self.interval
        return self.interval if low < high else None


@dataclass(frozen=True, kw_only=True, slots=True)
class CurvePoint:
    """What a bound on the support would do."""

    bound: float  # refused below it
    answered: float  # share of the answerable questions
    refused: float  # share of the near-topic questions that nothing answers


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """Refused near-topic questions against answered ones."""

    points: tuple[CurvePoint, ...]  # from "refuse nothing" to "refuse everything"
    area: float  # 0.5: no better than a coin
    form_area: float  # what the length of the question alone gives; a real signal is clear of it


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """What a whole run is worth."""

    measures: tuple[Measure, ...]
    stages: dict[str, int]  # misses by the stage that lost them
    curve: Curve | None  # None without both kinds of question
    quotations: int
    by_ocr: int
    faults: tuple[str, ...]  # quotations that do not stand on their page, with the question's id
    prose: int  # quotations that hold running text; 0 where an earlier version made the run
    torn: tuple[str, ...]  # those of them that are no whole sentences, with the question's id
    seconds: tuple[float, ...]  # of each question, in order


class Tally:
    """Takes outcomes one by one and keeps only their figures, so that long runs stay small."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._values: defaultdict[str, list[float]] = defaultdict(list)
        self._stages: Counter[str] = Counter()
        self._supports: dict[str, list[tuple[float, int]]] = {"answerable": [], _NEAR: []}
        self._seconds: list[float] = []
        self._quotations = self._by_ocr = 0
        self._faults: list[str] = []
        self._prose = 0
        self._torn: list[str] = []

    def add(self, outcome: Outcome) -> None:
        """Count one outcome in."""
        for name, value in outcome.values.items():
            self._values[name].append(value)
        if outcome.diagnosis:
            self._stages[outcome.diagnosis.stage] += 1
        question = outcome.question
        group = "answerable" if question.answerable else question.kind
        if group in self._supports:
            words = len(question.question.split())
            self._supports[group].append((outcome.reply["support"], words))
        self._seconds.append(outcome.seconds)
        self._quotations += outcome.quotations.count
        self._by_ocr += outcome.quotations.by_ocr
        self._faults += [f"{question.question_id}: {f}" for f in outcome.quotations.faults]
        self._prose += outcome.quotations.prose
        self._torn += [f"{question.question_id}: {words}" for words in outcome.quotations.torn]

    def summary(self) -> Summary:
        """The figures so far; measures in the order in which they first occurred."""
        answerable, near = self._supports["answerable"], self._supports[_NEAR]
        return Summary(
            measures=tuple(
                Measure(
                    name=name,
                    mean=fmean(found),
                    count=len(found),
                    interval=bootstrap_interval(found),
                )
                for name, found in self._values.items()
            ),
            stages=dict(self._stages.most_common()),
            curve=curve(answerable, near) if answerable and near else None,
            quotations=self._quotations,
            by_ocr=self._by_ocr,
            faults=tuple(self._faults),
            prose=self._prose,
            torn=tuple(self._torn),
            seconds=tuple(self._seconds),
        )


def summarise(outcomes: Iterable[Outcome]) -> Summary:
    """The figures of some outcomes."""
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome)
    return tally.summary()


def curve(answerable: Sequence[tuple[float, int]], near: Sequence[tuple[float, int]]) -> Curve:
    """Try every bound.

    Args:
        answerable: (support, words of the question) of each answerable question.
        near: the same of each near-topic question that nothing answers.
    """
    supports = [support for support, _ in answerable]
    others = [support for support, _ in near]
    bounds = [*sorted({*supports, *others}), max(*supports, *others) + 1.0]
    points = tuple(
        CurvePoint(
            bound=bound,
            answered=fmean(support >= bound for support in supports),
            refused=fmean(support < bound for support in others),
        )
        for bound in bounds
    )
    by_length = area([n for _, n in answerable], [n for _, n in near])
    return Curve(
        points=points,
        area=area(supports, others),
        form_area=max(by_length, 1 - by_length),
    )


def area(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """The share of pairs in which the positive scores higher; ties count half.

    This is the area under the curve of one rate against the other (Hanley and McNeil, 1982).
    """
    won = sum((p > n) + 0.5 * (p == n) for p in positives for n in negatives)
    return won / (len(positives) * len(negatives))
