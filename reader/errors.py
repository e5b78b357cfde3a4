"""What can go wrong with the reader."""

from index.errors import SearchIndexError


class ReaderUnavailable(SearchIndexError):
    """Its weights are missing or damaged; the message says what to do."""
