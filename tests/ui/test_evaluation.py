"""The evaluation page without a browser."""

import dataclasses
import io
from datetime import date
from html import escape
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from answer.pipeline import Assistant
from eval.printable import run_html
from eval.question_files import read_question_set, write_question_set
from eval.questions import Gold, JudgedQuestion
from eval.run import run_questions
from eval.run_tables import run_csv, run_workbook
from eval.runs import Run, RunWriter, header_for
from eval.summary import summarise
from tests.conftest import ROOT
from tests.ui.test_app import WELL_BEING, ask, html_of, open_page, text_of
from ui.evaluation import files
from ui.evaluation.rated import question_of
from usage.store import NewRating, Rating

STARTER_SET = ROOT / "eval" / "sets" / "starter.jsonl"
HALF_A_CHARACTER = (
    '{"id": "1", "question": "What \\ud800?", "kind": "near_topic", "answerable": false}\n'
)
EVIL = "<img src=x onerror=alert(1)> =SUM(A1) **bold**"


def open_section(app: AppTest, name: str) -> AppTest:
    open_page(app.run(), "evaluation").run()
    app.radio(key="evaluation_section").set_value(name).run()
    assert not app.exception
    return app


@pytest.fixture(scope="module")
def run(assistant: Assistant) -> Run:
    questions = read_question_set(STARTER_SET)[:12]
    questions += read_question_set(STARTER_SET)[27:30]
    return Run(
        header=header_for(assistant, questions, "some.jsonl"),
        outcomes=tuple(run_questions(assistant, questions)),
    )


def save(run: Run, out: Path) -> None:
    writer = RunWriter(out, run.header)
    for outcome in run.outcomes:
        writer.add(outcome)
    writer.finish()


def test_a_set_of_the_program_is_shown_without_faults(app: AppTest) -> None:
    open_section(app, "Question sets")
    count = len(read_question_set(STARTER_SET))
    assert f"{count} questions" in text_of(app)
    assert "What is wrong" not in text_of(app)


def test_a_faulty_upload_lists_every_fault_and_cannot_be_saved(app: AppTest) -> None:
    open_section(app, "Question sets")
    app.radio(key="set_source").set_value("Upload a file").run()
    rows = [
        "id,question,earlier questions,kind,answerable,needs,file,pages,quote,answer,note",
        "1,What?,,fact,yes,any,,,,,",
        f"2,{EVIL},,riddle,no,any,,,,,",
    ]
    app.file_uploader[0].set_value([("set.csv", "\n".join(rows).encode(), "text/csv")]).run()
    assert not app.exception
    shown = text_of(app)
    assert "row 2 answerable, but no page is given" in " ".join(shown.split())
    assert 'the kind "riddle" is not known' in shown
    assert not [button for button in app.button if button.label == "Save the set"]


def test_an_upload_that_fits_no_publication_says_so(app: AppTest) -> None:
    open_section(app, "Question sets")
    app.radio(key="set_source").set_value("Upload a file").run()
    rows = [
        "id,question,earlier questions,kind,answerable,needs,file,pages,quote,answer,note",
        f"1,{EVIL},,fact,yes,any,1-overview.pdf,4,The Blueprint rests,,",
    ]
    app.file_uploader[0].set_value([("set.csv", "\n".join(rows).encode(), "text/csv")]).run()
    assert "did you mean 01-overview.pdf?" in text_of(app)
    assert "<img" not in html_of(app)


def test_one_question_is_edited_in_a_form_and_the_set_is_saved(
    app: AppTest, tmp_path: Path
) -> None:
    open_section(app, "Question sets")
    app.radio(key="set_edit").set_value("One question in a form").run()
    app.text_input[0].set_value("new-1")
    app.text_area[0].set_value("Who leads?")
    app.text_area[2].set_value("01-overview.pdf | 4 | The Blueprint rests on five principles")
    next(button for button in app.button if button.label == "Keep this question").click().run()
    assert not app.exception
    assert "Changed, and not saved yet." in text_of(app)
    app.text_input[-1].set_value("../mine")
    next(button for button in app.button if button.label == "Save the set").click().run()
    assert app.error[0].value.startswith("A name has letters")
    app.text_input[-1].set_value("mine")
    next(button for button in app.button if button.label == "Save the set").click().run()
    assert not app.exception
    saved = read_question_set(tmp_path / "var" / "eval" / "sets" / "mine.jsonl")
    assert saved[:-1] == read_question_set(STARTER_SET)
    assert saved[-1].question == "Who leads?"


def button(app: AppTest, label: str) -> Button:
    return next(found for found in app.button if found.label == label)


