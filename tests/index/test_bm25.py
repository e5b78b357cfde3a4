import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.bm25 import LexicalIndex
from tests.conftest import ROOT

# Three passages of 2, 3 and 1 terms: 2 terms on average.
_PASSAGES = [["trust", "court"], ["trust", "trust", "health"], ["school"]]


def _idf(n: int) -> float:
    """Lucene's, for a term that stands in n of the 3 passages."""
    return math.log(1 + (3 - n + 0.5) / (n + 0.5))


def _saturation(tf: int, length: int) -> float:
    """tf / (tf + k1 (1 - b + b length / average)) with k1 = 1.2, b = 0.75, average 2."""
    return tf / (tf + 1.2 * (0.25 + 0.75 * length / 2))


def test_scores_are_those_of_the_formula() -> None:
    scores = LexicalIndex.build(_PASSAGES).scores(["trust", "health"])
    assert scores.tolist() == pytest.approx(
        [
            # 0.4700 * 1 / 2.2
            _idf(2) * _saturation(1, 2),
            # 0.4700 * 2 / 3.65 + 0.9808 * 1 / 2.65
            _idf(2) * _saturation(2, 3) + _idf(1) * _saturation(1, 3),
            0,
        ],
        rel=1e-5,
    )
    assert scores.tolist() == pytest.approx([0.21364, 0.62768, 0], abs=5e-5)


def test_unknown_terms_score_nothing() -> None:
    index = LexicalIndex.build(_PASSAGES)
    assert index.scores(["unheard"]).tolist() == [0, 0, 0]
    assert index.scores([]).tolist() == [0, 0, 0]
    assert index.scores(["unheard", "school"]).tolist() == index.scores(["school"]).tolist()


def test_a_rarer_term_weighs_more_and_an_unknown_one_most() -> None:
    index = LexicalIndex.build(_PASSAGES)
    assert index.rarity("trust") == pytest.approx(math.log(1 + 1.5 / 2.5))
    assert index.rarity("school") == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert index.rarity("unheard") == pytest.approx(math.log(1 + 3.5 / 0.5))
    assert index.knows("trust")
    assert not index.knows("unheard")


def test_what_is_loaded_scores_as_what_was_saved(tmp_path: Path) -> None:
    built = LexicalIndex.build(_PASSAGES)
    built.save(tmp_path / "bm25")
    loaded = LexicalIndex.load(tmp_path / "bm25", _PASSAGES)
    assert loaded.scores(["trust", "school"]).tolist() == built.scores(["trust", "school"]).tolist()
    assert loaded.rarity("court") == built.rarity("court")


def test_every_process_writes_the_same_files(tmp_path: Path) -> None:
    """A build in another process gives the same release: strings hash anew in each."""
    saved = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        program = (
            "import sys; from pathlib import Path; from index.bm25 import LexicalIndex; "
            f"LexicalIndex.build({_PASSAGES!r}).save(Path(sys.argv[1]))"
        )
        subprocess.run(
            [sys.executable, "-c", program, str(folder)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            timeout=60,
            check=True,
        )
        saved.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert saved[0] == saved[1]
    assert "vocab.index.json" in saved[0]
