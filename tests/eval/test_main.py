from pathlib import Path

import pytest

from eval.__main__ import main
from eval.question_files import read_question_set, write_question_set
from eval.runs import part_of, read_run
from tests.conftest import ROOT

STARTER_SET = ROOT / "eval" / "sets" / "starter.jsonl"


@pytest.fixture
def small_set(tmp_path: Path) -> Path:
    file = tmp_path / "small.csv"
    write_question_set(read_question_set(STARTER_SET)[:14], file)
    return file


def run(questions: Path, index: Path, out: Path) -> int:
    return main(["run", str(questions), "--index", str(index), "--json", str(out)])


def test_a_set_is_run_saved_shown_and_compared(
    small_set: Path, starter_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run.json"
    assert run(small_set, starter_index, out) == 0
    printed = capsys.readouterr().out
    assert "small.csv: 14 questions, release 1" in printed
    assert "page hit" in printed
    assert "quotations on their page" in printed
    assert len(read_run(out).outcomes) == 14
    assert main(["show", str(out), "--misses"]) == 0
    assert "small.csv: 14 questions" in capsys.readouterr().out
    assert main(["compare", str(out), str(out)]) == 0
    assert capsys.readouterr().out.endswith("verdict: no difference beyond noise\n")
    assert main(["trec", str(out), str(tmp_path / "trec")]) == 0
    assert (tmp_path / "trec" / "qrels.txt").is_file()


def test_a_stopped_run_goes_on(
    small_set: Path, starter_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, stopped = tmp_path / "whole.json", tmp_path / "stopped.json"
    assert run(small_set, starter_index, whole) == 0
    lines = whole.read_text("utf-8").splitlines()
    header = lines[0].removeprefix('{"header": ').removesuffix(",")
    part = "\n".join([header, *(line.removesuffix(",") for line in lines[2:4])])
    part_of(stopped).write_text(part + "\n", "utf-8")
    capsys.readouterr()
    assert run(small_set, starter_index, stopped) == 0
    assert "going on after 2 questions" in capsys.readouterr().out
    old, new = read_run(whole), read_run(stopped)
    assert [o.question for o in old.outcomes] == [o.question for o in new.outcomes]
    assert [o.values for o in old.outcomes] == [o.values for o in new.outcomes]


def test_a_worse_run_gives_exit_code_2(
    small_set: Path, starter_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "config.toml"
    text = (ROOT / "config.toml").read_text("utf-8")
    settings.write_text(text.replace("min_answering = -2.5", "min_answering = 99.0"), "utf-8")
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    assert run(small_set, starter_index, good) == 0
    arguments = ["--index", str(starter_index), "--config", str(settings), "--json", str(bad)]
    assert main(["run", str(small_set), *arguments]) == 0
    capsys.readouterr()
    assert main(["compare", str(good), str(bad)]) == 2
    printed = capsys.readouterr().out
    assert "fell beyond noise" in printed
    assert "chosen but refused" in printed


def test_a_set_is_checked_and_converted(
    small_set: Path, starter_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--index", str(starter_index)]
    assert main(["check", str(small_set), *arguments]) == 0
    workbook = tmp_path / "small.xlsx"
    assert main(["convert", str(small_set), str(workbook)]) == 0
    assert read_question_set(workbook) == read_question_set(small_set)
    text = small_set.read_text("utf-8-sig")
    small_set.write_text(text.replace("01-overview.pdf", "1-overview.pdf"), "utf-8")
    capsys.readouterr()
    assert main(["check", str(small_set), *arguments]) == 2
    assert "did you mean 01-overview.pdf?" in capsys.readouterr().out


def test_a_check_lists_faults_of_form_and_what_does_not_fit_together(
    small_set: Path, starter_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = small_set.read_text("utf-8-sig")
    head, first, *rest = text.splitlines()
    assert ",definition," in first
    faulty = first.replace(",definition,", ",riddle,")
    small_set.write_text(
        "\n".join([head, faulty, *rest]).replace("01-overview.pdf", "1-overview.pdf"), "utf-8"
    )
    assert main(["check", str(small_set), "--index", str(starter_index)]) == 2
    printed = capsys.readouterr().out
    assert 'row 2: the kind "riddle" is not known' in printed
    assert "did you mean 01-overview.pdf?" in printed


def test_the_template_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "set.xlsx"
    assert main(["template", str(out)]) == 0
    assert main(["template", str(out)]) == 1
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["run", "nowhere.jsonl"], ["show", "no.json"], ["compare", "a.json", "b.json"]]
)
def test_a_missing_file_is_one_line_and_no_traceback(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    error = capsys.readouterr().err
    assert error.startswith("error: ")
    assert len(error.splitlines()) == 1
