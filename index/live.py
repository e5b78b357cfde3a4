"""Which release officials are asked from: published, rolled back, or a candidate discarded.

Each step holds the lock of the index, says in one atomic step what is live, and then adds a line to
the history. A stop between the two is seen the next time: the history is brought up to `current`.
"""

from pathlib import Path

from index.errors import ReleaseUnknown
from index.history import LIVE, Action, published_before, read_history, record
from index.release_writer import make_current, prune, remove_release
from index.releases import current_number


def go_live(root: Path, number: int, *, kept_releases: int, reason: str = "") -> None:
    """Publish a release that is there; the caller holds the lock of the index.

    Args:
        root: the index folder.
        number: of the release.
        kept_releases: how many stay on the disk, this one included; older ones are taken away.
        reason: in the words of whoever publishes it, when there is something to explain.

    Raises:
        ReleaseUnknown: there is no such release.
        IndexNotWritable: the folder is read-only or the disk is full.
    """
    catch_up(root)
    make_current(root, number)
    record(root, number, Action.PUBLISHED, reason=reason)
    for gone in prune(root, kept_releases=kept_releases):
        record(root, gone, Action.REMOVED)


def roll_back(root: Path, number: int | None = None, *, reason: str = "") -> int:
    """Publish an earlier release again; the caller holds the lock of the index.

    Args:
        root: the index folder.
        number: of the release; None: the one that was published before.
        reason: in the words of whoever does it.

    Returns:
        The number of the release that is published now.

    Raises:
        ReleaseUnknown: there is no such release, or none was published before.
        IndexNotWritable: the folder is read-only or the disk is full.
    """
    catch_up(root)
    current = current_number(root)
    wanted = number if number is not None else current and published_before(root, current)
    if wanted is None:
        message = (
            f"{root}: no release was published before this one; there is nothing to go back to"
        )
        raise ReleaseUnknown(message)
    make_current(root, wanted)
    record(root, wanted, Action.ROLLED_BACK, reason=reason)
    return wanted


def discard(root: Path, number: int, *, reason: str = "") -> None:
    """Take away a release that is not published; the caller holds the lock of the index.

    Raises:
        ReleaseUnknown: there is no such release.
        IndexNotWritable: the folder is read-only.
        ValueError: it is the published one.
    """
    remove_release(root, number)
    record(root, number, Action.DISCARDED, reason=reason)


def catch_up(root: Path) -> None:
    """Note a release that was published without a line in the history, as after a power cut."""
    current = current_number(root)
    live = [event.release for event in read_history(root) if event.action in LIVE]
    if current is not None and live[-1:] != [current]:
        record(root, current, Action.PUBLISHED, reason="noted afterwards: the program was stopped")
