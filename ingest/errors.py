"""What can go wrong while a publication is read.

    IngestError
    ├── CorpusMissing         the corpus folder is not there or holds no PDF
    ├── PublicationsInvalid   publications.toml cannot be used as it stands
    ├── SettingsInvalid       config.toml cannot be used as it stands
    ├── ReadersFail           the processes that read PDFs cannot be started
    └── PdfUnreadable         one PDF cannot be read; the others still can

Every message names the file and the remedy. None of these passes by trying again unchanged.
"""


class IngestError(Exception):
    """Base of this stage's errors; the message is meant for the person who runs the build."""


class CorpusMissing(IngestError):
    """The corpus folder is missing or holds nothing to index."""


class PublicationsInvalid(IngestError):
    """`publications.toml` is not valid; the message lists every fault with its entry."""


class SettingsInvalid(IngestError):
    """`config.toml` is not valid; the message names the key."""


class ReadersFail(IngestError):
    """The child processes that read PDFs end before they begin; no file is to blame."""


class PdfUnreadable(IngestError):
    """A file that cannot be read as a PDF; the message says why and what to do."""
