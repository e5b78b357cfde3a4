"""Ten questions typed out: every figure below can be worked out from the table above it."""

from dataclasses import replace
from math import log2

import pytest

from answer.cite import cite
from answer.reply import Abstention, Answer, Reason, Reply
from eval.outcome import Outcome, Quotations
from eval.questions import Gold, JudgedQuestion
from eval.run import measured
from eval.summary import Summary, summarise
from index.retriever import ScoredPassage
from tests.answer.making import page, scored, sentence_passage
from tests.make_pdf import document

_DOCUMENTS = {"guide": document("guide.pdf", "The guide")}
_TEXTS = {
    1: "Trust comes first.",
    2: "Meetings are held each month.",
    3: "A chair is elected.",
    4: "Seven counties took part.",
    5: "Minutes are public.",
    6: "Grants end in June.",
    7: "All grants end in June.",
}

_SURE = 0.65  # support from which an answer is shown without a word of doubt

# id, kind, gold entries (pages of each), needs, pages as found, cited pages (None: refused) and
# support. Ranked are the cited pages, then the others as found.
_TABLE = (
    ("q01", "fact", ((1,),), "any", (1, 2, 3), (1,), 1.0),
    ("q02", "fact", ((2,),), "any", (1, 2), (2,), 0.9),
    ("q03", "who", ((3,),), "any", (1, 2, 3), (1,), 0.8),
    ("q04", "number", ((4,),), "any", (1, 2, 3, 5, 6, 4), (4,), 0.4),
    ("q05", "multi_part", ((1,), (2,)), "all", (1, 3, 2), (1,), 0.7),
    ("q06", "fact", ((5,),), "any", (1, 2, 3, 4, 6, 5), None, 0.1),
    ("q07", "date", ((6, 7),), "any", (7,), (7, 2), 0.6),
    ("q08", "near_topic", (), "any", (1,), None, 0.3),
    ("q09", "near_topic", (), "any", (1,), (1,), 0.5),
    ("q10", "off_topic", (), "any", (1,), None, 0.0),
)


def _scored(number: int, rank: int) -> ScoredPassage:
    made = sentence_passage(_TEXTS[number], passage_id=f"guide#{number:05d}")
    spans = tuple(replace(span, page_number=number) for span in made.spans)
    return scored(replace(made, spans=spans), 0.5, rank=rank, score=1 / rank)


def _reply(ranked: tuple[int, ...], cited: tuple[int, ...] | None, support: float) -> Reply:
    evidence = tuple(_scored(number, rank) for rank, number in enumerate(ranked, start=1))
    if cited is None:
        return Abstention(
            question="?",
            understood="?",
            reason=Reason.NOT_COVERED,
            message="No.",
            evidence=evidence,
            related=(),
            release=1,
            support=support,
        )
    pages = {("guide", number): page(_TEXTS[number], number) for number in cited}
    statements = [cite(_scored(n, 1).passage, 0, len(_TEXTS[n]), pages) for n in cited]
    return Answer(
        question="?",
        understood="?",
        statements=tuple(s for s in statements if s),
        evidence=evidence,
        release=1,
        support=support,
        sure=support >= _SURE,
    )


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    made = []
    for question_id, kind, gold, needs, ranked, cited, support in _TABLE:
        question = JudgedQuestion(
            question_id=question_id,
            question="?",
            history=(),
            kind=kind,
            answerable=bool(gold),
            needs="all" if needs == "all" else "any",
            gold=tuple(
                Gold(file="guide.pdf", pages=pages, quote=_TEXTS[pages[-1]]) for pages in gold
            ),
        )
        made.append(
            Outcome(
                question=question,
                reply={"support": support},
                values=measured(question, _reply(ranked, cited, support), _DOCUMENTS),
                diagnosis=None,
                quotations=Quotations(count=0, by_ocr=0, faults=()),
                seconds=0.0,
            )
        )
    return made


@pytest.fixture(scope="module")
def summary(outcomes: list[Outcome]) -> Summary:
    return summarise(outcomes)


@pytest.mark.parametrize(
    ("name", "total", "count"),
    [
        ("Recall@1", 1 + 1 + 0 + 1 + 1 / 2 + 0 + 1, 7),
        ("Recall@5", 1 + 1 + 1 + 1 + 1 + 0 + 1, 7),
        ("Recall@10", 1 + 1 + 1 + 1 + 1 + 1 + 1, 7),
        ("MRR@10", 1 + 1 + 1 / 3 + 1 + 1 + 1 / 6 + 1, 7),
        (
            "nDCG@10",
            1
            + 1
            + 1 / log2(4)
            + 1
            + (1 + 1 / log2(4)) / (1 + 1 / log2(3))
            + 1 / log2(7)
            + 1 / (1 + 1 / log2(3)),
            7,
        ),
        ("answered", 6, 7),
        ("answered without doubt", 1 + 1 + 1 + 0 + 1 + 0 + 0, 7),
        ("page hit", 1 + 1 + 0 + 1 + 1 + 0 + 1, 7),
        ("quote hit", 1 + 1 + 0 + 1 + 1 + 0 + 1, 7),
        ("complete", 1 + 1 + 0 + 1 + 1 / 2 + 0 + 1, 7),
        ("citation precision", 1 + 1 + 0 + 1 + 1 + 1 / 2, 6),
        ("refused near_topic", 1, 2),
        ("refused or doubted near_topic", 1 + 1, 2),
        ("refused off_topic", 1, 1),
    ],
)
def test_every_measure_is_the_fraction_of_the_table(
    summary: Summary, name: str, total: float, count: int
) -> None:
    measure = next(m for m in summary.measures if m.name == name)
    assert measure.count == count
    assert measure.mean == pytest.approx(total / count, abs=1e-6)


def test_no_measure_is_left_unchecked(summary: Summary) -> None:
    assert len(summary.measures) == 14


def test_the_area_counts_pairs_in_the_right_order(summary: Summary) -> None:
    # Answerable 1, .9, .8, .4, .7, .1, .6 against near-topic .3 and .5: 6 + 5 of 14 pairs are won.
    assert summary.curve is not None
    assert summary.curve.area == pytest.approx(11 / 14)


def test_the_curve_tries_every_bound(summary: Summary) -> None:
    assert summary.curve is not None
    found = {point.bound: (point.answered, point.refused) for point in summary.curve.points}
    assert found[0.1] == (1, 0)
    assert found[0.4] == (6 / 7, 1 / 2)
    assert found[0.6] == (5 / 7, 1)
    assert summary.curve.points[-1].answered == 0


def test_equal_questions_tell_nothing_by_their_length(summary: Summary) -> None:
    assert summary.curve is not None
    assert summary.curve.form_area == 0.5
