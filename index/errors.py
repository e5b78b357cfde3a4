"""What can go wrong while an index is built, opened or asked.

SearchIndexError
├── ModelUnavailable   the embedding model is not there or is not the one recorded
├── IndexMissing       there is no index yet: build one
├── IndexDamaged       a file is missing, changed or of another format: build again
├── IndexNotWritable   the folder is read-only or full; the index in use is untouched
├── BuildRunning       another build works on this index: trying again later helps
├── NothingToIndex     no file of the corpus could be read
└── ReleaseUnknown     there is no release of the number that was named
"""


class SearchIndexError(Exception):
    """Base of this stage's errors; the message is meant for the person who runs the command."""


class ModelUnavailable(SearchIndexError):
    """The embedding model cannot be loaded, or its weights are not the expected ones."""


class IndexMissing(SearchIndexError):
    """No index has been built in this folder."""


class IndexDamaged(SearchIndexError):
    """The index cannot be used as it stands; building it again mends it."""


class IndexNotWritable(SearchIndexError):
    """The index folder cannot be written; what was published before is still in place."""


class BuildRunning(SearchIndexError):
    """Another process is building this index; try again when it has finished."""


class NothingToIndex(SearchIndexError):
    """No file of the corpus gave a passage; the report says why for each."""


class ReleaseUnknown(SearchIndexError):
    """There is no release of this number."""
