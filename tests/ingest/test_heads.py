import pytest

from ingest.document import SentenceKind
from ingest.heads import heads_over

_KINDS = [
    SentenceKind.CAPTION,
    SentenceKind.TABLE_HEAD,
    SentenceKind.TABLE_ROW,
    SentenceKind.TABLE_SECTION,
    SentenceKind.TABLE_ROW,
    SentenceKind.TABLE_SECTION,
    SentenceKind.TABLE_SECTION,
    SentenceKind.TABLE_ROW,
]


@pytest.mark.parametrize(
    ("number", "heads"), [(0, []), (2, [0, 1]), (3, [0, 1]), (4, [0, 1, 3]), (7, [0, 1, 5, 6])]
)
def test_a_row_stands_under_the_heads_and_its_own_section(number: int, heads: list[int]) -> None:
    assert heads_over(_KINDS, number) == heads
