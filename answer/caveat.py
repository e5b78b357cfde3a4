"""What is said right after a quotation and may turn it."""

from collections.abc import Sequence
from dataclasses import replace

from answer.leaning import qualifies
from answer.selection import Selection, sentence_text, stretch
from ingest.document import Passage, SentenceKind


def with_its_caveat(whole: Sequence[Selection], passages: Sequence[Passage]) -> list[Selection]:
    """A quotation with the sentence right after it under its heading, where that is a caveat."""
    last = whole[-1]
    place = passages.index(last.passage)
    following = (
        (passage, number)
        for passage in passages[place : place + 2]
        if passage.heading_path == last.passage.heading_path
        for number, sentence in enumerate(passage.sentences)
        if passage is not last.passage or sentence.start_char >= last.end_char
    )
    passage, number = next(following, (last.passage, None))
    if number is None:
        return list(whole)
    sentence = passage.sentences[number]
    caveat = qualifies(sentence_text(passage, sentence))
    if sentence.kind is not SentenceKind.SENTENCE or not caveat:
        return list(whole)
    if passage is last.passage:
        return [*whole[:-1], replace(last, end_char=sentence.end_char)]
    return [*whole, stretch(passage, number, number, last.score)]
