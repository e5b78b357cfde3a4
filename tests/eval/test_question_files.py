import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from eval.errors import QuestionSetInvalid
from eval.question_files import (
    SUFFIXES,
    parse_question_set,
    question_set_bytes,
    read_question_set,
    write_question_set,
)
from eval.questions import ANSWERABLE_KINDS, UNANSWERABLE_KINDS, Gold, JudgedQuestion
from eval.rows import COLUMNS
from eval.template import template_bytes, write_template

QUESTION = JudgedQuestion(
    question_id="q1",
    question="What are the steps?",
    history=("What is the plan?", "Who leads?"),
    kind="list",
    answerable=True,
    needs="all",
    gold=(
        Gold(file="a.pdf", pages=(4, 7, 8), quote="First, plan."),
        Gold(file="b c.pdf", pages=(1,), quote="=SUM(A1)"),
    ),
    answer="Plan, then act.",
    note="-1 is no formula",
)

# What a cell of a spreadsheet can hold: printable, and no white space at its ends.
_texts = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=("Cc", "Zs")),
    min_size=1,
    max_size=20,
)
_gold = st.builds(
    Gold,
    file=_texts,
    pages=st.lists(st.integers(1, 999), min_size=1, max_size=3, unique=True).map(tuple),
    quote=_texts,
)


@st.composite
def _questions(draw: st.DrawFn) -> JudgedQuestion:
    gold = tuple(draw(st.lists(_gold, max_size=3)))
    kinds = ANSWERABLE_KINDS if gold else UNANSWERABLE_KINDS
    return JudgedQuestion(
        question_id=draw(_texts),
        question=draw(_texts),
        history=tuple(draw(st.lists(_texts, max_size=2))),
        kind=draw(st.sampled_from(kinds)),
        answerable=bool(gold),
        needs=draw(st.sampled_from(["any", "all"])),
        gold=gold,
        answer=draw(st.none() | _texts),
        note=draw(st.just("") | _texts),
    )


_sets = st.lists(_questions(), min_size=1, max_size=4, unique_by=lambda q: q.question_id)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=25)
@given(questions=_sets)
def test_a_set_is_read_back_as_it_was_written(suffix: str, questions: list[JudgedQuestion]) -> None:
    parsed = parse_question_set(f"set{suffix}", question_set_bytes(questions, suffix))
    assert parsed.faults == ()
    assert list(parsed.questions) == questions


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_set_is_written_to_and_read_from_a_file(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"set{suffix}"
    write_question_set([QUESTION], file)
    assert read_question_set(file) == [QUESTION]


def test_every_faulty_line_is_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"id": "q1"}\nno json\n', "utf-8")
    with pytest.raises(QuestionSetInvalid) as caught:
        read_question_set(file)
    message = str(caught.value)
    assert "line 1: the question is missing" in message
    assert 'line 1: the kind "None" is not known' in message
    assert "line 2: is no JSON" in message


def test_an_empty_set_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.jsonl"
    file.write_text("\n", "utf-8")
    with pytest.raises(QuestionSetInvalid, match="holds no question"):
        read_question_set(file)


def test_a_missing_file_and_an_unknown_ending_are_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetInvalid, match=r"none\.jsonl: cannot be read"):
        read_question_set(tmp_path / "none.jsonl")
    (tmp_path / "set.txt").write_text("x", "utf-8")
    with pytest.raises(QuestionSetInvalid, match=r'"\.txt" is not known; take \.jsonl, \.csv'):
        read_question_set(tmp_path / "set.txt")


def test_a_table_as_a_spreadsheet_program_saves_it() -> None:
    rows = [
        ";".join(COLUMNS),
        "1;What’s first?;;fact;Yes;;a.pdf;4,0;Trust;;",
        ";;;;;;a.pdf;7-8;Trust too;;",
        "2;Costs?;;near_topic;no;any;;;;;",
    ]
    # Semicolons and Windows text, as in some countries; the second page entry is malformed.
    parsed = parse_question_set("set.csv", "\r\n".join(rows).encode("cp1252"))
    assert [str(fault).split(";")[0] for fault in parsed.faults] == [
        "row 2: gold entry 1 has no pages, or pages that are no numbers from 1"
    ]
    mended = "\r\n".join(rows).replace("4,0", "4").encode("cp1252")
    first, second = parse_question_set("set.csv", mended).questions
    assert first.question == "What’s first?"
    assert [gold.pages for gold in first.gold] == [(4,), (7, 8)]
    assert second.answerable is False


def test_numbers_and_booleans_of_a_workbook_are_read_as_they_are_seen() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(COLUMNS))
    sheet.append([12, "What?", None, "fact", True, "any", "a.pdf", 4.0, "Trust", None, None])
    stream = io.BytesIO()
    book.save(stream)
    (question,) = parse_question_set("set.xlsx", stream.getvalue()).questions
    assert question.question_id == "12"
    assert question.answerable is True
    assert question.gold[0].pages == (4,)


def test_missing_columns_are_named() -> None:
    parsed = parse_question_set("set.csv", b"id,question,kind\n1,What?,fact\n")
    assert parsed.faults[0].where == "row 1"
    assert "answerable, needs, file, pages, quote" in parsed.faults[0].what


@pytest.mark.parametrize("name", ["set.xlsx", "set.csv", "set.jsonl"])
@pytest.mark.parametrize("data", [b"", b"\x00\x01\xff", b"PK\x03\x04 no archive", b"%PDF-1.7"])
def test_what_is_no_question_set_is_one_plain_fault_at_least(name: str, data: bytes) -> None:
    parsed = parse_question_set(name, data)
    assert parsed.questions == ()
    assert all(fault.remedy for fault in parsed.faults)
    assert parsed.faults or not data


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked() -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w", force_zip64=True) as entry,
    ):
        for _ in range(201):
            entry.write(b"\0" * 2**20)
    assert len(stream.getvalue()) < 2**20
    (fault,) = parse_question_set("bomb.xlsx", stream.getvalue()).faults
    assert fault.what == "the workbook unpacks to more than 200 MB"


def test_no_text_of_a_set_is_a_formula_in_the_workbook() -> None:
    book = load_workbook(io.BytesIO(question_set_bytes([QUESTION], ".xlsx")))
    cells = [cell for row in book["Questions"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert "'=SUM(A1)" in {cell.value for cell in cells}


def test_the_template_reads_back_without_faults_and_has_choices(tmp_path: Path) -> None:
    file = tmp_path / "template.xlsx"
    write_template(file)
    assert [q.kind for q in read_question_set(file)] == ["list", "near_topic"]
    book = load_workbook(file)
    assert book.sheetnames == ["Questions", "How to"]
    rules = book["Questions"].data_validations.dataValidation
    assert all(rule.showErrorMessage for rule in rules)  # what is no choice is refused
    assert {str(rule.sqref) for rule in rules} == {"D2:D2000", "E2:E2000", "F2:F2000"}


def test_a_template_overwrites_nothing(tmp_path: Path) -> None:
    file = tmp_path / "mine.xlsx"
    file.write_bytes(b"mine")
    with pytest.raises(QuestionSetInvalid, match="is there already"):
        write_template(file)
    assert file.read_bytes() == b"mine"
    with pytest.raises(QuestionSetInvalid, match=r"must end in \.xlsx"):
        write_template(tmp_path / "mine.txt")


def test_the_choices_of_the_template_fit_what_a_spreadsheet_takes() -> None:
    rules = load_workbook(io.BytesIO(template_bytes()))["Questions"].data_validations.dataValidation
    assert all(len(rule.formula1) <= 257 for rule in rules)  # 255 characters and the quotes
