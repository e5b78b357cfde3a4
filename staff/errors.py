"""What can go wrong while staff change and publish.

StaffError
├── GateClosed      the release has worse answers and no reason was given to publish it
├── ShelfInvalid    a file or a description cannot be taken; it says what to mend
└── WorkUnderWay    something else is being built; trying again later helps
"""


class StaffError(Exception):
    """Base of this stage's errors; the message is meant for staff."""


class GateClosed(StaffError):
    """The comparison blocks publishing."""


class ShelfInvalid(StaffError):
    """A file or a description cannot be taken."""


class WorkUnderWay(StaffError):
    """Other work goes on."""
