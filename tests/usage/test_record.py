"""The record: only added to, without personal data, exported and deleted by one command each."""

import csv
import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from answer.pipeline import Assistant
from tests.conftest import ROOT, settings_in
from usage.mask import masked
from usage.record import Record
from usage.record_settings import RecordSettings


@pytest.fixture
def settings(tmp_path: Path) -> RecordSettings:
    return RecordSettings(file=str(tmp_path / "var" / "record.sqlite"), wording="kept")


def test_a_line_says_what_was_asked_shown_and_cited(
    settings: RecordSettings, assistant: Assistant
) -> None:
    record = Record(settings)
    question = "What are the five principles? Maria Lopez, DOB 4/12/1988, asked."
    answered = assistant.answer_question("What are the five principles?")
    refused = assistant.answer_question("asdfgh qwertz")
    record.add_question(question, answered, seconds=0.0304)
    record.add_question("asdfgh qwertz", refused, seconds=0.2)
    first, second = record.lines("questions")
    assert first["question"] == "What are the five principles? [name, date of birth], asked."
    assert (first["release"], first["outcome"], first["milliseconds"]) == (1, "answered", 30)
    assert ["starter-overview", 4] in first["cited"]
    assert datetime.fromisoformat(first["at"]).tzinfo == UTC
    assert (second["cited"], second["outcome"]) == ([], refused.reason.value)  # type: ignore[union-attr]  # an abstention: it is refused


def test_the_words_are_kept_hashed_or_not_at_all(
    settings: RecordSettings, assistant: Assistant
) -> None:
    reply = assistant.answer_question("What are the five principles?")
    kept = {}
    for wording in ("kept", "hashed", "not kept"):
        record = Record(
            replace(settings, wording=wording, file=str(Path(settings.file).with_name(wording)))
        )
        for question in ("What are the five principles?", "what are  the five PRINCIPLES?"):
            record.add_question(question, reply, seconds=0.1)
        kept[wording] = [line["question"] for line in record.lines("questions")]
    assert kept["kept"] == ["What are the five principles?", "what are the five PRINCIPLES?"]
    assert kept["hashed"][0] == kept["hashed"][1]
    assert len(kept["hashed"][0]) == 64
    assert kept["not kept"] == [None, None]
    assert b"principles" not in Path(settings.file).with_name("hashed").read_bytes()


def test_nothing_is_written_of_questions_where_that_is_off(
    settings: RecordSettings, assistant: Assistant
) -> None:
    record = Record(replace(settings, questions=False))
    reply = assistant.answer_question("What are the five principles?")
    record.add_question("What are the five principles?", reply, seconds=0.1)
    assert not record.file.exists()
    record.add_action("a.b@example.org", "published", "release 2")
    [line] = record.lines("actions")
    assert (line["who"], line["action"], line["detail"]) == (
        "a.b@example.org", "published", "release 2"
    )  # fmt: skip


def test_the_file_itself_refuses_a_change(settings: RecordSettings) -> None:
    record = Record(settings)
    record.add_action("", "published", "release 2")
    with (
        sqlite3.connect(settings.file) as connection,
        pytest.raises(sqlite3.IntegrityError, match="the record is only added to"),
    ):
        connection.execute("UPDATE actions SET detail = 'release 3'")
    connection.close()


def test_what_is_older_than_the_setting_goes_with_the_next_line(settings: RecordSettings) -> None:
    record = Record(replace(settings, keep_days=30))
    record.add_action("", "published", "release 1")
    old = (datetime.now(UTC) - timedelta(days=40)).isoformat(timespec="seconds")
    connection = sqlite3.connect(settings.file)
    with connection:
        connection.execute(
            "INSERT INTO actions (at, who, action, detail) VALUES (?, '', 'published', 'long ago')",
            (old,),
        )
    connection.close()
    assert [line["detail"] for line in record.lines("actions")] == ["release 1", "long ago"]
    record.add_action("", "published", "release 3")
    assert [line["detail"] for line in record.lines("actions")] == ["release 1", "release 3"]


def test_it_is_exported_and_deleted_by_one_command_each(tmp_path: Path) -> None:
    config = settings_in(tmp_path)
    record = Record(RecordSettings(file=str(tmp_path / "var" / "record.sqlite")))
    record.add_action("=cmd()", "published", "release 1")

    def usage(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "usage", *arguments, "--config", str(config)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    out = tmp_path / "actions.csv"
    assert usage("record", "actions", "--csv", str(out)) == f"{out}: 1 lines written\n"
    [row] = csv.DictReader(out.read_text("utf-8-sig").splitlines())
    assert (row["who"], row["detail"]) == ("'=cmd()", "release 1")
    assert json.loads(usage("record", "actions"))["action"] == "published"
    assert usage("record", "questions") == ""
    tomorrow = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()
    assert usage("purge-record", "--before", tomorrow) == "Lines deleted: 1.\n"
    assert b"release 1" not in record.file.read_bytes()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Is John Martinez DOB 4/12/1988 high risk?", "Is [name, date of birth] high risk?"),
        ("john martinez, born on 4/12/1988", "[name, date of birth]"),
        ("Maria Lopez (March 3, 1990) needs help", "[name, date] needs help"),
        ("call me at (415) 555-0182", "call me at [phone]"),
        ("415.555.0182 or 415-555-0182", "[phone] or [phone]"),
        ("case no. 21-CF-003481 was dismissed", "[case number] was dismissed"),
        ("What came of 23CR01944?", "What came of [case number]?"),
        ("inmate number AB1234", "[case number]"),
        ("mail me at a.b@example.org", "mail me at [e-mail]"),
        ("SSN 123-45-6789", "SSN [number]"),
        ("He lives at 12 W. Oak Street", "He lives at [address]"),
        ("my client Jose Ramos was arrested", "[name] was arrested"),
        ("What does Mrs. Alvarez need?", "What does [name] need?"),
    ],
)
def test_personal_data_is_masked(typed: str, kept: str) -> None:
    assert masked(typed) == kept


@pytest.mark.parametrize(
    "question",
    [
        "What does AB 1384 say?",
        "How were the Prop 47 grants of 2024 shared out?",
        "Is it $180,700,000 or $180.7 million?",
        "What does SB 518 of 2017 change by January 1, 2018?",
        "What did Los Angeles County report in 2019?",
        "What stands in volume 4, page 12?",
        "Who qualifies under Penal Code 1001.36?",
        "Which 24 trauma recovery centers are there, and since when?",
    ],
)
def test_a_question_about_laws_sums_and_places_stays_as_it_is(question: str) -> None:
    assert masked(question) == question
