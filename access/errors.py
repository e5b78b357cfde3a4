"""What can go wrong at the door.

AccessError
├── NotAllowed       this person may not do that
├── TooManyTries     the password was wrong too often; waiting helps
└── PasswordUnset    staff have no password yet, or it is too short
"""


class AccessError(Exception):
    """Base of this stage's errors; the message is meant for whoever tried."""


class NotAllowed(AccessError):
    """The action needs another role."""


class TooManyTries(AccessError):
    """No password is looked at for a while."""


class PasswordUnset(AccessError):
    """There is no password to compare with, or the new one cannot be taken."""
