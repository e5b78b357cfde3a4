"""What can go wrong while use is recorded."""


class UsageError(Exception):
    """The record of use cannot be read or written; the message says what to do."""
