"""A time as people read it."""

import datetime as dt


def readable(when: str) -> str:
    """A time in ISO 8601, such as 2026-12-01T16:45:03+00:00, as "1 December 2026, 16:45".

    A text that is no time is given back as it is.
    """
    try:
        time = dt.datetime.fromisoformat(when)
    except ValueError:
        return when
    return f"{time.day} {time:%B %Y, %H:%M}"