def test_changes_in_the_form_outlive_a_look_at_the_table_and_at_another_set(
    app: AppTest, tmp_path: Path
) -> None:
    first, second, *_ = starter = read_question_set(STARTER_SET)[:3]
    sets = tmp_path / "var" / "eval" / "sets"
    sets.mkdir(parents=True)
    write_question_set(starter, sets / "three.jsonl")
    open_section(app, "Question sets")
    app.selectbox(key="set_chosen").set_value("three.jsonl").run()
    app.radio(key="set_edit").set_value("One question in a form").run()
    choose_question(app, first)
    app.text_input[0].set_value("renamed")
    button(app, "Keep this question").click().run()
    choose_question(app, second)
    button(app, "Delete this question").click().run()
    app.radio(key="set_edit").set_value("In a table").run()
    assert not app.exception
    app.selectbox(key="set_chosen").set_value("starter (comes with the program)").run()
    assert "Changed, and not saved yet." not in text_of(app)
    app.selectbox(key="set_chosen").set_value("three.jsonl").run()
    assert "2 questions, 0 of them" in text_of(app)
    button(app, "Save the set").click().run()
    assert app.error[0].value.startswith("There is a set of this name.")
    app.checkbox[-1].check()
    button(app, "Save the set").click().run()
    assert app.success[0].value.startswith("Saved: 2 questions.")
    ids = [question.question_id for question in read_question_set(sets / "three.jsonl")]
    assert ids == ["renamed", starter[2].question_id]
    app.radio(key="evaluation_section").set_value("Run").run()
    assert app.selectbox(key="run_set").value == "three.jsonl"


def choose_question(app: AppTest, question: JudgedQuestion) -> None:
    box = next(found for found in app.selectbox if found.label == "Question to edit")
    box.set_value(f"{question.question_id}: {question.question}").run()


def test_two_questions_never_get_the_same_id(app: AppTest) -> None:
    open_section(app, "Question sets")
    app.radio(key="set_edit").set_value("One question in a form").run()
    first, second, *_ = read_question_set(STARTER_SET)
    choose_question(app, first)
    app.text_input[0].set_value(second.question_id)
    button(app, "Keep this question").click().run()
    assert app.error[0].value.startswith("Another question of this set has this id.")


def test_a_set_with_faults_cannot_be_run(app: AppTest, tmp_path: Path) -> None:
    sets = tmp_path / "var" / "eval" / "sets"
    sets.mkdir(parents=True)
    (sets / "bad.jsonl").write_text('{"id": "1"}\n{"id": "1"}\n', "utf-8")
    (sets / "half.jsonl").write_text(HALF_A_CHARACTER, "utf-8")
    open_section(app, "Run")
    assert [found.label for found in app.button] == ["Run this set"]
    app.selectbox(key="run_set").set_value("bad.jsonl").run()
    assert "stands in line 1 too" in text_of(app)
    assert not app.button
    app.selectbox(key="run_set").set_value("half.jsonl").run()
    assert not app.exception
    assert "holds a damaged character" in text_of(app)
    assert not app.button


def test_results_tell_figures_misses_and_each_question(
    app: AppTest, tmp_path: Path, run: Run
) -> None:
    save(run, tmp_path / "var" / "eval" / "runs" / "first.json")
    open_section(app, "Results")
    shown = text_of(app)
    summary = summarise(run.outcomes)
    recall = next(m for m in summary.measures if m.name == "Recall@5")
    assert f"{100 * recall.mean:.0f}%" in shown
    assert f"{summary.quotations} of {summary.quotations} quotations stand word for word" in shown
    for stage in summary.stages:
        assert stage in shown
    app.selectbox(key="question_filter").set_value("All questions").run()
    app.toggle(key="question_pages").set_value(True).run()  # AppTest's own signature
    assert not app.exception
    assert run.outcomes[0].question.gold[0].quote[:40] in text_of(app)
    assert len(app.get("image")) >= 1


