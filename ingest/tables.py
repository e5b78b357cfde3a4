"""Fragments of a page -> its tables: rows of cells, with the rows that head them.

Three witnesses, the surest first: the file's tags, ruled lines, and cells that stand under one
another with white gaps between.
"""

from collections.abc import Iterable, Sequence

from ingest.aligned_tables import aligned_tables
from ingest.document import Box
from ingest.fragments import Fragment
from ingest.grid import find_grids
from ingest.ruled_tables import ruled_table
from ingest.table_rows import Table
from ingest.tagged_tables import tagged_tables

_MAX_FRAGMENTS = 3_000  # of one page; more is a drawing, and takes too long to look through


def find_tables(fragments: Sequence[Fragment], rules: Sequence[Box]) -> list[Table]:
    """The tables of a page; fragments in none of them are running text.

    As a side effect, fragments of running text that is drawn row by row over several columns are
    marked `solo`.
    """
    if len(fragments) > _MAX_FRAGMENTS:
        return []
    tables = tagged_tables(fragments)
    rest = _outside(fragments, tables)
    for grid in find_grids(rules):
        table = ruled_table(rest, grid)
        if table:
            tables.append(table)
            rest = _outside(rest, [table])
    return [*tables, *aligned_tables(rest)]


def _outside(fragments: Sequence[Fragment], tables: Iterable[Table]) -> list[Fragment]:
    inside = {fragment.serial for table in tables for fragment in table.fragments()}
    return [fragment for fragment in fragments if fragment.serial not in inside]
