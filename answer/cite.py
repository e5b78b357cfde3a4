"""Stretches of a passage -> statements whose every word is found on its page, or nothing."""

import re
from collections.abc import Mapping
from itertools import pairwise

from answer.reply import Citation, Statement
from ingest.document import Page, Passage
from ingest.provenance import pieces
from ingest.symbols import readable

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
        if page is None:
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

    A paragraph, a list item and a table row each begin a new line, and bullets of symbol fonts are
    shown as what they look like.
    """
    breaks = [
        s.start_char for s in passage.sentences if s.opens and start_char < s.start_char < end_char
    ]
    edges = [start_char, *breaks, end_char]
    return "\n".join(" ".join(readable(passage.text[a:b]).split()) for a, b in pairwise(edges))


def _without_space(text: str) -> str:
    return re.sub(r"\s+", "", text)
