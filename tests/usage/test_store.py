import contextlib
import csv
import datetime as dt
import io
import json
import multiprocessing
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from answer.held import HeldWords
from answer.pipeline import Assistant
from answer.question import Query, read_question
from answer.reply import Abstention, Reason
from answer.understanding import Understanding
from usage.__main__ import main
from usage.errors import UsageError
from usage.gaps import gaps
from usage.history import needed_history
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
    assert store.rating(second) == store.ratings()[0]
    assert store.rating(first) is None


def test_reading_makes_no_file(store: UsageStore, tmp_path: Path) -> None:
    assert store.ratings() == []
    assert store.refusals() == []
    assert list(tmp_path.iterdir()) == []


def test_a_comment_is_cut_to_what_the_form_allows(store: UsageStore) -> None:
    store.add_rating(replace(RATING, comment="x" * 9000))
    assert len(store.ratings()[0].given.comment) == 500


def test_personal_data_is_masked_in_all_that_was_typed(store: UsageStore) -> None:
    typed = "Can John Martinez, born 4/12/1988, call 415-555-0182?"
    kept = "Can [name, date of birth], call [phone]?"
    shown = {"text": "Call (415) 555-0100.", "citations": []}
    reply = {
        "kind": "abstention", "reason": "not covered", "message": f"No page speaks of {typed}",
        "note": typed, "question": typed, "understood": f"Who pays? {typed}", "unanswered": [typed],
        "statements": [shown], "release": 3,
    }  # fmt: skip
    comment = "x" * 490 + " 415-555-0182"
    store.add_rating(
        replace(RATING, comment=comment, question=typed, history=(typed,), reply=reply)
    )
    store.add_refusal(replace(REFUSAL, question=typed))
    given = store.ratings()[0].given
    assert (given.question, given.history) == (kept, (kept,))
    assert given.comment == "x" * 490 + " [phone]"
    assert given.reply == {
        "kind": "abstention", "reason": "not covered", "message": f"No page speaks of {kept}",
        "note": kept, "question": kept, "understood": f"Who pays? {kept}", "unanswered": [kept],
        "statements": [shown], "release": 3,
    }, "what is published stays as it is"  # fmt: skip
    assert store.refusals()[0].question == kept
    for name in (b"Martinez", b"0182"):
        assert all(name not in path.read_bytes() for path in store.file.parent.iterdir())


def test_old_entries_go_when_a_new_one_comes(store: UsageStore) -> None:
    long_ago = today() - dt.timedelta(days=31)
    store.add_refusal(replace(REFUSAL, day=long_ago))
    assert len(store.refusals()) == 1
    store.add_refusal(REFUSAL)
    assert [refusal.day for refusal in store.refusals()] == [REFUSAL.day]


def test_what_is_purged_does_not_stay_in_the_file(store: UsageStore, tmp_path: Path) -> None:
    store.add_rating(replace(RATING, question="Zanzibar?"))
    file = tmp_path / "var" / "usage.sqlite"
    assert b"Zanzibar" in file.read_bytes()
    with contextlib.closing(sqlite3.connect(file)) as reader:  # keeps the log of writes alive
        reader.execute("SELECT * FROM ratings").fetchall()
        assert store.purge() == 1
        assert all(b"Zanzibar" not in path.read_bytes() for path in file.parent.iterdir())
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
    ("spoil", "fault"),
    [
        (
            lambda file: file.write_bytes(b"no database" * 100),
            "cannot be written (file is not a database); move it away, so that a new one is made",
        ),
        (
            lambda file: file.mkdir(),
            "cannot be written (unable to open database file); give write access or free space",
        ),
    ],
)
def test_a_file_that_is_no_store_is_told_with_a_remedy(
    tmp_path: Path, spoil: Callable[[Path], object], fault: str
) -> None:
    file = tmp_path / "usage.sqlite"
    spoil(file)
    with pytest.raises(UsageError) as raised:
        UsageStore(file, keep_days=30).add_rating(RATING)
    other = "or name another file in [usage] file of config.toml"
    assert str(raised.value) == f"{file}: {fault}, {other}"


