"""What an item of a list or a row of a table stands under."""

from collections.abc import Sequence

from ingest.document import HEAD_KINDS, SentenceKind


def heads_over(kinds: Sequence[SentenceKind], number: int) -> list[int]:
    """The numbers of what one part of a list or table stands under, in order.

    That is the lead-in, the caption and the column heads; and of the sections of a table the one
    that the part is in.

    Args:
        kinds: of the parts of one list or table, in order.
        number: of one of them.
    """
    heads = [n for n in range(number) if kinds[n] in HEAD_KINDS]
    columns = [n for n in heads if kinds[n] is not SentenceKind.TABLE_SECTION]
    return [*columns, *_section_over(kinds, number)]


def _section_over(kinds: Sequence[SentenceKind], number: int) -> list[int]:
    """The lines that name the section of a table that a part is in."""
    named = (n for n in range(number - 1, -1, -1) if kinds[n] is SentenceKind.TABLE_SECTION)
    last = next(named, None)
    if last is None or kinds[number] is SentenceKind.TABLE_SECTION:
        return []
    first = last
    while first and kinds[first - 1] is SentenceKind.TABLE_SECTION:
        first -= 1
    return list(range(first, last + 1))
