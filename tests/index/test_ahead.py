import threading
from collections.abc import Iterator

import pytest

from index.ahead import ahead


def test_the_items_come_in_order() -> None:
    assert list(ahead(iter(range(20)))) == list(range(20))
    assert list(ahead(iter([]))) == []


def test_the_next_item_is_worked_out_while_one_is_used() -> None:
    begun = threading.Event()

    def work() -> Iterator[int]:
        yield 1
        begun.set()
        yield 2

    items = ahead(work())
    assert next(items) == 1
    assert begun.wait(10)
    assert list(items) == [2]


def test_an_error_comes_after_the_items_before_it() -> None:
    def work() -> Iterator[int]:
        yield 1
        message = "no more"
        raise ValueError(message)

    items = ahead(work())
    assert next(items) == 1
    with pytest.raises(ValueError, match="no more"):
        next(items)


def test_who_stops_early_closes_the_source() -> None:
    closed = threading.Event()

    def work() -> Iterator[int]:
        try:
            yield from range(1000)
        finally:
            closed.set()

    items = ahead(work())
    assert next(items) == 0
    items.close()  # type: ignore[attr-defined]  # it is a generator
    assert closed.wait(10)
