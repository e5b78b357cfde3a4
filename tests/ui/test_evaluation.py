"""The evaluation page without a browser."""

import dataclasses
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from answer.pipeline import Assistant
from eval.printable import run_html
from eval.question_files import read_question_set, write_question_set
from eval.run import run_questions
from eval.run_tables import run_csv, run_workbook
from eval.runs import Run, RunWriter, header_for
from eval.summary import summarise
from tests.conftest import ROOT
from tests.ui.test_app import WELL_BEING, ask, html_of, open_page, text_of
from ui.evaluation import files

STARTER_SET = ROOT / "eval" / "sets" / "starter.jsonl"
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
    app.text_input[-1].set_value("../mine")
    next(button for button in app.button if button.label == "Save the set").click().run()
    assert app.error[0].value.startswith("A name has letters")
    app.text_input[-1].set_value("mine")
    next(button for button in app.button if button.label == "Save the set").click().run()
    assert not app.exception
    saved = read_question_set(tmp_path / "var" / "eval" / "sets" / "mine.jsonl")
    assert saved[:-1] == read_question_set(STARTER_SET)
    assert saved[-1].question == "Who leads?"


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


def test_a_rated_answer_becomes_a_judged_question_in_two_clicks(
    app: AppTest, tmp_path: Path
) -> None:
    ask(app.run(), WELL_BEING)
    app.feedback[0].set_value(1).run()
    app.button(key="FormSubmitter:rating-1-Send rating").click().run()
    open_section(app, "From use")
    assert WELL_BEING in text_of(app)
    next(button for button in app.button if button.label == "Make a question of it").click().run()
    next(button for button in app.button if button.label == "Keep this question").click().run()
    assert not app.exception
    (question,) = read_question_set(tmp_path / "var" / "eval" / "sets" / "from-use.jsonl")
    assert question.question == WELL_BEING
    assert question.gold[0].file == "03-well-being-is-safety.pdf"
    open_section(app, "From use")
    assert "(made into a question)" in text_of(app)


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
    assert lines.startswith("id,question,kind,answerable,stage of the miss")
    report = run_html(run, summary).decode()
    assert "<script" not in report
    assert "http" not in report.split("</style>")[0]
    assert f"index release {run.header.release}".split()[-1] in report


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
