"""What holds for the passages of every document, whatever it looks like."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from ingest.document import HEAD_KINDS, QUOTABLE_ROLES, Page, Passage
from ingest.split import context_line


def assert_passage_laws(
    pages: Sequence[Page],
    passages: Sequence[Passage],
    *,
    title: str,
    count_tokens: Callable[[str], int],
    window_tokens: int,
) -> None:
    """Check every law; the message names the passage or the line that breaks it."""
    by_number = {page.number: page for page in pages}
    for passage in passages:
        _assert_reads_back(passage, by_number)
        _assert_sentences_cover(passage)
        whole = f"{context_line(title, passage.heading_path)}\n{passage.text}"
        tokens = count_tokens(whole)
        assert tokens <= window_tokens, f"{passage.passage_id} has {tokens} tokens"
    _assert_covered_once(pages, passages)
    assert len({passage.passage_id for passage in passages}) == len(passages)


def _assert_reads_back(passage: Passage, pages: dict[int, Page]) -> None:
    read = [pages[s.page_number].text[s.start_char : s.end_char] for s in passage.spans]
    assert passage.text == "\n".join(read), passage.passage_id
    assert all(s.start_char < s.end_char for s in passage.spans), passage.passage_id
    for before, here in pairwise(passage.spans):
        assert (before.page_number, before.end_char) <= (here.page_number, here.start_char), (
            f"{passage.passage_id}: spans are not in order"
        )


def _assert_sentences_cover(passage: Passage) -> None:
    end = 0
    for sentence in passage.sentences:
        assert not passage.text[end : sentence.start_char].strip(), passage.passage_id
        assert sentence.start_char < sentence.end_char, passage.passage_id
        end = sentence.end_char
    assert not passage.text[end:].strip(), passage.passage_id


def _assert_covered_once(pages: Sequence[Page], passages: Sequence[Passage]) -> None:
    covered: dict[int, Counter[int]] = {page.number: Counter() for page in pages}
    repeated: dict[int, set[int]] = {page.number: set() for page in pages}
    for passage in passages:
        for span in passage.spans:
            covered[span.page_number].update(range(span.start_char, span.end_char))
        for head in (s for s in passage.sentences if s.kind in HEAD_KINDS):
            for span in passage.spans_of(head.start_char, head.end_char):
                repeated[span.page_number].update(range(span.start_char, span.end_char))
    for page in pages:
        counts, heads = covered[page.number], repeated[page.number]
        for line in page.lines:
            inked = [c for c in range(line.start_char, line.end_char) if not page.text[c].isspace()]
            where = f"page {page.number}: {page.line_text(line)!r}"
            if line.role not in QUOTABLE_ROLES:
                assert not any(counts[c] for c in inked), f"{where} ({line.role}) is in a passage"
                continue
            twice = [c for c in inked if counts[c] > 1 and c not in heads]
            assert not twice, f"{where} is in two passages"
            lost = "".join(" " if counts[c] else page.text[c] for c in inked)
            # A passage without a word, such as a lone bullet, is left out on purpose.
            assert not re.search(r"[^\W\d_]{2}", lost), f"{where} is lost: {lost!r}"
