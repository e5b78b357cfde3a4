"""What is shown or nearly was comes first among what was found."""

from dataclasses import replace

from answer.choose import Candidate
from answer.ranking import page_ranking, quoted_first
from answer.reply import Abstention, Answer, Citation, Reason, Statement
from index.retriever import ScoredPassage
from ingest.document import PageSpan, Passage, SentenceKind
from tests.answer.making import passage, scored, sentence_passage

_ONE, _TWO, _THREE = (
    sentence_passage(f"{name} word.", passage_id=f"{name}#0") for name in ("a", "b", "c")
)


def _quoting(quoted: Passage, page_number: int = 1) -> Statement:
    citation = Citation(
        passage_id=quoted.passage_id,
        doc_id=quoted.doc_id,
        cited_text="word",
        page_number=page_number,
        page_label=None,
        start_char=0,
        end_char=4,
        pieces=("word",),
    )
    return Statement(text="word", passage=quoted, start_char=0, end_char=4, citations=(citation,))


def _candidate(*quoted: Passage) -> Candidate:
    return Candidate(statements=tuple(map(_quoting, quoted)), nearness=0.0, log_odds=0.0)


def _names(ranked: tuple[ScoredPassage, ...]) -> list[tuple[str, int]]:
    return [(scored.passage.passage_id, scored.rank) for scored in ranked]


def test_what_quotations_were_chosen_from_comes_first() -> None:
    found = [scored(each, 0.5, rank=n) for n, each in enumerate((_ONE, _TWO, _THREE), start=1)]
    chosen = [_candidate(_THREE), _candidate(_TWO, _THREE)]
    assert _names(quoted_first(chosen, found, ())) == [("c#0", 1), ("b#0", 2), ("a#0", 3)]
    assert _names(quoted_first([], found, ())) == [("a#0", 1), ("b#0", 2), ("c#0", 3)]


def test_what_was_found_for_a_part_only_takes_the_last_place() -> None:
    found = [scored(_ONE, 0.5, rank=1), scored(_TWO, 0.5, rank=2)]
    ranked = quoted_first([_candidate(_THREE)], found, [scored(_THREE, 0.5, rank=1)])
    assert _names(ranked) == [("c#0", 1), ("a#0", 2)]


def test_a_passage_that_a_list_goes_on_in_has_no_rank_of_its_own() -> None:
    ranked = quoted_first([_candidate(_TWO, _THREE)], [scored(_TWO, 0.5, rank=1)], ())
    assert _names(ranked) == [("b#0", 1)]


_OVER = replace(
    passage(
        *[(text, SentenceKind.SENTENCE, 0, True) for text in ("One.", "Two.")],
        passage_id="c#0",
    ),
    spans=(
        PageSpan(page_number=3, start_char=0, end_char=4),
        PageSpan(page_number=4, start_char=0, end_char=4),
    ),
)
_EVIDENCE = (
    scored(_ONE, 0.5, rank=1),
    scored(_OVER, 0.2, 0.6, rank=2),
    scored(replace(_ONE, passage_id="a#1"), 0.5, rank=3),
    scored(_TWO, 0.5, rank=4),
)


def test_pages_are_ranked_by_their_best_passage() -> None:
    reply = Abstention(
        question="",
        understood="",
        reason=Reason.NOT_ANSWERED,
        message="",
        evidence=_EVIDENCE,
        related=(),
        release=1,
    )
    # Of the passage over two pages the nearer sentence stands on page 4.
    assert page_ranking(reply) == [("a", 1), ("c", 4), ("c", 3), ("b", 1)]


def test_the_pages_that_are_cited_come_first() -> None:
    reply = Answer(
        question="",
        understood="",
        statements=(_quoting(_TWO), _quoting(_OVER, page_number=3)),
        evidence=_EVIDENCE,
        release=1,
    )
    assert page_ranking(reply) == [("b", 1), ("c", 3), ("a", 1), ("c", 4)]
