"""What a question names, and whether a page has it."""

import pytest

from answer.held import file_words
from answer.named import (
    Names,
    abbreviations_in,
    as_typed,
    names_body,
    names_in,
    names_of,
    small_in,
    unmet,
    years_held,
    years_in,
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What does Santa Cruz County do?", ["santa", "cruz"]),
        ("Who is Mark Ghaly's successor?", ["mark", "ghaly"]),
        ("What happens in California in March?", ["california"]),
        ("Which agencies lead?", []),
        ("Is it so? Which agencies lead?", []),
        ("What does the CSJ say?", []),
        ("What did Stockton and Stockton’s police do?", ["stockton"]),
        ("I run a shelter. Explain the match.", []),
        ("What did Mr. Ghaly of McHenry say?", ["ghaly", "mchenry"]),
        ("What Is The Difference Between Parole And Probation?", []),
        ("What does the county (Kern) pay?", ["kern"]),
        ("What did Gov. Newsom sign?", ["newsom"]),
        ("What is Proposition 47? Explain how it works.", ["proposition"]),
        ("I live in Fresno. Which programs help? Who pays?", ["fresno"]),
        ("Compare the two counties: Kern and Napa", ["kern", "napa"]),
        ("What follows from Brown v. Plata?", ["brown", "plata"]),
        ("What does Figure 12 of the Attorney General show for Black youth?", []),
        ("Does Kern take US money?", ["kern"]),
        ("What did Officer O'Brien report?", ["obrien"]),
        ("In one sentence: Explain the five principles", []),
        ("“Restorative justice” means what?", []),
        ("What are the five principles, Thanks", []),
        ("What are the five principles?\nList them briefly", []),
        ("Who leads in\nFresno and Kern?", ["fresno", "kern"]),
    ],
)
def test_the_names_of_a_question(question: str, expected: list[str]) -> None:
    assert names_in(question) == expected


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("What does Alameda do?", "Sacramento and Stockton met.", ["alameda"]),
        ("What does Sacramento do?", "Sacramento and Stockton met.", []),
        ("What does Sacremento do?", "Sacramento and Stockton met.", []),  # misspelt
        ("What do Californians say?", "The Californian view.", []),
        ("What do Sacramento and Fresno do?", "Sacramento met.", ["fresno"]),
        ("What do they do?", "", []),
        ("What was new in 2019?", "New in 2020.", ["2019"]),
        ("What was new in 2019?", "The plan of 2019-20.", []),
        ("What did Fresno do in 2019?", "Sacramento met.", ["fresno", "2019"]),
        ("How many did Orange County divert?", "In the range of 40.", ["orange"]),
        ("What did Mono say?", "A monolingual voice.", ["mono"]),
        ("What does Prop 47 fund?", "Proposition 47 funds it.", []),
        ("What does Calif. law ask?", "The law of California.", []),
        ("Who is Dr. Lee?", "The plan of Leeds.", ["lee"]),
        ("What does Ann say?", "The Annual Report.", ["ann"]),
        ("What was spent in FY2019?", "In 2020 it was 5.", ["2019"]),
        ("What was spent in 2019?", "In FY2019 it was 5.", []),
        ("What was spent in SFY2003?", "In SFY03 it was 5.", []),
        ("What was spent in FY 98?", "In 1998 it was 5.", []),
        ("What was spent in FY22?", "In 2021-22 it was 5.", []),
        ("What was spent in 2022?", "In FY21 it was 5 of 22.", ["2022"]),
        ("Are 2000 hours enough?", "Officers need 2,000 hours.", []),
    ],
)
def test_names_and_years_that_the_texts_do_not_hold(
    question: str, text: str, missing: list[str]
) -> None:
    wanted = names_in(question)
    assert unmet(wanted, years_in(question), ["Other words.", text]) == missing


def test_a_word_that_is_written_small_elsewhere_is_no_name() -> None:
    page = ["Range of Services", "What O’Brien said."]
    assert unmet(["orange"], [], page) == []
    assert unmet(["orange"], [], page, small={"range"}) == ["orange"]
    assert unmet(["obrien"], [], page) == []
    assert unmet(["prop"], [], ["Proposition 47"], small={"proposition"}) == []
    assert small_in(["Main Street is the main road."]) == {"is", "the", "main", "road"}
    assert small_in(["See www.example.org/california or a@kern.org."]) == {"or"}


def test_a_name_that_the_publications_have_is_not_another_one_misspelt() -> None:
    page = ["What Johnston County pays."]
    assert unmet(["johnson"], [], page) == []
    assert unmet(["johnson"], [], page, is_known={"johnson"}.__contains__) == ["johnson"]


def test_a_body_may_be_called_after_a_person() -> None:
    assert names_body("What did the Ada Stone Association report?")
    assert names_body("What does the A. B. Stone Foundation pay?")
    assert not names_body("What did Ada Stone tell her association?")


def test_a_name_is_shown_as_it_was_typed() -> None:
    assert as_typed("mchenry", "What does McHenry County do?") == "McHenry"
    assert as_typed("voca", "What does VOCA pay?") == "VOCA"
    assert as_typed("kern", "what does kern pay?") == "Kern"
    assert as_typed("2019", "") == "2019"


def test_a_date_is_no_range_of_years() -> None:
    assert years_held("Issued 2019-06-30") == {"2019"}
    assert years_held("In 1999-00 and 2017–18") == {"1999", "2000", "2017", "2018"}


def test_the_abbreviations_of_a_question() -> None:
    assert abbreviations_in("Is VOCA money for a CoC due in AB109 plans?") == ["voca", "coc", "ab"]
    assert abbreviations_in("Does DeKalb pay?") == []
    assert abbreviations_in("MUST I ATTACH THE VOCA FORM?") == []
    assert abbreviations_in("What MUST a Phase III plan for VOCA hold?") == ["voca"]


def test_a_file_name_is_taken_apart() -> None:
    assert file_words("CBvipNOFO_2017.pdf") == "cbvip nofo 2017"


def test_the_years_of_a_question() -> None:
    assert years_in("Was it 2019 or 2020, and not 12019 or 20 counties in 2019?") == [
        "2019",
        "2020",
    ]
    assert years_in("Is a grant of $2000 paid since the 1990s?") == []


def test_what_a_part_names_holds_before_what_the_whole_names() -> None:
    whole = names_of("How many did Kern serve in 2019 and how many did Napa serve?")
    assert names_of("how many did Napa serve?").or_of(whole) == Names(
        names=("napa",), years=("2019",)
    )
    assert names_of("how many in 2020?").or_of(whole) == Names(
        names=("kern", "napa"), years=("2020",)
    )
    assert names_of("how many?") == Names()
    fiscal = names_of("how many in SFY18?")
    assert fiscal == Names(fiscal_years=("2018",))
    assert fiscal.or_of(whole) == Names(names=("kern", "napa"), fiscal_years=("2018",))
