"""What can go wrong while staff change and publish.

StaffError
├── BackupInvalid   a backup cannot be made or read; it says why
├── GateClosed      the release has worse answers and no reason was given to publish it
├── ShelfInvalid    a file or a description cannot be taken; it says what to mend
└── WorkUnderWay    something else is being built; trying again later helps
"""


class StaffError(Exception):
    """Base of this stage's errors; the message is meant for staff."""


class BackupInvalid(StaffError):
    """A backup cannot be made, or not be restored."""


class GateClosed(StaffError):
    """The comparison blocks publishing."""


class ShelfInvalid(StaffError):
    """A file or a description cannot be taken."""


class WorkUnderWay(StaffError):
    """Other work goes on."""
