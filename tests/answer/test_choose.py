"""Nearness and the reader's word together choose what is shown; by hand."""

from dataclasses import replace

from answer.choose import Candidate, choose, together
from answer.cite import cite
from answer.reply import Statement
from answer.settings import AnswerSettings
from ingest.document import SentenceKind
from tests.answer.making import page, sentence_passage

_SETTINGS = AnswerSettings(statement_margin=0.3, weight_reader=0.1, max_statements=3)


def _statement(text: str) -> Statement:
    passage = replace(sentence_passage(text), passage_id=text)
    statement = cite(passage, 0, len(text), {("guide", 1): page(text)})
    assert statement is not None
    return statement


def _candidate(text: str, nearness: float, log_odds: float = 0.0, pieces: int = 1) -> Candidate:
    statements = tuple(_statement(f"{text} {number}") for number in range(pieces))
    return Candidate(statements=statements, nearness=nearness, log_odds=log_odds)


def _shown(*candidates: Candidate, settings: AnswerSettings = _SETTINGS) -> list[str]:
    return [each.statements[0].text for each in choose(candidates, settings)]


def test_the_readers_word_can_outweigh_nearness() -> None:
    # 1.0 + 0.1 * -4 = 0.6, and 0.8 + 0.1 * 2 = 1.0
    assert _shown(_candidate("near", 1.0, -4.0), _candidate("answers", 0.8, 2.0)) == ["answers 0"]
    # 1.0 + 0.1 * -1 = 0.9 is within 0.3 of 1.0
    assert _shown(_candidate("near", 1.0, -1.0), _candidate("answers", 0.8, 2.0)) == [
        "answers 0",
        "near 0",
    ]


def test_what_is_far_less_likely_to_answer_is_left_out_however_near_it_is() -> None:
    # The values are 1.4 + 0.1 * -1.5 = 1.25 and 1.0 + 0.1 * 2 = 1.2; the odds lie 3.5 apart.
    near, answers = _candidate("near", 1.4, -1.5), _candidate("answers", 1.0, 2.0)
    assert _shown(near, answers) == ["answers 0"]
    assert _shown(near, answers, settings=replace(_SETTINGS, odds_margin=4.0)) == [
        "near 0",
        "answers 0",
    ]


def test_a_note_is_shown_first_or_not_at_all() -> None:
    body, note = _candidate("body", 1.0), _candidate("note", 0.9)
    noted = tuple(
        replace(
            s,
            passage=replace(
                s.passage,
                sentences=tuple(
                    replace(x, kind=SentenceKind.FOOTNOTE) for x in s.passage.sentences
                ),
            ),
        )
        for s in note.statements
    )
    assert _shown(body, replace(note, statements=noted)) == ["body 0"]
    assert _shown(body, replace(note, statements=noted, nearness=1.1)) == ["note 0", "body 0"]


def test_equals_keep_their_order_and_no_more_than_the_limit_is_shown() -> None:
    assert _shown(*(_candidate(text, 1.0) for text in "abcd")) == ["a 0", "b 0", "c 0"]


def test_pieces_of_a_list_stay_together_and_count_as_pieces() -> None:
    chosen = choose([_candidate("list", 1.0, pieces=2), _candidate("b", 0.9, pieces=2)], _SETTINGS)
    assert [len(each.statements) for each in chosen] == [2, 2]
    three = [_candidate("list", 1.0, pieces=3), _candidate("b", 0.9)]
    assert len(choose(three, _SETTINGS)) == 1


def test_where_nothing_comes_near_nothing_is_chosen() -> None:
    assert choose([], _SETTINGS) == []


def _texts(candidates: list[Candidate]) -> list[str]:
    return [each.statements[0].text for each in candidates]


def test_a_question_in_parts_shows_what_answers_each_and_then_what_answers_the_whole() -> None:
    whole = [_candidate("both", 1.0), _candidate("when", 0.9), _candidate("near", 0.8)]
    parts = [_candidate("who", 0.5), _candidate("when", 0.4)]
    assert _texts(together(parts, whole, _SETTINGS)) == ["who 0", "when 0", "both 0"]
    assert together([], whole, _SETTINGS) == whole


def test_every_part_has_its_place_however_long_another_one_is() -> None:
    parts = [_candidate("list", 0.5, pieces=3), _candidate("when", 0.4)]
    assert _texts(together(parts, [_candidate("both", 1.0)], _SETTINGS)) == ["list 0", "when 0"]


def test_of_two_parts_that_are_answered_by_the_same_words_the_longer_quotation_is_shown() -> None:
    long = _candidate("It began in May and ended in June.", 0.5)
    [statement] = long.statements
    short = replace(long, statements=(replace(statement, end_char=15),))
    assert together([short, long], [short], _SETTINGS) == [long]
    assert together([long, short], [], _SETTINGS) == [long]
