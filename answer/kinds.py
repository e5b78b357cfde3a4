"""What a question that the publications do not answer is, when no form of speech has told it.

Only refused questions come here: nobody is kept from an answer by it. What it adds is that somebody
in danger whose words no form foresaw still sees whom to call, and that others are told why.
"""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answer.routes import Route

_WEIGHTS = Path(__file__).parent / "data" / "kinds.npz"  # made by `python -m training kinds`
# Of 703 labelled questions, each judged without itself: 174 of 348 get their kind at this bound, 12
# another one, and 24 of 355 questions to the publications get one: training kinds --check.
_SURE = 0.6


def kind_of(vector: NDArray[np.float32]) -> Route | None:
    """The kind of a refused question; None when it is one to the publications, or not sure.

    Args:
        vector: the question's unit vector by the default embedding model, shape (dim,).
    """
    names, coefficients, intercepts = _weights()
    if len(vector) != coefficients.shape[1]:  # another embedding model, by setting
        return None
    scores = coefficients @ vector + intercepts
    shares = np.exp(scores - scores.max())
    best = int(shares.argmax())
    sure = shares[best] / shares.sum() >= _SURE
    return Route[names[best].upper()] if sure and names[best].upper() in Route.__members__ else None


@cache
def _weights() -> tuple[list[str], NDArray[np.float32], NDArray[np.float32]]:
    with np.load(_WEIGHTS, allow_pickle=False) as stored:
        return stored["kinds"].tolist(), stored["coefficients"], stored["intercepts"]
