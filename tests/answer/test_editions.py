"""Which edition answers, what is said of an old one, and two publications that differ."""

import datetime as dt

import pytest

from answer.assistant import open_assistant
from answer.differ import contradict, differ
from answer.editions import editions_for, successors
from answer.formats import reply_text
from answer.note_marks import without_note_marks
from answer.pipeline import Assistant
from answer.reply import Abstention, Answer, Reply
from index.build import build_index
from index.builder import Plan
from index.embed import SentenceTransformerEmbedder
from index.settings import IndexSettings
from ingest.document import Document, Status
from ingest.settings import IngestSettings
from tests.conftest import ROOT
from tests.make_pdf import lines_of_text, raw_pdf

_LIST = """
[[publication]]
id = "guide-2019"
title = "Diversion Guide"
edition = "First edition"
issued = 2019-05-02
status = "superseded"
file = "old.pdf"

[[publication]]
id = "guide-2025"
title = "Diversion Guide"
edition = "Second edition"
issued = 2025-03-04
status = "current"
supersedes = "guide-2019"
file = "new.pdf"

[[publication]]
id = "handbook"
title = "Court Handbook"
issued = 2021-01-01
status = "current"
file = "handbook.pdf"
"""


def _document(doc_id: str, **changes: object) -> Document:
    values: dict[str, object] = {
        "doc_id": doc_id, "title": "Guide", "publisher": "", "edition": "", "issued": None,
        "status": Status.CURRENT, "supersedes": None, "source_url": "", "licence": "",
        "file": f"{doc_id}.pdf", "sha256": None, "page_count": 1, "described": True,
    }  # fmt: skip
    return Document(**(values | changes))  # type: ignore[arg-type]


_FIRST = _document("first", edition="Phase 1", issued=dt.date(2019, 5, 2), status=Status.SUPERSEDED)
_SECOND = _document("second", edition="Phase 2", issued=dt.date(2022, 1, 9), supersedes="first")
_THIRD = _document("third", edition="Phase 3", issued=dt.date(2025, 3, 4), supersedes="second")
_OTHER = _document("other", issued=dt.date(2020, 1, 1))
_ALL = (_FIRST, _SECOND, _THIRD, _OTHER)
_TWO = (_FIRST, _SECOND, _OTHER)  # of which the second one is current


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who may enter diversion?", {"third", "other"}),
        ("Who could enter diversion under phase 1?", {"first"}),
        ("What does the 2022 edition say about diversion?", {"second"}),
        ("what did the edition of May 2019 require", {"first"}),
        ("What did the previous editions say?", {"first", "second"}),
        ("How does the 2019 edition differ from the 2022 edition?", {"first", "second"}),
        ("What changed between phase 1 and phase 3?", {"first", "third"}),
        ("How do the 2019 and 2022 editions differ?", {"first", "second"}),
        ("Compare the 2019 and the 2022 edition.", {"first", "second"}),
        ("What do the editions of 2019 and 2022 say?", {"first", "second"}),
        ("What do the 2020 guidelines say?", {"third", "other"}),
        ("What did the 2019 guide say?", {"first"}),
        ("What original documents must an applicant submit?", {"third", "other"}),
        ("Which prior publications must be listed?", {"third", "other"}),
        # In force then was what had been issued last, not only what bears that year.
        ("Who could enter diversion as of 2023?", {"second", "other"}),
        ("Who may enter diversion as of 2026?", {"third", "other"}),
        # The year may be that of a figure: the current edition stays.
        ("How many people entered in 2019?", {"first", "third", "other"}),
    ],
)
def test_a_question_is_answered_from_the_edition_that_it_names(
    question: str, expected: set[str]
) -> None:
    assert editions_for(question, _ALL).doc_ids == expected


