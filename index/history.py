"""What was built, published, rolled back and discarded: one line each, never changed.

`current` says what is published; this file says how it came to be. A line is written and synced at
once; of a line that a power cut tore apart nothing is taken.
"""

import datetime as dt
import json
import os
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

_HISTORY = "history.jsonl"


class Action(StrEnum):
    """What was done with a release."""

    BUILT = "built"
    PUBLISHED = "published"
    ROLLED_BACK = "rolled back to"
    DISCARDED = "discarded"
    REMOVED = "removed"


LIVE = (Action.PUBLISHED, Action.ROLLED_BACK)  # after these the release is the published one


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One line of the history."""

    when: str  # ISO 8601, UTC, to the second
    release: int
    action: Action
    reason: str = ""  # in the words of whoever did it, or of the program


def record(root: Path, release: int, action: Action, *, reason: str = "") -> None:
    """Add a line to the history of an index folder."""
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    event = Event(when=when, release=release, action=action, reason=reason)
    line = json.dumps(asdict(event), ensure_ascii=False) + "\n"
    descriptor = os.open(root / _HISTORY, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        torn = _ends_torn(descriptor)
        os.write(descriptor, (("\n" if torn else "") + line).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _ends_torn(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"


def read_history(root: Path) -> list[Event]:
    """The history of an index folder, oldest first; torn lines are left out."""
    try:
        lines = (root / _HISTORY).read_text("utf-8", errors="replace").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []
    events = []
    for line in lines:
        try:
            data = json.loads(line)
            events.append(Event(**{**data, "action": Action(data["action"])}))
        except (ValueError, TypeError, KeyError):
            continue
    return events


def published_before(root: Path, current: int) -> int | None:
    """The release that was the published one before the current one; None when none is known.

    Whatever its number: an older candidate may be published after a newer one. Going back again
    and again goes further back each time.
    """
    live: list[int] = []
    for event in read_history(root):
        if event.action is Action.ROLLED_BACK and event.release in live:
            while live[-1] != event.release:
                live.pop()
        elif event.action in LIVE:
            live.append(event.release)
    others = [release for release in live if release != current]
    return others[-1] if others else None
