"""The reader: what answers scores above what only speaks of the same, and nothing else is shown."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from answer.pipeline import Assistant
from answer.reply import Abstention, Answer, Reason
from reader.errors import ReaderUnavailable
from reader.reader import FOLDER, CrossEncoderReader, in_context

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


def test_what_was_read_is_read_anew_only_when_it_is_forgotten(reader: CrossEncoderReader) -> None:
    [first] = reader.scores(_QUESTION, [_ANSWERS])
    start = time.perf_counter()
    assert reader.scores(_QUESTION, [_ANSWERS] * 50) == [first] * 50
    known = time.perf_counter() - start
    reader.forget()
    start = time.perf_counter()
    assert reader.scores(_QUESTION, [_ANSWERS]) == [first]
    assert known < 10 * (time.perf_counter() - start)


def test_a_text_longer_than_the_window_is_read_as_far_as_it_goes(
    reader: CrossEncoderReader,
) -> None:
    [score] = reader.scores(_QUESTION, ["word " * 2000])
    assert score == score  # noqa: PLR0124  # a number, not NaN


@pytest.mark.parametrize("name", ["network.onnx", "layers.bin", "words.bin"])
def test_a_damaged_file_is_named_with_the_remedy(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "network"
    shutil.copytree(FOLDER, folder)
    with (folder / name).open("r+b") as stream:
        stream.seek(1000)
        stream.write(b"damaged")
    with pytest.raises(ReaderUnavailable, match=rf"{name}: is damaged; .*reader = false"):
        CrossEncoderReader(folder)


@pytest.mark.parametrize("name", ["network.sha256", "layers.bin"])
def test_a_missing_file_is_named_with_the_remedy(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "network"
    shutil.copytree(FOLDER, folder)
    (folder / name).unlink()
    with pytest.raises(ReaderUnavailable, match=rf"cannot be loaded .*{name}.*reader = false"):
        CrossEncoderReader(folder)


def test_no_file_is_larger_than_hosts_of_code_take() -> None:
    assert max(file.stat().st_size for file in FOLDER.iterdir()) < 100e6


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
