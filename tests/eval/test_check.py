from answer.pipeline import Assistant
from eval.check import check_against
from eval.questions import Gold, JudgedQuestion


def asked(file: str, page: int, quote: str) -> JudgedQuestion:
    return JudgedQuestion(
        question_id="q1",
        question="?",
        history=(),
        kind="fact",
        answerable=True,
        needs="any",
        gold=(Gold(file=file, pages=(page,), quote=quote),),
    )


def told(assistant: Assistant, file: str, page: int, quote: str) -> list[str]:
    return [str(fault) for fault in check_against([asked(file, page, quote)], assistant.release)]


def test_what_stands_where_it_should_has_no_fault(assistant: Assistant) -> None:
    quote = "The Blueprint rests on five principles"
    assert told(assistant, "01-overview.pdf", 4, quote) == []
    assert told(assistant, "01-overview.pdf", 4, quote.upper().replace(" ", "\n")) == []


def test_an_unknown_file_gets_the_nearest_name(assistant: Assistant) -> None:
    assert told(assistant, "1-overview.pdf", 4, "x") == [
        (
            "q1: the file 1-overview.pdf is not loaded; "
            "did you mean 01-overview.pdf? correct the name or load it"
        )
    ]


def test_a_page_beyond_the_file_is_told(assistant: Assistant) -> None:
    assert told(assistant, "01-overview.pdf", 99, "x") == [
        (
            "q1: 01-overview.pdf has 10 pages, not 99; "
            "give pages of the file, counted from 1, not printed page numbers"
        )
    ]


def test_a_quote_on_another_page_is_found_there(assistant: Assistant) -> None:
    quote = "The Blueprint rests on five principles"
    assert told(assistant, "01-overview.pdf", 5, quote) == [
        (
            "q1: the quote does not stand on page 5 of 01-overview.pdf; "
            "it stands on page 4: correct the page"
        )
    ]


def test_a_quote_that_stands_nowhere_is_told(assistant: Assistant) -> None:
    assert told(assistant, "01-overview.pdf", 4, "There are six principles") == [
        (
            "q1: the quote does not stand on page 4 of 01-overview.pdf; "
            "copy it from the page, word for word"
        )
    ]
