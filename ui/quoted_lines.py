"""The lines of a quotation with what each is: paragraph, list item, or row of a table."""

from dataclasses import dataclass
from itertools import pairwise

from answer.cite import flow
from answer.reply import Statement
from ingest.document import Sentence, SentenceKind


@dataclass(frozen=True, kw_only=True, slots=True)
class QuotedLine:
    """One line of a quotation, as `answer.cite.flow` reads it."""

    text: str  # verbatim; the cells of a row between bars
    kind: SentenceKind | None  # None: it begins inside a sentence
    block: int  # of the paragraph, list or table in its document; -1: not known
    cells: tuple[tuple[int, str], ...] = ()  # column and words, of a whole row of a table


def quoted_lines(part: Statement) -> list[QuotedLine]:
    """The lines of one part of a quotation, from top to bottom."""
    inside = {
        sentence.start_char: sentence
        for sentence in part.passage.sentences
        if part.start_char <= sentence.start_char < part.end_char
    }
    opening = [start for start, s in inside.items() if s.opens and start > part.start_char]
    edges = [part.start_char, *opening, part.end_char]
    return [_line(part, start, end, inside.get(start)) for start, end in pairwise(edges)]


def _line(part: Statement, start: int, end: int, sentence: Sentence | None) -> QuotedLine:
    text = flow(part.passage, start, end)
    if sentence is None:
        return QuotedLine(text=text, kind=None, block=-1)
    whole = sentence.end_char <= end
    cells = tuple(
        (cell.column, flow(part.passage, cell.start_char, cell.end_char))
        for cell in (sentence.cells if whole else ())
    )
    return QuotedLine(text=text, kind=sentence.kind, block=sentence.block, cells=cells)
