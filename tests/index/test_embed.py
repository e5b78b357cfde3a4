from pathlib import Path

import numpy as np
import pytest

from index.embed import SentenceTransformerEmbedder, model_sha256
from index.errors import ModelUnavailable
from index.settings import DEFAULT_MODEL

_TEXTS = ["Trust comes first.", "The county pays for housing and for health. " * 8, "Who leads?"]


def test_the_default_model_has_the_official_weights_and_window(
    embedder: SentenceTransformerEmbedder,
) -> None:
    assert embedder.sha256 == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert model_sha256(DEFAULT_MODEL, model_download=False) == embedder.sha256
    assert embedder.window_tokens == 254


def test_word_pieces_are_counted_without_markers(embedder: SentenceTransformerEmbedder) -> None:
    assert embedder.count_tokens("trust comes first .") == 4
    assert embedder.count_tokens("") == 0


def test_a_text_has_the_same_vector_alone_and_beside_others(
    embedder: SentenceTransformerEmbedder,
) -> None:
    done: list[int] = []
    together = embedder.embed_with_parts(_TEXTS, [[], [], []], on_progress=done.append)
    for text, made in zip(_TEXTS, together, strict=True):
        assert made.whole.dtype == np.float32
        assert made.whole.shape == (384,)
        assert np.array_equal(embedder.embed_query(text).whole, made.whole)
        (alone,) = embedder.embed_with_parts([text], [[]])
        assert np.array_equal(alone.whole, made.whole)  # to the last bit
        assert np.linalg.norm(made.whole) == pytest.approx(1, abs=1e-5)
    assert done == [1, 2, 3]


def test_vectors_are_the_same_to_the_last_bit_in_any_company(
    embedder: SentenceTransformerEmbedder,
) -> None:
    texts = [("Trust comes first, and care. " * 12)[:length] for length in range(30, 300, 9)]
    parts = [[(0, len(text) // 2)] for text in texts]
    straight = embedder.embed_with_parts(texts, parts)
    turned = embedder.embed_with_parts(texts[::-1], parts[::-1])[::-1]
    for number, (one, other) in enumerate(zip(straight, turned, strict=True)):
        (alone,) = embedder.embed_with_parts([texts[number]], [parts[number]])
        for third in (other, alone):
            assert np.array_equal(one.whole, third.whole)
            assert np.array_equal(one.parts, third.parts)
            assert np.array_equal(one.tokens, third.tokens)


def test_parts_have_unit_vectors_in_order(embedder: SentenceTransformerEmbedder) -> None:
    text = "Trust comes first. The weather is fine."
    none, two = embedder.embed_with_parts(["Who leads?", text], [[], [(0, 18), (19, 39)]])
    assert none.parts.shape == (0, 384)
    assert two.parts.shape == (2, 384)
    assert np.linalg.norm(two.parts, axis=1).tolist() == pytest.approx([1, 1], abs=1e-5)
    weather = embedder.embed_query("Is it sunny?").whole
    assert two.parts[1] @ weather > two.parts[0] @ weather


def test_each_word_piece_has_a_vector_of_its_own(embedder: SentenceTransformerEmbedder) -> None:
    (made,) = embedder.embed_with_parts(["Trust comes first."], [[]])
    assert made.tokens.shape == (4, 384)  # three words and the full stop; no marker
    assert made.tokens.dtype == np.int8
    assert np.abs(made.tokens).max(axis=1).tolist() == [127] * 4


def test_a_question_has_vectors_of_its_words_only(embedder: SentenceTransformerEmbedder) -> None:
    asked = embedder.embed_query("Who leads?")
    assert asked.tokens.shape == (2, 384)
    assert np.linalg.norm(asked.tokens, axis=1).tolist() == pytest.approx([1, 1], abs=1e-5)
    assert embedder.embed_query("?!").tokens.shape == (0, 384)


def test_a_long_question_is_read_as_far_as_the_window(
    embedder: SentenceTransformerEmbedder,
) -> None:
    assert len(embedder.embed_query("trust " * 400).tokens) == 254


def test_a_part_that_is_the_whole_text_is_near_its_vector(
    embedder: SentenceTransformerEmbedder,
) -> None:
    (made,) = embedder.embed_with_parts([_TEXTS[0]], [[(0, len(_TEXTS[0]))]])
    assert float(made.whole @ made.parts[0]) > 0.95


def test_a_part_without_a_word_piece_has_the_vector_of_its_text(
    embedder: SentenceTransformerEmbedder,
) -> None:
    (made,) = embedder.embed_with_parts(["Trust \u200b\u200b"], [[(6, 8)]])
    assert np.array_equal(made.parts[0], made.whole)


def test_a_text_longer_than_the_window_is_refused_not_cut(
    embedder: SentenceTransformerEmbedder,
) -> None:
    embedder.embed_with_parts(["trust " * 254], [[]])
    with pytest.raises(
        ValueError, match="a text of 257 word pieces is longer than the model's window of 256"
    ):
        embedder.embed_with_parts(["trust " * 255], [[]])


def test_a_model_that_is_not_there_is_named_with_the_remedy() -> None:
    with pytest.raises(ModelUnavailable) as caught:
        model_sha256("no-such/model", model_download=False)
    assert str(caught.value) == (
        "no-such/model: there is no such folder and no such model on this machine; correct [index] "
        "model in config.toml, or set model_download = true to let it be fetched"
    )


@pytest.mark.parametrize("name", ["", "a/b/c/d", "../nowhere"])
def test_a_name_that_can_be_no_model_is_named_too(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable):
        model_sha256(name or str(tmp_path / "none" / "x"), model_download=False)


def test_a_folder_without_weights_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        SentenceTransformerEmbedder(str(tmp_path), model_download=False)
    assert str(caught.value) == (
        f"{tmp_path}: holds no model.safetensors or pytorch_model.bin; name a complete model in "
        "[index] model"
    )


def test_a_folder_with_weights_that_are_no_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelUnavailable, match=r"is no sentence-transformers model"):
        SentenceTransformerEmbedder(str(tmp_path), model_download=False)
