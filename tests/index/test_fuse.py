import numpy as np

from index.fuse import fuse, min_max


def test_scores_are_moved_and_scaled_to_0_to_1() -> None:
    assert min_max(np.array([2, 3, 6], dtype=np.float32)).tolist() == [0, 0.25, 1]


def test_equal_scores_say_nothing() -> None:
    assert min_max(np.array([5, 5, 5], dtype=np.float32)).tolist() == [0, 0, 0]


def test_the_fused_score_is_the_weighted_mean() -> None:
    lexical = np.array([0, 1, 4], dtype=np.float32)  # 0, 1/4, 1
    dense = np.array([-1, 1, 0], dtype=np.float32)  # 0, 1, 1/2
    # (3 · 0 + 0) / 4, (3 · 1/4 + 1) / 4, (3 · 1 + 1/2) / 4
    assert fuse([(3.0, lexical), (1.0, dense)]).tolist() == [0, 0.4375, 0.875]


def test_a_ranking_that_says_nothing_leaves_the_order_to_the_others() -> None:
    flat = np.array([7, 7, 7], dtype=np.float32)
    dense = np.array([0, 1, 2], dtype=np.float32)
    assert fuse([(1.0, flat), (1.0, dense)]).tolist() == [0, 0.25, 0.5]
