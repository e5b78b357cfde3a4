"""A release goes live where the gate is open or a reason is given; is discarded; or comes back."""

from pathlib import Path

from index.live import discard, go_live, roll_back
from index.release_writer import build_lock
from index.releases import current_number
from staff.comparison import kept
from staff.errors import GateClosed
from staff.gate import Comparison
from staff.settings import Rule

_SHOWN = 3


def publish(
    root: Path, folder: Path, candidate: int, *, rule: Rule, reason: str, kept_releases: int
) -> None:
    """Publish a release that has passed the gate, or with a reason why it is published in spite.

    Args:
        root: the index folder.
        folder: where comparisons are kept.
        candidate: number of the release.
        rule: what the gate lets through.
        reason: in writing; needed where the gate is closed.
        kept_releases: how many stay on the disk.

    Raises:
        GateClosed: answers got worse, or nothing was compared, and there is no reason.
        ReleaseUnknown, IndexNotWritable, BuildRunning: see `index.live.go_live`.
    """
    with build_lock(root):
        live = current_number(root)
        closed = closed_because(kept(folder, candidate, live), live=live, rule=rule)
        if closed and not reason.strip():
            message = f"release {candidate} is not published: {closed}"
            raise GateClosed(message)
        told = f"in spite of the gate ({closed}): {reason.strip()}" if closed else reason.strip()
        go_live(root, candidate, kept_releases=kept_releases, reason=told)


def closed_because(comparison: Comparison | None, *, live: int | None, rule: Rule) -> str:
    """Why the gate is closed, in words; "" when it is open."""
    if live is None:
        return ""  # the first release: nothing is lost by it
    if comparison is None:
        return "it has not been compared with the live release yet"
    blocking = comparison.blocking(rule)
    if not blocking:
        return ""
    shown = ", ".join(change.question_id for change in blocking[:_SHOWN])
    more = f" and {len(blocking) - _SHOWN} more" if len(blocking) > _SHOWN else ""
    return f"{comparison.in_words()[:-1]} (see {shown}{more})"


def discard_candidate(root: Path, candidate: int, *, reason: str) -> None:
    """Take a release away that is not to be published."""
    with build_lock(root):
        discard(root, candidate, reason=reason)


def go_back(root: Path, number: int | None, *, reason: str) -> int:
    """Publish an earlier release again; needs no gate, since it was live before."""
    with build_lock(root):
        return roll_back(root, number, reason=reason)
