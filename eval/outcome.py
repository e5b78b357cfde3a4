"""One judged question with its reply and what that is worth; as a value and as JSON data."""

from dataclasses import asdict, dataclass
from typing import Any

from eval.questions import JudgedQuestion, question_from, question_record


@dataclass(frozen=True, kw_only=True, slots=True)
class LostPart:
    """A needed part of an answer that the reply does not cite, and the stage that lost it."""

    file: str
    page: int  # physical, 1-based, of the gold page that is looked for
    quote: str
    stage: str
    rank: int | None  # of the nearest gold page among the ranked pages, 1-based


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnosis:
    """Why a reply is a miss."""

    stage: str  # a value of eval.diagnose.Stage
    parts: tuple[LostPart, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Quotations:
    """Whether what was quoted stands where it is said to stand."""

    count: int
    by_ocr: int  # of them, from pages that OCR read: those can only be held against its reading
    faults: tuple[str, ...]  # a line for each that does not stand on its page
    prose: int = 0  # those that hold running text; 0 in a run of an earlier version
    torn: tuple[str, ...] = ()  # the words of those whose running text is no whole sentences


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of one question."""

    question: JudgedQuestion
    reply: dict[str, Any]  # answer.formats.reply_record, the ten best pages of its ranking
    values: dict[str, float]  # by the name of the measure, 0 … 1
    diagnosis: Diagnosis | None  # None: nothing was missed
    quotations: Quotations
    seconds: float  # that answering took


def outcome_record(outcome: Outcome) -> dict[str, Any]:
    """An outcome as JSON data."""
    return {
        "question": question_record(outcome.question),
        "reply": outcome.reply,
        "values": outcome.values,
        "diagnosis": asdict(outcome.diagnosis) if outcome.diagnosis else None,
        "quotations": asdict(outcome.quotations),
        "seconds": outcome.seconds,
    }


def outcome_from(record: dict[str, Any]) -> Outcome:
    """An outcome from what `outcome_record` made.

    Raises:
        KeyError, TypeError, ValueError: the data is of another form.
    """
    found, quotations = record["diagnosis"], record["quotations"]
    return Outcome(
        question=question_from(record["question"]),
        reply=dict(record["reply"]),
        values={str(name): float(value) for name, value in record["values"].items()},
        diagnosis=Diagnosis(
            stage=found["stage"], parts=tuple(LostPart(**part) for part in found["parts"])
        )
        if found
        else None,
        quotations=Quotations(
            count=quotations["count"],
            by_ocr=quotations["by_ocr"],
            faults=tuple(quotations["faults"]),
            prose=quotations.get("prose", 0),
            torn=tuple(quotations.get("torn", ())),
        ),
        seconds=float(record["seconds"]),
    )
