"""What a question is that is not asked of the publications, where no form of speech has told it.

Told by its likeness to labelled questions. Before anything is searched it must be all but certain,
because a practitioner who is turned away learns nothing; less will do for somebody in danger, and
for a question that the publications do not answer anyway.
"""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answer.routes import Route

_WEIGHTS = Path(__file__).parent / "data" / "kinds.npz"  # made by `python -m training kinds`
# What each bound gives on questions judged without themselves: `python -m training kinds --check`.
_CERTAIN = 0.8
_DANGER = 0.5
_LIKELY = 0.4


def certain_kind(vector: NDArray[np.float32]) -> Route | None:
    """The kind of a question that need not be searched; None when that is not certain.

    Args:
        vector: the question's unit vector by the default embedding model, shape (dim,).
    """
    kind, share = _kind_of(vector)
    return kind if share >= (_DANGER if kind is Route.DANGER else _CERTAIN) else None


def likely_kind(vector: NDArray[np.float32]) -> Route | None:
    """The kind of a question that was searched in vain; None when it is one to the publications."""
    kind, share = _kind_of(vector)
    return kind if share >= _LIKELY else None


def agreed(
    vectors: Iterable[NDArray[np.float32]],
    kind_of: Callable[[NDArray[np.float32]], Route | None],
) -> Route | None:
    """The kind that a question has by each of its readings; None where they differ, or without any.

    Args:
        vectors: of the question as typed and as translated.
        kind_of: `certain_kind` or `likely_kind`.
    """
    kinds = set(map(kind_of, vectors))
    return kinds.pop() if len(kinds) == 1 else None


def _kind_of(vector: NDArray[np.float32]) -> tuple[Route | None, float]:
    """The likeliest kind and its share; None for a question to the publications."""
    names, coefficients, intercepts = _weights()
    if len(vector) != coefficients.shape[1]:  # another embedding model, by setting
        return None, 0.0
    scores = coefficients @ vector + intercepts
    shares = np.exp(scores - scores.max())
    best = int(shares.argmax())
    name = names[best].upper()
    return Route[name] if name in Route.__members__ else None, float(shares[best] / shares.sum())


@cache
def _weights() -> tuple[list[str], NDArray[np.float32], NDArray[np.float32]]:
    with np.load(_WEIGHTS, allow_pickle=False) as stored:
        return stored["kinds"].tolist(), stored["coefficients"], stored["intercepts"]