@pytest.mark.parametrize(
    "question",
    [
        "How does the 2019 edition differ from the current one?",
        "2019 edition vs 2022: what changed?",
        "What do the 2019 edition and the 2022 one say?",
        "What did the old edition and the new edition say",
        "What changed since phase 1?",
        "How does the 2022 edition differ from the previous one?",
    ],
)
def test_a_comparison_is_answered_from_both_editions(question: str) -> None:
    assert editions_for(question, _TWO).doc_ids == {"first", "second"}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How does the 2019 edition differ from the current one?", {"first", "third"}),
        ("2019 edition vs 2022: what changed?", {"first", "second"}),
        ("How did the previous editions differ?", {"first", "second", "third"}),
        ("What did the 2019 edition say about climate change?", {"first"}),
        ("How does the new form differ from the old one?", {"third", "other"}),
        # Nothing is said of what was in force.
        ("Can grant funds be spent until 2020?", {"third", "other"}),
        ("Which rules were in force until 2020?", {"first", "other"}),
    ],
)
def test_what_is_compared_and_what_is_not(question: str, expected: set[str]) -> None:
    assert editions_for(question, _ALL).doc_ids == expected


def test_the_years_of_compared_editions_need_not_stand_on_their_pages() -> None:
    question = "Compare the 2019 edition with 2022 on the law of 2018."
    assert editions_for(question, _ALL).named == {"2019", "2022", "edition"}


def test_a_successor_makes_an_edition_old_whatever_its_status_says() -> None:
    assert editions_for("Who?", _ALL).doc_ids == {"third", "other"}
    assert _SECOND.status is Status.CURRENT
    assert {old: new.doc_id for old, new in successors(_ALL).items()} == {
        "first": "third",
        "second": "third",
    }


def test_editions_that_replace_each_other_in_a_circle_come_to_an_end() -> None:
    one = _document("one", supersedes="two")
    two = _document("two", supersedes="one")
    assert set(successors((one, two))) == {"one", "two"}


def test_a_withdrawn_edition_replaces_nothing() -> None:
    taken_back = _document("new", supersedes="first", status=Status.WITHDRAWN)
    assert successors((_FIRST, taken_back)) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A report is due within 30 days.", "A report is due within 60 days."),
        ("Records are kept for forty days.", "Records are kept for fifty days."),
        ("Officers must wear a camera on duty.", "Officers may wear a camera on duty."),
        ("Fees are charged to participants.", "Fees are not charged to participants."),
        ("Applicants can use funds for travel.", "Applicants can't use funds for travel."),
        ("All counties pay for travel.", "All counties except two pay for travel."),
    ],
)
def test_another_figure_duty_or_a_not_makes_a_difference(one: str, other: str) -> None:
    assert differ(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A report is due within 30 days.", "The report is due within 30 days."),
        ("A report is due within 30 days.", "A report is due within thirty days."),
        ("Applicants cannot use funds for travel.", "Applicants can not use funds for travel."),
        ("Applicants cannot use funds for travel.", "Applicants can't use funds for travel."),
        ("A report is due within 30 days.", "Juries have 12 members in such courts."),
    ],
)
def test_the_same_and_another_subject_do_not_differ(one: str, other: str) -> None:
    assert not differ(one, other)


def test_sentences_contradict_where_most_of_both_is_alike() -> None:
    due = "A report on diversion is due within 30 days."
    others = ["Trust grows.", "A report on diversion is due within 60 days."]
    assert contradict([due], others)
    longer = "A report on diversion is due within 60 days of the hearing where a judge asks for it."
    assert differ(due, longer)
    assert not contradict([due], [longer])  # it may speak of another case
    assert not contradict(["Fees are due."], ["Fees are not due."])  # too little to go by


