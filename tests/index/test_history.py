from pathlib import Path

import pytest

from index.history import Action, published_before, record


@pytest.mark.parametrize(
    ("done", "before"),
    [
        ([], None),
        ([("published", 1)], None),
        ([("published", 1), ("published", 2)], 1),
        ([("published", 3), ("published", 5), ("published", 4)], 5),
        ([("published", 1), ("published", 2), ("published", 1)], 2),
        ([("published", 2), ("built", 3), ("published", 3), ("published", 3)], 2),
        # Going back again and again
        ([("published", 1), ("published", 2), ("published", 3), ("rolled back to", 2)], 1),
        (
            [
                ("published", 1), ("published", 2), ("published", 3),
                ("rolled back to", 2), ("rolled back to", 1),
            ],
            None,
        ),
        # What was taken back is not gone back to
        (
            [("published", 1), ("published", 2), ("rolled back to", 1), ("published", 3)],
            1,
        ),
        # Going back too far, and then forward
        (
            [
                ("published", 1), ("published", 2), ("published", 3),
                ("rolled back to", 1), ("rolled back to", 3),
            ],
            1,
        ),
    ],
)  # fmt: skip
def test_the_release_before_is_the_one_that_was_live_before(
    tmp_path: Path, done: list[tuple[str, int]], before: int | None
) -> None:
    for action, release in done:
        record(tmp_path, release, Action(action))
    current = done[-1][1] if done else 1
    assert published_before(tmp_path, current) == before