def test_what_another_program_is_writing_is_waited_for_as_long_as_told(store: UsageStore) -> None:
    store.add_refusal(REFUSAL)
    with contextlib.closing(sqlite3.connect(store.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(store.refusals()) == 1  # reading waits for nobody
        with pytest.raises(UsageError, match="another program is writing it; try again"):
            store.add_refusal(REFUSAL, wait_s=0.05)
        other.execute("ROLLBACK")
    store.add_refusal(REFUSAL)
    assert len(store.refusals()) == 2


def test_an_entry_that_cannot_be_understood_is_told(store: UsageStore) -> None:
    store.add_rating(RATING)
    with contextlib.closing(sqlite3.connect(store.file)) as other, other:
        other.execute("UPDATE ratings SET reply = 'no JSON'")
    with pytest.raises(UsageError, match="holds an entry that cannot be understood"):
        store.ratings()


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever runs this test may write everywhere")
def test_a_folder_that_must_not_be_written_can_be_read(store: UsageStore) -> None:
    store.add_rating(RATING)
    store.file.parent.chmod(0o555)
    try:
        assert len(store.ratings()) == 1
        with pytest.raises(UsageError, match="give write access"):
            store.add_rating(RATING)
    finally:
        store.file.parent.chmod(0o755)


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
    assistant: Assistant, store: UsageStore
) -> None:
    reply = refused(assistant, "What is the current bail schedule in Alameda County?")
    refusal = refusal_of(reply, assistant.release, min_related=0.3, keep_question=False)
    assert refusal is not None
    assert refusal.topic.startswith("Shared Safety starter digest, volume ")
    assert " › " in refusal.topic
    store.add_refusal(refusal)
    with contextlib.closing(sqlite3.connect(store.file)) as other:
        other.execute("SELECT * FROM refusals").fetchall()
        store.add_refusal(refusal)  # while another has it open, it stands in the log of writes
        names = {path.name for path in store.file.parent.iterdir()}
        assert "usage.sqlite-wal" in names
        kept = b"".join(path.read_bytes() for path in store.file.parent.iterdir())
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        kept += store.file.read_bytes()
    kept += b"".join(path.read_bytes() for path in store.file.parent.iterdir())
    for word in ("Alameda", "bail schedule", "current bail"):
        assert word.encode() not in kept
    assert b"starter digest" in kept


def test_what_comes_near_nothing_has_no_topic(assistant: Assistant) -> None:
    reply = refused(replace(assistant, vector_of=None), "How do comets get their tails?")
    refusal = refusal_of(reply, assistant.release, min_related=0.9, keep_question=True)
    assert refusal is not None
    assert refusal.topic == NOTHING_NEAR
    assert refusal.question == "How do comets get their tails?"


@pytest.mark.parametrize("asked", ["   ", "Write me a poem about our community."])
def test_what_was_no_question_to_the_publications_is_not_counted(
    assistant: Assistant, asked: str
) -> None:
    reply = refused(assistant, asked)
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
    arguments = ["--store", str(store.file)]
    store.mark_used(store.add_rating(replace(RATING, comment="At once.")))
    may = dt.date(2026, 5, 2)
    keeps_all = UsageStore(store.file, keep_days=9999)
    keeps_all.add_refusal(replace(REFUSAL, day=may, question="How much?"))
    keeps_all.add_refusal(replace(REFUSAL, day=may, reason="touched on, not answered"))
    assert main(["gaps", *arguments]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Refused questions: 2. By the publication and heading that they came near:",
        "    2  100%  Guide › Plan",
        "             why: not covered (1); touched on, not answered (1)",
        "             when: 2026-05 (2)",
        "             asked 1 ×: How much?",
    ]
    assert main(["gaps", "--json", *arguments]) == 0
    assert json.loads(capsys.readouterr().out)[0]["months"] == {"2026-05": 2}
    assert main(["ratings", *arguments]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Ratings: 1. Helpful: 1. Not helpful: 0.",
        f"    1  {today()}  helpful: It answers my question. Who leads? (made into a question)",
        "             comment: At once.",
    ]
    assert main(["ratings", "--json", *arguments]) == 0
    assert json.loads(capsys.readouterr().out)[0]["question"] == "Who leads?"
    assert main(["purge", "--before", "2026-05-03", *arguments]) == 0
    assert capsys.readouterr().out == "Entries deleted: 2.\n"
    assert main(["purge", *arguments]) == 0
    assert capsys.readouterr().out == "Entries deleted: 1.\n"
    with pytest.raises(SystemExit, match="2"):
        main(["purge", "--before", "yesterday", *arguments])
    assert main(["ratings", "--csv", str(tmp_path / "no" / "out.csv"), *arguments]) == 1
    assert "out.csv: cannot be written" in capsys.readouterr().err


def test_ratings_as_a_table_hold_no_formula(store: UsageStore, tmp_path: Path) -> None:
    citation = {"file": "a.pdf", "page_number": 4}
    reply = {"kind": "answer", "statements": [{"text": "Words.", "citations": [citation] * 2}]}
    store.add_rating(replace(RATING, comment="=1+1", reply=reply))
    store.add_rating(replace(RATING, reply={"kind": "abstention", "message": "Not covered."}))
    out = tmp_path / "out.csv"
    assert main(["ratings", "--csv", str(out), "--store", str(store.file)]) == 0
    refused, answered = csv.DictReader(io.StringIO(out.read_text("utf-8-sig"), newline=""))
    assert (answered["comment"], answered["cited pages"]) == ("'=1+1", "a.pdf, page 4")
    assert answered["quoted or said"] == "Words."
    assert (refused["helpful"], refused["quoted or said"]) == ("yes", "Not covered.")


def test_a_store_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mistyped.sqlite"
    assert main(["gaps", "--store", str(file)]) == 0
    assert capsys.readouterr().err == f"{file}: nothing has been recorded there yet\n"
    assert not file.exists()


def test_a_damaged_store_is_one_line_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "usage.sqlite"
    file.write_bytes(b"no database" * 100)
    assert main(["gaps", "--store", str(file)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"error: {file}: cannot be read (file is not a database); move it away")


_BEFORE = ("I am called Jo and live in Elm Street", "How does the plan pay for shelters?")


@pytest.mark.parametrize(
    ("question", "understood", "needed"),
    [
        ("Who defines well-being in it?", "Who defines well-being in it?", ()),
        ("and its costs?", f"{_BEFORE[1]} and its costs?", _BEFORE[1:]),
        ("Where does it say that?", _BEFORE[1], _BEFORE[1:]),
        ("What are the steps?", f"{_BEFORE[1]} What are the steps?", _BEFORE[1:]),
        ("What are the steps?", "What are the steps?", ()),  # it was answered by itself
        ("And then?", "What no question of these gives", ()),
    ],
)
def test_only_what_a_reply_was_understood_by_is_kept_of_the_conversation(
    question: str, understood: str, needed: tuple[str, ...]
) -> None:
    def query_of(asked: str, history: Sequence[str]) -> Query | Reason:
        return read_question(asked, history, max_chars=500)

    assert needed_history(question, _BEFORE, understood=understood, query_of=query_of) == needed


_EARLIER = ("Who can stay at the shelter on Elm Street?",)


@pytest.mark.parametrize(
    ("question", "needed"),
    [
        ("What are the five principles?", ()),  # short, and answered by itself
        ("What are the steps?", _EARLIER),
    ],
)
def test_what_the_assistant_understood_tells_what_is_kept(
    assistant: Assistant, question: str, needed: tuple[str, ...]
) -> None:
    understanding = Understanding(
        held=HeldWords(release=assistant.release),
        vector_of=assistant.vector_of,
        max_chars=assistant.settings.max_question_chars,
    )
    understood = assistant.answer_question(question, _EARLIER).understood
    assert understood == " ".join([*needed, question])
    kept = needed_history(question, _EARLIER, understood=understood, query_of=understanding.query)
    assert kept == needed


def test_the_questions_of_refusals_are_not_kept_by_default() -> None:
    assert UsageSettings().keep_questions is False