def test_the_number_of_a_law_is_no_mark() -> None:
    text = "Under Prop.47, by order No.12 of the county, trust grew.[3]"
    assert without_note_marks(text) == text.removesuffix("[3]")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Most survivors report the crime to nobody.[1]", "Most survivors report it to nobody.[9]"),
        ("Most survivors tell nobody of the crime.1", "Most survivors tell nobody of the crime.9"),
        ("Most survivors tell nobody of the crime.¹", "Most survivors tell nobody of the crime.²"),
        ("3. Find housing for young people.", "4. Find housing for young people."),
        (
            "A report on diversion is due in 30 days.",
            "A report on diversion is due in thirty days.",
        ),
        ("Staff treat one another with respect.", "Staff treat each other with respect."),
        ("In 2017 the county housed 300 people.", "In 2018 the county housed 400 people."),
    ],
)
def test_marks_years_and_spelling_do_not_make_sentences_contradict(one: str, other: str) -> None:
    assert not contradict([one], [other])


@pytest.fixture(scope="module")
def editions(
    tmp_path_factory: pytest.TempPathFactory, embedder: SentenceTransformerEmbedder
) -> Assistant:
    folder = tmp_path_factory.mktemp("editions")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "publications.toml").write_text(_LIST, "utf-8")
    for name, line in (
        ("old.pdf", "Under the law, a report on diversion is due within 30 days."),
        ("new.pdf", "Under the law, a report on diversion is due within 60 days."),
        ("handbook.pdf", "A report on diversion under the law is due within 90 days."),
        ("parks.pdf", "Playgrounds are repaired in spring by the department of parks."),
        ("buses.pdf", "Buses run every ten minutes between the harbour and the station."),
    ):
        (corpus / name).write_bytes(raw_pdf(lines_of_text(line, top=500)))
    build_index(
        Plan(
            corpus=corpus,
            root=folder / "index",
            embedder=embedder,
            ingest_settings=IngestSettings(),
            index_settings=IndexSettings(),
            on_progress=lambda _: None,
        )
    )
    return open_assistant(folder / "index", ROOT / "config.toml", embedder=embedder)


def _quoted(reply: Reply) -> list[str]:
    assert isinstance(reply, Answer)
    return [statement.citations[0].doc_id for statement in reply.statements]


def test_an_old_edition_is_quoted_only_when_it_is_asked_for(editions: Assistant) -> None:
    question = "Within how many days is a report on diversion due?"
    reply = editions.answer_question(question)
    assert sorted(_quoted(reply)) == ["guide-2025", "handbook"]
    assert "guide-2019" not in {scored.passage.doc_id for scored in reply.evidence}
    named = editions.answer_question(
        "Within how many days is a report on diversion due in the 2019 edition?"
    )
    assert _quoted(named) == ["guide-2019"]
    follow_up = editions.answer_question(
        "And who pays for the report?", ["What does the 2019 edition say on diversion?"]
    )
    assert {e.passage.doc_id for e in follow_up.evidence} == {"guide-2019"}
    last = editions.answer_question(
        "And who pays for the report?",
        ["What does the 2019 edition say on diversion?", "And the 2025 edition?"],
    )
    assert {e.passage.doc_id for e in last.evidence} == {"guide-2025"}
    text = reply_text(named, editions.release.documents_by_id)
    assert "replaced this edition by Diversion Guide, Second edition, 2025-03-04." in text
    assert "Issued 2019-05-02: the law may have changed since." in text


def test_two_publications_that_differ_stand_side_by_side_and_it_is_said(
    editions: Assistant,
) -> None:
    reply = editions.answer_question("Within how many days is a report on diversion due?")
    assert isinstance(reply, Answer)
    assert {"60 days" in s.text or "90 days" in s.text for s in reply.statements} == {True}
    assert "differ in a figure" in reply.note
    notes = {s.citations[0].doc_id: s.notes for s in reply.statements}
    assert notes["handbook"] == ("Issued 2021-01-01: the law may have changed since.",)
    assert notes["guide-2025"] == ()


def test_notes_on_a_spanish_question_are_in_spanish(editions: Assistant) -> None:
    reply = editions.answer_question("¿Cuándo vence el informe sobre diversion?")
    shown = reply.related if isinstance(reply, Abstention) else reply.statements
    assert {note for s in shown for note in s.notes} == {
        "Publicado el 2021-01-01: la ley puede haber cambiado desde entonces."
    }
