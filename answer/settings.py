"""How answers are chosen. Meanings and reasons stand in config.toml."""

import dataclasses
import datetime as dt


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class AnswerSettings:
    """The [answer] table of config.toml."""

    max_question_chars: int = 500
    evidence_passages: int = 50  # ranked for every question
    read_passages: int = 6  # searched for sentences that answer
    read_lists: int = 20  # passages searched for a list where one is asked for
    read_statements: int = 9  # that come nearest, from which those shown are chosen
    max_statements: int = 3
    reader: bool = True  # whether quotations are read for whether they answer
    min_answering: float = -2.5  # log-odds that the best quotation answers; less is no answer
    sure_answering: float = 0.0  # log-odds from which an answer is shown without a word of doubt
    encoders: str = "var/encoders"  # folder of what runs questions without PyTorch
    max_related: int = 3  # nearest passages shown with an abstention
    statement_margin: float = 0.45  # how far below the best a further statement may score
    odds_margin: float = 3.0  # how far below the surest one the reader's log-odds of others may be
    weight_reader: float = 0.15  # of the reader's log-odds, beside nearness
    weight_passage: float = 1.0
    weight_cosine: float = 1.0
    weight_coverage: float = 0.5
    weight_kind: float = 0.2
    min_related: float = 0.3  # cosine below which a passage is not even related
    max_paragraph_chars: int = 600  # a shorter paragraph is quoted whole
    max_list_chars: int = 1500  # a longer list is quoted whole only when a list is asked for
    min_support: float = 0.72  # cosine plus coverage, 0 … 2; less is not covered
    old_before: dt.date = dt.date(2024, 1, 1)  # publications issued before are marked as old
    help_contacts: str = (
        "In the United States, call 911 in an emergency. Call or text 988, the suicide and crisis "
        "lifeline, at any hour. The National Domestic Violence Hotline is 1-800-799-7233."
    )  # shown to somebody in danger or distress
