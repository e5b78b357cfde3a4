"""Stretches of a passage -> statements whose every word is found on its page, or nothing."""

import re
from collections.abc import Mapping
from itertools import pairwise

from answer.reply import Citation, Statement
from ingest.document import Page, Passage, Sentence
from ingest.provenance import pieces
from ingest.symbols import folded_space, readable

Pages = Mapping[tuple[str, int], Page]


def cite(passage: Passage, start_char: int, end_char: int, pages: Pages) -> Statement | None:
    """Quote `passage.text[start_char:end_char]`.

    The words are read from the stored pages again and compared with the passage.

    Returns:
        The statement, or None when a word of it does not stand where the passage says.
    """
    citations = []
    for span in passage.spans_of(start_char, end_char):
        page = pages.get((passage.doc_id, span.page_number))
        if page is None or span.end_char > len(page.text):
            return None
        text = page.text[span.start_char : span.end_char]
        citations.append(
            Citation(
                passage_id=passage.passage_id,
                doc_id=passage.doc_id,
                cited_text=text,
                page_number=page.number,
                page_label=page.label,
                start_char=span.start_char,
                end_char=span.end_char,
                pieces=tuple(
                    page.text[a:b] for a, b in pieces(page, span.start_char, span.end_char)
                ),
                ocr_confidence=page.ocr.confidence if page.ocr else None,
            )
        )
    quoted = passage.text[start_char:end_char]
    found = "".join(citation.cited_text for citation in citations)
    if not citations or _without_space(found) != _without_space(quoted):
        return None
    return Statement(
        text=flow(passage, start_char, end_char),
        passage=passage,
        start_char=start_char,
        end_char=end_char,
        citations=tuple(citations),
    )


def flow(passage: Passage, start_char: int, end_char: int) -> str:
    """`passage.text[start_char:end_char]` for reading: the page's line breaks folded to spaces.

    A paragraph, a list item and a table row each begin a new line, cells stand between bars, and
    bullets of symbol fonts are shown as what they look like.
    """
    breaks = [
        s.start_char for s in passage.sentences if s.opens and start_char < s.start_char < end_char
    ]
    edges = [start_char, *breaks, end_char]
    rows = {s.start_char: s for s in passage.sentences if s.cells and s.end_char <= end_char}
    return "\n".join(
        _row(passage, rows[a]) if a in rows else _folded(passage.text[a:b])
        for a, b in pairwise(edges)
    )


def _row(passage: Passage, row: Sentence) -> str:
    """The cells of a table row between bars, empty ones too, so that each is under its head."""
    columns = {cell.column for s in passage.sentences if s.block == row.block for cell in s.cells}
    texts = {c.column: _folded(passage.text[c.start_char : c.end_char]) for c in row.cells}
    if len(texts) == 1 or len(columns) == 1:
        return " ".join(texts.values())
    return " | ".join(texts.get(column, "") for column in sorted(columns))


def _folded(text: str) -> str:
    return folded_space(readable(text))


def _without_space(text: str) -> str:
    return re.sub(r"\s+", "", text)
