import re

import pytest

from ingest.note_marks import AFTER_END, BRACKETED, begins_next_note, may_begin_notes


@pytest.mark.parametrize("text", ["1 See it.", "1See it.", "*Of all.", "§ See it.", "[2] Ibid."])
def test_lines_that_begin_a_note(text: str) -> None:
    assert may_begin_notes(text)
    assert begins_next_note(text)


@pytest.mark.parametrize("text", ["See it.", "§ 12 of the law", "§12", "§§ 3 and 4", "(a) tents"])
def test_lines_that_begin_no_note(text: str) -> None:
    assert not may_begin_notes(text)
    assert not begins_next_note(text)


def test_figures_among_notes_go_on_with_the_note_above_them() -> None:
    assert may_begin_notes("2 730 laws name it.")
    assert not begins_next_note("730, 731 and 732.")


@pytest.mark.parametrize("mark", ["12", "12,13", "[3]", "[a]", "[3][12]", "[3, 4]"])
def test_marks_after_the_end_of_a_sentence(mark: str) -> None:
    assert re.fullmatch(AFTER_END, mark)


@pytest.mark.parametrize("text", ["1234", "12,", "[]", ""])
def test_what_is_no_mark_after_the_end_of_a_sentence(text: str) -> None:
    assert not re.fullmatch(AFTER_END, text)


def test_marks_in_brackets_are_numbers() -> None:
    found = re.findall(BRACKETED, "Trust[1] grew[2,3] and [t]he county[4, 15] paid [2019].")
    assert found == ["[1]", "[2,3]", "[4, 15]"]
