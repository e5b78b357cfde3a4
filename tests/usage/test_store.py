import datetime as dt
import multiprocessing
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from answer.pipeline import Assistant
from answer.reply import Abstention
from usage.__main__ import main
from usage.errors import UsageError
from usage.gaps import gaps
from usage.settings import UsageSettings
from usage.store import NewRating, Refusal, UsageStore, today
from usage.topics import NOTHING_NEAR, refusal_of

RATING = NewRating(
    helpful=True,
    reason="It answers my question",
    comment="",
    question="Who leads?",
    history=("What is the plan?",),
    reply={"kind": "answer", "statements": []},
    release=3,
)
REFUSAL = Refusal(day=today(), release=3, reason="not covered", topic="Guide › Plan", question=None)


@pytest.fixture
def store(tmp_path: Path) -> UsageStore:
    return UsageStore(tmp_path / "var" / "usage.sqlite", keep_days=30)


def test_a_rating_is_kept_replaced_and_marked(store: UsageStore) -> None:
    first = store.add_rating(RATING)
    second = store.add_rating(replace(RATING, helpful=False), replaces=first)
    (kept,) = store.ratings()
    assert (kept.rating_id, kept.given.helpful, kept.used) == (second, False, False)
    assert kept.given.history == RATING.history
    store.mark_used(second)
    assert store.ratings()[0].used


def test_reading_makes_no_file(store: UsageStore, tmp_path: Path) -> None:
    assert store.ratings() == []
    assert store.refusals() == []
    assert list(tmp_path.iterdir()) == []


def test_a_comment_is_cut_to_what_the_form_allows(store: UsageStore) -> None:
    store.add_rating(replace(RATING, comment="x" * 9000))
    assert len(store.ratings()[0].given.comment) == 500


def test_old_entries_go_when_a_new_one_comes(store: UsageStore) -> None:
    long_ago = today() - dt.timedelta(days=31)
    store.add_refusal(replace(REFUSAL, day=long_ago))
    assert len(store.refusals()) == 1
    store.add_refusal(REFUSAL)
    assert [refusal.day for refusal in store.refusals()] == [today()]


def test_what_is_purged_does_not_stay_in_the_file(store: UsageStore, tmp_path: Path) -> None:
    store.add_rating(replace(RATING, question="Zanzibar?"))
    file = tmp_path / "var" / "usage.sqlite"
    assert b"Zanzibar" in file.read_bytes()
    assert store.purge() == 1
    assert all(b"Zanzibar" not in path.read_bytes() for path in file.parent.iterdir())
    assert store.purge(before=today()) == 0


def _write(file: Path, count: int) -> None:
    for _ in range(count):
        UsageStore(file, keep_days=30).add_refusal(REFUSAL)


def test_threads_and_processes_write_at_once(tmp_path: Path) -> None:
    file = tmp_path / "usage.sqlite"
    context = multiprocessing.get_context("spawn")
    workers: list[threading.Thread | multiprocessing.process.BaseProcess] = [
        *(threading.Thread(target=_write, args=(file, 20)) for _ in range(4)),
        *(context.Process(target=_write, args=(file, 20)) for _ in range(2)),
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(UsageStore(file, keep_days=30).refusals()) == 120


@pytest.mark.parametrize(
    "spoil", [lambda f: f.write_bytes(b"no database" * 100), lambda f: f.mkdir()]
)
def test_a_file_that_is_no_store_is_told_with_a_remedy(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    file = tmp_path / "usage.sqlite"
    spoil(file)
    with pytest.raises(UsageError, match=r"cannot be used .*; give write access"):
        UsageStore(file, keep_days=30).add_rating(RATING)


def test_a_store_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "usage.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(UsageError, match="another version"):
        UsageStore(file, keep_days=30).add_rating(RATING)


def refused(assistant: Assistant, question: str) -> Abstention:
    reply = assistant.answer_question(question)
    assert isinstance(reply, Abstention)
    return reply


def test_a_refusal_is_counted_by_its_topic_and_not_by_its_words(
    assistant: Assistant, store: UsageStore, tmp_path: Path
) -> None:
    reply = refused(assistant, "What is the current bail schedule in Alameda County?")
    refusal = refusal_of(reply, assistant.release, min_related=0.3, keep_question=False)
    assert refusal is not None
    assert refusal.topic.startswith("Shared Safety starter digest, volume ")
    assert " › " in refusal.topic
    store.add_refusal(refusal)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "var").iterdir())
    assert b"Alameda" not in kept
    assert b"starter digest" in kept


def test_what_comes_near_nothing_has_no_topic(assistant: Assistant) -> None:
    reply = refused(assistant, "How do comets get their tails?")
    refusal = refusal_of(reply, assistant.release, min_related=0.9, keep_question=True)
    assert refusal is not None
    assert refusal.topic == NOTHING_NEAR
    assert refusal.question == "How do comets get their tails?"


def test_what_was_no_question_is_not_counted(assistant: Assistant) -> None:
    reply = refused(assistant, "   ")
    assert refusal_of(reply, assistant.release, min_related=0.3, keep_question=True) is None


def test_gaps_are_counted_by_topic_the_largest_first() -> None:
    may = dt.date(2026, 5, 2)
    found = gaps(
        [
            REFUSAL,
            replace(REFUSAL, topic="Guide › Costs", day=may, question="How much?"),
            replace(REFUSAL, topic="Guide › Costs", day=may, question="How much?"),
            replace(REFUSAL, topic="Guide › Costs", reason="touched on, not answered"),
        ]
    )
    costs = found[0]
    assert (costs.topic, costs.count, costs.share) == ("Guide › Costs", 3, 3 / 4)
    assert costs.reasons == {"not covered": 2, "touched on, not answered": 1}
    assert costs.months["2026-05"] == 2
    assert costs.questions == {"How much?": 2}


def test_the_command_line(
    store: UsageStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--store", str(tmp_path / "var" / "usage.sqlite")]
    store.add_rating(RATING)
    store.add_refusal(REFUSAL)
    assert main(["gaps", *arguments]) == 0
    assert "1  100%  Guide › Plan  (not covered 1)" in capsys.readouterr().out
    assert main(["ratings", *arguments]) == 0
    assert "1 ratings, 1 helpful and 0 not" in capsys.readouterr().out
    assert main(["ratings", "--json", *arguments]) == 0
    assert '"question": "Who leads?"' in capsys.readouterr().out
    assert main(["purge", *arguments]) == 0
    assert capsys.readouterr().out == "2 entries deleted\n"


def test_a_damaged_store_is_one_line_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "usage.sqlite"
    file.write_bytes(b"no database" * 100)
    assert main(["gaps", "--store", str(file)]) == 1
    assert capsys.readouterr().err.startswith(f"error: {file}: cannot be used")


def test_the_questions_of_refusals_are_not_kept_by_default() -> None:
    assert UsageSettings().keep_questions is False
