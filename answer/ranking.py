"""What was found and read for a question -> its passages and pages, best first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from answer.choose import Candidate
from answer.reply import Answer, Reply
from index.retriever import ScoredPassage

PageOfDocument = tuple[str, int]  # doc_id, physical page


def quoted_first(
    chosen: Iterable[Candidate], found: Sequence[ScoredPassage], others: Iterable[ScoredPassage]
) -> tuple[ScoredPassage, ...]:
    """The passages found, ranked anew: those that quotations were chosen from, then the rest.

    The reader knows better than the search what answers, whether or not it is enough to be shown.

    Args:
        chosen: best first.
        found: for the question as a whole, best first; as many are given back.
        others: found for its parts.
    """
    known = {scored.passage.passage_id: scored for scored in (*others, *found)}
    quoted = dict.fromkeys(s.passage.passage_id for each in chosen for s in each.statements)
    # A list goes on in passages that the search has not found by themselves.
    first = [known[passage_id] for passage_id in quoted if passage_id in known]
    rest = [scored for scored in found if scored.passage.passage_id not in quoted]
    ranked = [*first, *rest][: max(len(found), len(first))]
    return tuple(replace(scored, rank=rank) for rank, scored in enumerate(ranked, start=1))


def page_ranking(reply: Reply) -> list[PageOfDocument]:
    """The pages that were cited, then those of the passages found; each once, best first.

    Of a passage that runs over a page break, the page with the nearest sentence comes first.
    """
    statements = reply.statements if isinstance(reply, Answer) else ()
    cited = [(c.doc_id, c.page_number) for s in statements for c in (*s.citations, *s.sources)]
    found = [
        (scored.passage.doc_id, number)
        for scored in reply.evidence
        for number in _pages_by_nearness(scored)
    ]
    return list(dict.fromkeys([*cited, *found]))


def _pages_by_nearness(scored: ScoredPassage) -> list[int]:
    nearest: dict[int, float] = {span.page_number: -1.0 for span in scored.passage.spans}
    for sentence, score in zip(scored.passage.sentences, scored.sentence_scores, strict=True):
        for span in scored.passage.spans_of(sentence.start_char, sentence.end_char):
            nearest[span.page_number] = max(nearest[span.page_number], score)
    return sorted(nearest, key=lambda number: (-nearest[number], number))
