"""What the network sees of an item: texts of like extent, one that answers and two that tempt."""

import random

from training.altered import altered, proper_names
from training.contrast import item_of
from training.shown import shown

_ITEM = item_of(
    """# Report (2021)
## Participants
A The program accepted 212 people in spring.
A A nurse saw everybody.
A Two judges watched.
B Of the people accepted in fall, 38 were women.
B Staff review each referral.
B The site closed in June.
Q how many people were accepted in spring | A1
Q who was seen by a nurse? | A2
""",
    "here",
)
_BEFORE = "Report (2021) - Participants: "


def test_all_extents_are_shown_and_the_three_texts_of_a_question_have_the_same() -> None:
    seen = [shown([_ITEM], random.Random(seed))[0] for seed in range(30)]
    assert (
        {(each.answers, *each.tempts) for each in seen}
        == {
            (  # the line that answers, the likest of the other version, the likest beside it
                _BEFORE + "The program accepted 212 people in spring.",
                _BEFORE + "Of the people accepted in fall, 38 were women.",
                _BEFORE + "A nurse saw everybody.",
            ),
            (  # each with the line before and the line after
                _BEFORE + "The program accepted 212 people in spring. A nurse saw everybody.",
                _BEFORE
                + "Of the people accepted in fall, 38 were women. Staff review each referral.",
                _BEFORE + "A nurse saw everybody. Two judges watched.",
            ),
            (  # all there is
                _BEFORE + "The program accepted 212 people in spring. A nurse saw everybody. "
                "Two judges watched.",
                _BEFORE
                + "Of the people accepted in fall, 38 were women. Staff review each referral. "
                "The site closed in June.",
                _BEFORE + "A nurse saw everybody. Two judges watched.",
            ),
        }
    )


def test_no_text_that_tempts_holds_the_line_that_answers() -> None:
    for seed in range(30):
        for each, line in zip(
            shown([_ITEM], random.Random(seed)), _ITEM.versions["A"], strict=False
        ):
            assert line in each.answers
            assert not any(line in text for text in each.tempts)


def test_names_are_words_that_never_begin_small() -> None:
    texts = ["Harlow County opened a park.", "The park of Harlow", "County roads", "Once Dell"]
    assert proper_names(texts) == ["County", "Harlow"]
    assert proper_names([*texts, "a county"]) == ["Harlow"]


def test_a_year_or_a_name_of_the_question_is_exchanged_wherever_it_stands() -> None:
    text = "Harlow Budget (2021) - Roads: In 2021 Harlow paid 20210 dollars."
    changed = {
        altered("What did Harlow pay in 2021?", text, ["Dell", "Harlow"], random.Random(seed))
        for seed in range(200)
    }
    years = {2017, 2018, 2019, 2020, 2022, 2023, 2024, 2025}
    assert changed == {text.replace("Harlow", "Dell")} | {
        f"Harlow Budget ({year}) - Roads: In {year} Harlow paid 20210 dollars." for year in years
    }


def test_nothing_is_exchanged_where_question_and_text_share_no_name() -> None:
    assert altered("What did it pay in 2020?", "In 2021: 5", ["Dell"], random.Random(0)) is None
