"""Labelled questions -> the weights by which a question is told its kind.

Multinomial logistic regression on the question's embedding. A question to the publications is a
kind of its own; those that the reader is taught with count as such too, so that it is by far the
commonest and another kind needs good grounds.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from index.query_embedder import QueryEmbedder

SEARCHED = "searched"
_INVERSE_PENALTY = 10.0
_FOLDS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelled:
    """Questions with the kind that a reader gave them."""

    questions: tuple[str, ...]
    kinds: tuple[str, ...]  # name of a `Route` in small letters, or SEARCHED


def read_labelled(files: Iterable[Path], searched: Sequence[str]) -> Labelled:
    """The labelled questions of JSON Lines files that stand alone, and others.

    Args:
        files: of labelled questions.
        searched: questions that are all to the publications.

    Raises:
        OSError: one cannot be read.
    """
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    alone = [line for line in lines if not line.get("history")]
    return Labelled(
        questions=(*(line["question"] for line in alone), *searched),
        kinds=(*(line["route"] or SEARCHED for line in alone), *[SEARCHED] * len(searched)),
    )


def fit(labelled: Labelled, embedder: QueryEmbedder) -> dict[str, NDArray[np.generic]]:
    """The weights: names of the kinds (n,), coefficients (n, dim) and intercepts (n,)."""
    model = _model().fit(_vectors(labelled, embedder), labelled.kinds)
    return {
        "kinds": np.asarray(model.classes_, dtype="U32"),
        "coefficients": model.coef_.astype(np.float32),
        "intercepts": model.intercept_.astype(np.float32),
    }


def held_out(labelled: Labelled, embedder: QueryEmbedder) -> list[tuple[str, str, float]]:
    """For each question its kind, the kind found by a model that has not seen it, and how sure."""
    model = _model()
    found = cross_val_predict(
        model, _vectors(labelled, embedder), labelled.kinds, cv=_FOLDS, method="predict_proba"
    )
    names = sorted(set(labelled.kinds))
    return [
        (kind, names[int(row.argmax())], float(row.max()))
        for kind, row in zip(labelled.kinds, found, strict=True)
    ]


def _model() -> LogisticRegression:
    return LogisticRegression(C=_INVERSE_PENALTY, max_iter=3000)


def _vectors(labelled: Labelled, embedder: QueryEmbedder) -> NDArray[np.float32]:
    return np.stack([embedder.embed_query(question).whole for question in labelled.questions])