def test_two_runs_are_compared_in_words(app: AppTest, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "var" / "eval" / "runs"
    save(run, folder / "first.json")
    save(run, folder / "second.json")
    open_section(app, "Compare")
    assert "No difference beyond noise" in text_of(app)
    assert "No question changed." in text_of(app)
    assert "Both runs were made of the same set" in text_of(app)


def test_a_run_is_compared_at_first_with_one_that_shares_questions(
    app: AppTest, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "var" / "eval" / "runs"
    save(run, folder / "first-20260101T000000.json")
    strange = tuple(
        dataclasses.replace(o, question=dataclasses.replace(o.question, question_id=f"x{n}"))
        for n, o in enumerate(run.outcomes)
    )
    save(dataclasses.replace(run, outcomes=strange), folder / "other-20260102T000000.json")
    save(run, folder / "second-20260103T000000.json")
    open_section(app, "Compare")
    assert [box.value for box in app.selectbox] == [
        "second-20260103T000000",
        "first-20260101T000000",
    ]
    app.selectbox[1].set_value("other-20260102T000000").run()
    assert "no question in common" in text_of(app)


def test_of_too_few_questions_it_is_said_that_nothing_can_be_told(
    app: AppTest, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "var" / "eval" / "runs"
    four = [dataclasses.replace(o, values={"answered": 1.0}) for o in run.outcomes[:4]]
    lost = [dataclasses.replace(o, values={"answered": 0.0}) for o in four[:3]] + four[3:]
    save(dataclasses.replace(run, outcomes=tuple(four)), folder / "tea-20260101T000000.json")
    save(dataclasses.replace(run, outcomes=tuple(lost)), folder / "tea-20260102T000000.json")
    open_section(app, "Compare")
    assert "Too few questions to tell: fewer than 5 show no change beyond noise" in text_of(app)
    assert "No difference beyond noise" not in text_of(app)


def test_a_set_is_begun_with_nothing_and_the_choice_of_a_set_is_kept(
    app: AppTest, tmp_path: Path
) -> None:
    open_section(app, "Question sets")
    app.radio(key="set_source").set_value("A new, empty set").run()
    app.radio(key="set_edit").set_value("In a table").run()
    assert not app.exception
    assert "It holds no question yet." in text_of(app)
    assert list(app.dataframe[0].value.columns)[:2] == ["id", "question"]
    app.radio(key="set_edit").set_value("One question in a form").run()
    app.text_input[0].set_value("own-1")
    app.text_area[0].set_value("Who leads?")
    app.text_area[2].set_value("01-overview.pdf | 4 | The Blueprint rests on five principles")
    button(app, "Keep this question").click().run()
    app.text_input[-1].set_value("own")
    button(app, "Save the set").click().run()
    assert not app.exception
    (saved,) = read_question_set(tmp_path / "var" / "eval" / "sets" / "own.jsonl")
    assert saved.question == "Who leads?"
    app.radio(key="evaluation_section").set_value("Results").run()
    app.radio(key="evaluation_section").set_value("Question sets").run()
    assert app.selectbox(key="set_chosen").value == "own.jsonl"


def test_what_was_changed_between_two_runs_is_told(app: AppTest, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "var" / "eval" / "runs"
    answer = {**run.header.settings["answer"], "min_support": 2.0}
    header = dataclasses.replace(
        run.header, settings={**run.header.settings, "answer": answer}, model="<i>another</i>"
    )
    save(run, folder / "tea-20260101T000000.json")
    save(run, folder / "other-20260102T000000.json")
    save(dataclasses.replace(run, header=header), folder / "tea-20260103T000000.json")
    open_section(app, "Compare")
    assert [box.value for box in app.selectbox] == ["tea-20260103T000000", "tea-20260101T000000"]
    shown = " ".join(text_of(app).split())
    assert "Setting min_support" in shown
    assert "<i>another</i>" in shown
    assert "<i>" not in html_of(app)


def test_a_rated_answer_becomes_a_judged_question_in_two_clicks(
    app: AppTest, tmp_path: Path
) -> None:
    ask(app.run(), WELL_BEING)
    app.feedback[0].set_value(1).run()
    app.button(key="FormSubmitter:rating-1-Send rating").click().run()
    open_section(app, "From use")
    assert WELL_BEING in text_of(app)
    next(button for button in app.button if button.label == "Make it a question").click().run()
    next(button for button in app.button if button.label == "Add to set").click().run()
    assert not app.exception
    assert app.success[0].value == "Added. The set has one question now."
    (question,) = read_question_set(tmp_path / "var" / "eval" / "sets" / "from-use.jsonl")
    assert question.question == WELL_BEING
    assert question.gold[0].file == "03-well-being-is-safety.pdf"
    assert WELL_BEING not in text_of(app)
    app.radio(key="rating_filter").set_value("All").run()
    assert "(made into a question)" in text_of(app)


def rated(*, kind: str, helpful: bool, question: str = "Who?", history: list[str]) -> Rating:
    citation = {"file": "a.pdf", "page_number": 4, "quote": "Some words."}
    statements = [{"text": "Some words.", "citations": [citation, citation]}]
    return Rating(
        rating_id=7,
        day=date(2026, 1, 2),
        used=False,
        given=NewRating(
            helpful=helpful,
            reason="a reason",
            comment="",
            question=question,
            history=tuple(history),
            reply={"kind": kind, "statements": statements if kind == "answer" else []},
            release=1,
        ),
    )


def test_only_what_was_helpful_is_taken_to_be_right() -> None:
    good = question_of(rated(kind="answer", helpful=True, history=[]))
    assert (good.kind, good.answerable) == ("who", True)
    assert good.gold == (Gold(file="a.pdf", pages=(4,), quote="Some words."),)
    bad = question_of(rated(kind="answer", helpful=False, history=["Before?"]))
    assert (bad.kind, bad.answerable, bad.gold) == ("followup", True, ())
    right = question_of(rated(kind="abstention", helpful=True, history=[]))
    assert (right.kind, right.answerable, right.gold) == ("near_topic", False, ())
    wrong = question_of(rated(kind="abstention", helpful=False, history=[]))
    assert (wrong.answerable, wrong.gold) == (True, ())


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When was it issued?", "date"),
        ("How many people are there?", "number"),
        ("How do we begin?", "howto"),
        ("What is a plan?", "definition"),
        ("What are the steps?", "list"),
        ("Is it so?", "fact"),
    ],
)
def test_the_kind_is_guessed_from_the_first_words(question: str, kind: str) -> None:
    rating = rated(kind="answer", helpful=True, question=question, history=[])
    assert question_of(rating).kind == kind


def test_a_question_from_an_unhelpful_answer_needs_its_evidence(
    app: AppTest, tmp_path: Path
) -> None:
    ask(app.run(), WELL_BEING)
    app.feedback[0].set_value(0).run()
    app.button(key="FormSubmitter:rating-1-Send rating").click().run()
    open_section(app, "From use")
    button(app, "Make it a question").click().run()
    button(app, "Add to set").click().run()
    assert "answerable, but no page is given" in text_of(app)
    where = next(area for area in app.text_area if area.label.startswith("Where it stands"))
    where.set_value("01-overview.pdf | 999 | Not there")
    button(app, "Add to set").click().run()
    assert "Not added: this does not fit" in text_of(app)
    assert not (tmp_path / "var" / "eval" / "sets").exists()


def test_the_page_can_be_turned_off(app: AppTest, tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    text = settings.read_text("utf-8")
    off = text.replace("evaluation_page = true", "evaluation_page = false")
    settings.write_text(off, "utf-8")
    app.run()
    open_page(app, "evaluation").run()
    assert not [radio for radio in app.radio if radio.label == "Section"]


def test_a_run_as_spreadsheet_table_and_report(run: Run) -> None:
    summary = summarise(run.outcomes)
    book = load_workbook(io.BytesIO(run_workbook(run, summary)))
    assert book.sheetnames == ["Measures", "Questions", "Misses by stage"]
    assert book["Questions"].max_row == 1 + len(run.outcomes)
    assert book["Measures"]["B2"].value == pytest.approx(summary.measures[0].mean)
    lines = run_csv(run).decode("utf-8-sig")
    assert lines.startswith("id,question,earlier questions,kind,answerable")
    report = run_html(run, summary).decode()
    assert "<script" not in report
    assert "://" not in report.split("</style>")[0]
    for told in (run.header.model, run.header.started, run.header.commit or "not from a git"):
        assert escape(told) in report
    assert "min_support = " in report
    assert "a page that answers is among the five best" in report


def test_the_figures_of_a_spreadsheet_are_numbers_and_its_texts_no_formulas(run: Run) -> None:
    outcome = run.outcomes[0]
    question = dataclasses.replace(outcome.question, question="=1+1")
    one = dataclasses.replace(run, outcomes=(dataclasses.replace(outcome, question=question),))
    sheet = load_workbook(io.BytesIO(run_workbook(one, summarise(one.outcomes))))["Questions"]
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert cells["Recall@5"].value == outcome.values["Recall@5"]
    assert cells["seconds"].value == outcome.seconds
    assert cells["question"].data_type == "s"
    assert "cited pages" in cells
    assert "'=1+1" in run_csv(one).decode("utf-8-sig")


def test_no_text_of_a_set_becomes_markup_in_the_report(run: Run) -> None:
    outcome = run.outcomes[0]
    question = dataclasses.replace(outcome.question, question=EVIL, note=EVIL)
    evil = dataclasses.replace(run, outcomes=(dataclasses.replace(outcome, question=question),) * 2)
    report = run_html(evil, summarise(evil.outcomes)).decode()
    assert "<img" not in report


def test_names_of_sets_are_no_paths(tmp_path: Path) -> None:
    for name in ("../x", "a/b", "", ".hidden", "x" * 80, "a\\b", "CON\0"):
        assert files.set_file(tmp_path, name) is None
    write_question_set(read_question_set(STARTER_SET)[:1], tmp_path / "one.csv")
    assert files.set_file(tmp_path, "My set 2") == tmp_path / "sets" / "My set 2.jsonl"
