"""A generator that works on in a thread of its own while its results are used."""

import queue
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

_AHEAD = 4  # results that wait to be used
_LOOK_UP_S = 0.1  # between two looks whether the results are still wanted


@dataclass(frozen=True, slots=True)
class _End:
    """What comes after the last result."""

    error: BaseException | None  # that ended it


def ahead(source: Generator[T, None, None] | Iterator[T]) -> Iterator[T]:
    """Yield what `source` yields; its next items are worked out meanwhile.

    What `source` raises is raised here. Who stops early does not wait for the item that is being
    worked out: `source` is closed in its own thread after it.
    """
    results: queue.Queue[Any] = queue.Queue(_AHEAD)
    stopped = threading.Event()
    threading.Thread(target=_work, args=(source, results, stopped), daemon=True).start()
    try:
        while not isinstance(item := results.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        stopped.set()


def _work(source: Iterator[T], results: queue.Queue[Any], stopped: threading.Event) -> None:
    error: BaseException | None = None
    try:
        for item in source:
            if not _put(item, results, stopped):
                break
    except BaseException as raised:  # noqa: BLE001  # it is raised again where results are used
        error = raised
    finally:
        if isinstance(source, Generator):
            source.close()
    _put(_End(error), results, stopped)


def _put(item: object, results: queue.Queue[Any], stopped: threading.Event) -> bool:
    """Hand an item over as soon as there is room; False when nobody wants it any more."""
    while not stopped.is_set():
        try:
            results.put(item, timeout=_LOOK_UP_S)
        except queue.Full:
            continue
        return True
    return False
