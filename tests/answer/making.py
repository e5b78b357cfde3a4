"""Passages made by hand, as small as a test of answers needs them."""

from index.retriever import ScoredPassage
from ingest.document import GlyphRun, Page, PageSpan, Passage, Sentence, SentenceKind

Made = tuple[str, SentenceKind, int, bool]  # text, kind, block, whether it opens its block


def passage(*made: Made, passage_id: str = "guide#00000", page_number: int = 1) -> Passage:
    """A passage of given sentences, one a line, on one page that holds nothing else."""
    text = "\n".join(sentence for sentence, *_ in made)
    sentences, start = [], 0
    for sentence, kind, block, opens in made:
        sentences.append(
            Sentence(
                start_char=start,
                end_char=start + len(sentence),
                kind=kind,
                block=block,
                opens=opens,
            )
        )
        start += len(sentence) + 1
    return Passage(
        passage_id=passage_id,
        doc_id=passage_id.split("#", maxsplit=1)[0],
        heading_path=(),
        text=text,
        spans=(PageSpan(page_number=page_number, start_char=0, end_char=len(text)),),
        sentences=tuple(sentences),
    )


def sentence_passage(*texts: str, passage_id: str = "guide#00000") -> Passage:
    """A passage of plain sentences in one paragraph."""
    made = [(text, SentenceKind.SENTENCE, 0, n == 0) for n, text in enumerate(texts)]
    return passage(*made, passage_id=passage_id)


def page(text: str, number: int = 1, label: str | None = None) -> Page:
    """A page of a given text, drawn in the order in which it is read."""
    return Page(
        doc_id="guide",
        number=number,
        label=label,
        width=612,
        height=792,
        text=text,
        lines=(),
        runs=(GlyphRun(text_start=0, glyph_start=0, length=len(text)),),
    )


def scored(
    of: Passage, *sentence_scores: float, score: float = 0.5, rank: int = 1, dense: float = 0.5
) -> ScoredPassage:
    """A ranked passage."""
    return ScoredPassage(
        passage=of,
        rank=rank,
        score=score,
        dense=dense,
        lexical=0.0,
        sentence_scores=sentence_scores,
    )


def even_rarity(term: str) -> float:
    """Every term is as rare as every other."""
    return 1.0 if term else 0.0
