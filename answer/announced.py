"""What a quotation that ends in a colon announces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, takewhile

from answer.nesting import introduces
from answer.selection import Place, Selection, in_pieces, length, sentence_text
from answer.settings import AnswerSettings
from ingest.document import HEAD_KINDS, Passage, SentenceKind

_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")


def with_what_it_announces(
    whole: Sequence[Selection], passages: Sequence[Passage], settings: AnswerSettings
) -> list[Selection]:
    """A quotation that ends in a colon with what follows it under its heading, if that is short.

    That is a paragraph, a list or a table; of lines that do not end as sentences do (an address)
    all that follow one another.
    """
    last = whole[-1]
    if not introduces(last.passage.text[last.start_char : last.end_char]):
        return list(whole)
    blocks = [list(own) for _, own in groupby(_after(last, passages), key=_block_of)]
    announced = blocks[0] if blocks else []
    for before, here in pairwise(blocks):
        if not (_is_bare_line(before) and _is_bare_line(here)):
            break
        announced = [*announced, *here]
    kinds = {passage.sentences[number].kind for passage, number in announced}
    pieces = in_pieces(announced, last.score)
    is_text = kinds <= {SentenceKind.SENTENCE}
    room = settings.max_paragraph_chars if is_text else settings.max_list_chars - length(whole)
    if not pieces or SentenceKind.FOOTNOTE in kinds or length(pieces) > room:
        return list(whole)
    if pieces[0].passage is last.passage:
        return [*whole[:-1], replace(last, end_char=pieces[0].end_char), *pieces[1:]]
    return [*whole, *pieces]


def _after(last: Selection, passages: Sequence[Passage]) -> Iterator[Place]:
    """The sentences after a stretch under its heading; heads that are repeated are left out."""
    path, heads = last.passage.heading_path, set[str]()
    for passage in takewhile(
        lambda p: p.heading_path == path, passages[passages.index(last.passage) :]
    ):
        for number, sentence in enumerate(passage.sentences):
            text = sentence_text(passage, sentence)
            is_after = passage is not last.passage or sentence.start_char >= last.end_char
            if is_after and text not in heads:
                yield passage, number
            if sentence.kind in HEAD_KINDS:
                heads.add(text)


def _block_of(place: Place) -> int:
    passage, number = place
    return passage.sentences[number].block


def _is_bare_line(block: Sequence[Place]) -> bool:
    """Whether a paragraph is a line of an address or of a plain list: no sentence ends in it."""
    (passage, number), *more = block
    sentence = passage.sentences[number]
    is_text = sentence.kind is SentenceKind.SENTENCE and not more
    return is_text and not _ENDED.search(sentence_text(passage, sentence).rstrip())
