"""Several rankings of the same passages become one score."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def min_max(scores: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Scores moved and scaled to 0 … 1; all 0 when they are equal."""
    values = np.asarray(scores, dtype=np.float64)
    low, high = values.min(), values.max()
    return (values - low) / (high - low) if high > low else np.zeros_like(values)


def fuse(
    rankings: Sequence[tuple[float, NDArray[np.floating[Any]]]],
) -> NDArray[np.float64]:
    """The weighted mean of min-max normalised scores.

    Bruch, Gai & Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval" (2023): a convex
    combination of normalised scores does better than reciprocal rank fusion.

    Args:
        rankings: (weight, scores of every passage); the weights are positive in sum.

    Returns:
        A score from 0 to 1 for every passage, shape (n_passages,).
    """
    total = sum(weight for weight, _ in rankings)
    return np.asarray(sum(weight * min_max(scores) for weight, scores in rankings) / total)
