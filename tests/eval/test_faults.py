"""A deliberate fault at each stage is caught by comparing, and put down to that stage."""

from collections.abc import Callable, Collection
from dataclasses import replace

import pytest

from answer.pipeline import Assistant
from eval.compare import Comparison, Verdict, compare
from eval.diagnose import Stage
from eval.question_files import read_question_set
from eval.questions import JudgedQuestion
from eval.run import run_questions
from eval.runs import Run, header_for
from index.releases import Release
from index.retriever import Retriever, ScoredPassage
from ingest.document import Passage
from tests.conftest import ROOT

STARTER_SET = ROOT / "eval" / "sets" / "starter.jsonl"
Keep = Callable[[Passage], bool]


class Thinned:
    """A retriever that never finds some passages: a double for an index that lacks them."""

    def __init__(self, retriever: Retriever, keep: Keep) -> None:
        self._retriever = retriever
        self._keep = keep

    def retrieve(
        self, query: str, *, k: int, doc_ids: Collection[str] | None = None
    ) -> list[ScoredPassage]:
        found = self._retriever.retrieve(query, k=10 * k, doc_ids=doc_ids)
        return [scored for scored in found if self._keep(scored.passage)][:k]


class Renumbered:
    """A retriever whose passages stand one page further on."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever

    def retrieve(
        self, query: str, *, k: int, doc_ids: Collection[str] | None = None
    ) -> list[ScoredPassage]:
        found = self._retriever.retrieve(query, k=k, doc_ids=doc_ids)
        return [replace(scored, passage=one_page_on(scored.passage)) for scored in found]


def one_page_on(passage: Passage) -> Passage:
    spans = tuple(replace(span, page_number=span.page_number + 1) for span in passage.spans)
    return replace(passage, spans=spans)


def with_passages(assistant: Assistant, keep: Keep, release: Release) -> Assistant:
    passages = tuple(passage for passage in release.passages if keep(passage))
    return replace(
        assistant,
        release=replace(release, passages=passages),
        retriever=Thinned(assistant.retriever, keep),
    )


def without_pages(assistant: Assistant) -> Assistant:
    """No page of the first half of any publication could be read."""
    counts = {d.doc_id: d.page_count for d in assistant.release.documents}
    pages = {
        (doc_id, number): replace(page, text="", lines=(), runs=())
        if number <= counts[doc_id] // 2
        else page
        for (doc_id, number), page in assistant.release.pages.items()
    }
    return with_passages(
        assistant,
        lambda passage: passage.first_page > counts[passage.doc_id] // 2,
        replace(assistant.release, pages=pages),
    )


def without_passages(assistant: Assistant) -> Assistant:
    """The pages were read, and half of them gave no passage."""
    return with_passages(assistant, lambda p: p.first_page % 2 == 0, assistant.release)


def with_page_numbers_off(assistant: Assistant) -> Assistant:
    """Every page number is one too high."""
    release = assistant.release
    shifted = replace(
        release,
        pages={
            (doc_id, number + 1): replace(page, number=number + 1)
            for (doc_id, number), page in release.pages.items()
        },
        documents=tuple(replace(d, page_count=d.page_count) for d in release.documents),
        passages=tuple(map(one_page_on, release.passages)),
    )
    first = {(d.doc_id, 1): release.pages[d.doc_id, 1] for d in release.documents if d.page_count}
    return replace(
        assistant,
        release=replace(shifted, pages={**first, **shifted.pages}),
        retriever=Renumbered(assistant.retriever),
    )


def reading_one_passage(assistant: Assistant) -> Assistant:
    return replace(
        assistant,
        settings=replace(assistant.settings, evidence_passages=1, read_passages=1, read_lists=1),
    )


def choosing_the_farthest_sentence(assistant: Assistant) -> Assistant:
    settings = replace(
        assistant.settings,
        weight_passage=-1.0,
        weight_cosine=-1.0,
        weight_coverage=-1.0,
        weight_kind=0.0,
        max_statements=1,
    )
    return replace(assistant, settings=settings)


def refusing_too_much(assistant: Assistant) -> Assistant:
    return replace(assistant, settings=replace(assistant.settings, min_support=1.4))


def refusing_nothing(assistant: Assistant) -> Assistant:
    return replace(assistant, settings=replace(assistant.settings, min_support=-1.0))


def quoting_once(assistant: Assistant) -> Assistant:
    return replace(assistant, settings=replace(assistant.settings, max_statements=1))


def asked(assistant: Assistant, questions: list[JudgedQuestion]) -> Run:
    header = header_for(assistant, questions, STARTER_SET.name)
    return Run(header=header, outcomes=tuple(run_questions(assistant, questions)))


@pytest.fixture(scope="module")
def assistant(assistant: Assistant) -> Assistant:
    """Without the reader: the faults are in what comes before it, and it takes most of the time."""
    return replace(assistant, reader=None)


@pytest.fixture(scope="module")
def questions() -> list[JudgedQuestion]:
    return read_question_set(STARTER_SET)


@pytest.fixture(scope="module")
def sound(assistant: Assistant, questions: list[JudgedQuestion]) -> Run:
    return asked(assistant, questions)


@pytest.fixture
def compared(
    assistant: Assistant, questions: list[JudgedQuestion], sound: Run
) -> Callable[[Callable[[Assistant], Assistant]], Comparison]:
    return lambda fault: compare(sound, asked(fault(assistant), questions))


def gained(comparison: Comparison) -> Stage:
    """The stage that lost the most questions that it did not lose before."""
    growth = {stage: new - old for stage, (old, new) in comparison.stages.items()}
    return Stage(max(growth, key=lambda stage: growth[stage]))


@pytest.mark.parametrize(
    ("fault", "stage"),
    [
        (without_pages, Stage.PAGE_NOT_READABLE),
        (without_passages, Stage.PASSAGE_NOT_MADE),
        (reading_one_passage, Stage.NOT_RETRIEVED),
        (choosing_the_farthest_sentence, Stage.NOT_CHOSEN),
        (refusing_too_much, Stage.REFUSED),
        (with_page_numbers_off, Stage.WRONG_PAGE),
    ],
)
def test_a_fault_is_caught_and_put_down_to_its_stage(
    compared: Callable[[Callable[[Assistant], Assistant]], Comparison],
    fault: Callable[[Assistant], Assistant],
    stage: Stage,
) -> None:
    comparison = compared(fault)
    assert comparison.verdict is Verdict.WORSE
    assert gained(comparison) is stage
    assert comparison.questions


def test_a_part_that_is_not_quoted_is_put_down_as_incomplete(
    compared: Callable[[Callable[[Assistant], Assistant]], Comparison],
) -> None:
    old, new = compared(quoting_once).stages[Stage.INCOMPLETE]
    assert new > old


def test_the_sound_run_is_no_worse_than_itself(
    compared: Callable[[Callable[[Assistant], Assistant]], Comparison],
) -> None:
    comparison = compared(lambda assistant: assistant)
    assert comparison.verdict is Verdict.SAME
    assert comparison.questions == ()
