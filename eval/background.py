"""A command in a process of its own, so that closing a page or restarting the server loses nothing.

The process inherits an open file that is locked for as long as it lives. So whether it goes on is
asked of the lock and not of a process number, which may belong to another program by then.
"""

import fcntl
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_CHILDREN: list[subprocess.Popen[bytes]] = []  # kept until they end, so that they are waited for


class Busy(Exception):
    """A process that holds this lock is alive."""


def spawn(module: str, arguments: Sequence[str], *, lock: Path, log: Path) -> int:
    """Start `python -m MODULE ARGUMENTS` in the background; returns its process number.

    Args:
        module: one of this program's.
        arguments: of its command line.
        lock: the file that is locked while the process lives.
        log: where it writes what it says; emptied first.

    Raises:
        Busy: another process holds the lock.
        OSError: a file cannot be written.
    """
    with lock.open("a") as stream:
        try:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        with log.open("wb") as output:
            child = subprocess.Popen(  # noqa: S603  # our own command; names are arguments
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=[stream.fileno()],
            )
    _CHILDREN[:] = [kept for kept in _CHILDREN if kept.poll() is None]
    _CHILDREN.append(child)
    return child.pid


def is_running(lock: Path) -> bool:
    """Whether a process that was started with this lock is alive."""
    try:
        with lock.open("a") as stream:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
