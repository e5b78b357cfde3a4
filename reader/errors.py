"""What can go wrong with the reader."""

from index.errors import SearchIndexError

REMEDY = "restore the file from the repository, or set [answer] reader = false in config.toml"


class ReaderUnavailable(SearchIndexError):
    """Its weights are missing or damaged; the message says what to do."""
