"""The reader: what answers scores above what only speaks of the same, and nothing else is shown."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from answer.pipeline import Assistant
from answer.reply import Abstention, Answer, Reason
from index.embed import model_folder
from index.settings import DEFAULT_MODEL
from reader.errors import ReaderUnavailable
from reader.network import load, store
from reader.reader import (
    CrossEncoderReader,
    OnnxReader,
    in_context,
    load_reader,
    reader_file,
    write_reader,
)

_QUESTION = "How many people finished the Harlow programme in 2021?"
_ANSWERS = in_context(
    "Harlow Annual Report (2021)", ["Results"], "Of those admitted, 143 completed all five phases."
)
_TEMPTS = in_context(
    "Harlow Annual Report (2021)", ["Results"], "The programme is open to people over 18."
)


class Verdict:
    """A reader that finds the same of every text, and keeps what it was asked: a double."""

    def __init__(self, score: float) -> None:
        self._score = score
        self.read: list[tuple[str, Sequence[str]]] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.read.append((question, texts))
        return [self._score] * len(texts)


@pytest.fixture(scope="module")
def reader() -> CrossEncoderReader:
    return CrossEncoderReader()


def test_what_answers_scores_above_what_only_speaks_of_the_same(
    reader: CrossEncoderReader,
) -> None:
    answers, tempts = reader.scores(_QUESTION, [_ANSWERS, _TEMPTS])
    assert answers > tempts + 1


def test_a_score_does_not_depend_on_what_stands_beside_it(reader: CrossEncoderReader) -> None:
    together = reader.scores(_QUESTION, [_ANSWERS, _TEMPTS, _ANSWERS])
    assert together == [*reader.scores(_QUESTION, [_ANSWERS, _TEMPTS]), together[0]]


def test_onnxruntime_scores_as_pytorch_does(reader: CrossEncoderReader, tmp_path: Path) -> None:
    write_reader(tmp_path)
    by_onnx = load_reader(tmp_path)
    assert isinstance(by_onnx, OnnxReader)
    texts = [_ANSWERS, _TEMPTS, "word " * 2000]
    assert by_onnx.scores(_QUESTION, texts) == pytest.approx(
        reader.scores(_QUESTION, texts), abs=1e-3
    )
    reader_file(tmp_path).write_bytes(b"damaged")
    assert isinstance(load_reader(tmp_path), CrossEncoderReader)


def test_a_text_longer_than_the_window_is_read_as_far_as_it_goes(
    reader: CrossEncoderReader,
) -> None:
    [score] = reader.scores(_QUESTION, ["word " * 2000])
    assert score == score  # noqa: PLR0124  # a number, not NaN


def test_stored_weights_are_those_that_were_taught_to_half_a_step(tmp_path: Path) -> None:
    base = model_folder(DEFAULT_MODEL, model_download=False)
    file = tmp_path / "weights.safetensors"
    network = load(base, Path("reader/weights.safetensors"))
    store(network, file)
    again = load(base, file)
    for name, weight in network.state_dict().items():
        step = weight.abs().max() / 127
        assert (again.state_dict()[name] - weight).abs().max() <= step, name


def test_damaged_weights_are_named_with_the_remedy(tmp_path: Path) -> None:
    file = tmp_path / "weights.safetensors"
    file.write_bytes(b"no weights")
    with pytest.raises(ReaderUnavailable, match=r"cannot be loaded .*reader = false"):
        CrossEncoderReader(file)
    with pytest.raises(ReaderUnavailable, match="cannot be loaded"):
        CrossEncoderReader(tmp_path / "missing.safetensors")


def test_where_no_quotation_answers_there_is_no_answer_but_related_passages(
    assistant: Assistant,
) -> None:
    question = "What are the five principles?"
    doubter = Verdict(-9.0)
    reply = replace(assistant, reader=doubter).answer_question(question)
    assert isinstance(reply, Abstention)
    assert reply.reason is Reason.NOT_ANSWERED
    assert reply.related
    asked, texts = doubter.read[0]
    assert asked == question
    assert texts[0].startswith("Shared Safety starter digest, volume")
    assert isinstance(replace(assistant, reader=Verdict(9.0)).answer_question(question), Answer)


def test_a_question_in_spanish_is_not_read_word_by_word(assistant: Assistant) -> None:
    doubter = Verdict(-9.0)
    reply = replace(assistant, reader=doubter).answer_question("¿Cuáles son los cinco principios?")
    assert isinstance(reply, Answer)
    assert doubter.read == []
