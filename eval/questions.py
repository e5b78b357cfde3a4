"""Judged questions: what is asked, and which pages answer it."""

import difflib
import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from eval.errors import QuestionSetInvalid

ANSWERABLE_KINDS = (
    "fact",
    "definition",
    "list",
    "howto",
    "who",
    "number",
    "date",
    "eligibility",
    "table",
    "comparison",
    "multi_part",
    "multi_document",
    "followup",
    "spanish",
)
UNANSWERABLE_KINDS = ("near_topic", "off_topic", "injection", "personal_or_legal")
KINDS = ANSWERABLE_KINDS + UNANSWERABLE_KINDS
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Gold:
    """One entry of evidence: each of its pages alone supports the answer."""

    file: str
    pages: tuple[int, ...]  # physical, 1-based
    quote: str


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedQuestion:
    """A question with its judgement."""

    question_id: str
    question: str
    history: tuple[str, ...]
    kind: str
    answerable: bool
    needs: Literal["any", "all"]  # whether each gold entry alone answers, or all are needed
    gold: tuple[Gold, ...]
    answer: str | None = None  # reference answer, for people; None when there is none
    note: str = ""  # what makes it hard, or why there is no answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What is wrong with one row of a question set, and what to do about it."""

    where: str  # "row 5", "line 5"
    what: str
    remedy: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.where}: {self.what}; {self.remedy}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedSet:
    """The questions of a file, in order, and everything that is wrong with it."""

    questions: tuple[JudgedQuestion, ...]  # those without a fault
    faults: tuple[Fault, ...]

    def whole(self, name: str) -> list[JudgedQuestion]:
        """All questions.

        Args:
            name: of the file, for the message.

        Raises:
            QuestionSetInvalid: there is a fault, or no question at all.
        """
        if self.faults:
            listed = "\n  ".join(map(str, self.faults))
            message = f"{name}: mend these, then try again:\n  {listed}"
            raise QuestionSetInvalid(message)
        if not self.questions:
            message = f"{name}: it holds no question; name a file of judged questions"
            raise QuestionSetInvalid(message)
        return list(self.questions)


def question_record(question: JudgedQuestion) -> dict[str, Any]:
    """A question as JSON data."""
    return {
        "id": question.question_id,
        "question": question.question,
        "history": list(question.history),
        "kind": question.kind,
        "answerable": question.answerable,
        "needs": question.needs,
        "gold": [
            {"doc": gold.file, "pages": list(gold.pages), "quote": gold.quote}
            for gold in question.gold
        ],
        "answer": question.answer,
        "note": question.note,
    }


def question_from(record: dict[str, Any]) -> JudgedQuestion:
    """A question from a record without faults.

    Raises:
        ValueError: it has one; the message names the first.
    """
    faults = record_faults(record, "")
    if faults:
        message = f"{faults[0].what}; {faults[0].remedy}"
        raise ValueError(message)
    return JudgedQuestion(
        question_id=record["id"],
        question=record["question"],
        history=tuple(record.get("history") or ()),
        kind=record["kind"],
        answerable=record["answerable"],
        needs="all" if record.get("needs") == "all" else "any",
        gold=tuple(
            Gold(file=entry["doc"], pages=tuple(entry["pages"]), quote=entry["quote"])
            for entry in record.get("gold") or ()
        ),
        answer=record.get("answer"),
        note=record.get("note") or "",
    )


def parse_records(records: list[tuple[str, Any]]) -> ParsedSet:
    """Questions of records, each with where it stands; every fault is told at once."""
    questions: list[JudgedQuestion] = []
    faults: list[Fault] = []
    seen: dict[str, str] = {}  # id -> where it stands first
    for where, record in records:
        found = record_faults(record, where)
        question_id = record.get("id") if isinstance(record, dict) else None
        if isinstance(question_id, str) and question_id in seen:
            what = f'the id "{question_id}" stands in {seen[question_id]} too'
            found.append(
                Fault(where=where, what=what, remedy="give each question an id of its own")
            )
        if found:
            faults += found
        else:
            questions.append(question_from(record))
        if isinstance(question_id, str):
            seen.setdefault(question_id, where)
    return ParsedSet(questions=tuple(questions), faults=tuple(faults))


def record_faults(record: Any, where: str) -> list[Fault]:  # noqa: ANN401  # any JSON value
    """Everything that is wrong with one record, by itself."""
    if not isinstance(record, dict):
        return [Fault(where=where, what="is no question", remedy="write one JSON object a line")]
    told = [*_text_faults(record), *_kind_faults(record), *_gold_faults(record)]
    # Half a character, which JSON can hold, can be neither shown nor saved.
    if _HALF.search(json.dumps(record, ensure_ascii=False, default=str)):
        told.append(("holds a damaged character", "type that text anew"))
    return [Fault(where=where, what=what, remedy=remedy) for what, remedy in told]


def _text_faults(record: dict[str, Any]) -> list[tuple[str, str]]:
    told = []
    for field, name in (("id", "id"), ("question", "question")):
        value = record.get(field)
        if not isinstance(value, str) or not value.strip():
            told.append((f"the {name} is missing", f"type the {name}"))
    history = record.get("history") or []
    if not isinstance(history, list) or not all(isinstance(item, str) for item in history):
        told.append(("the earlier questions are no list of texts", "write one question a line"))
    told += [
        (f"the {field} is no text", "type words, or leave it empty")
        for field in ("answer", "note")
        if not isinstance(record.get(field), str | None)
    ]
    return told


def _kind_faults(record: dict[str, Any]) -> list[tuple[str, str]]:
    told = []
    kind, answerable, needs = record.get("kind"), record.get("answerable"), record.get("needs")
    if not isinstance(answerable, bool):
        told.append(('"answerable" is neither yes nor no', "write true or false (yes or no)"))
    if kind not in KINDS:
        near = difflib.get_close_matches(str(kind), KINDS, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        told.append((f'the kind "{kind}" is not known', f"{hint}take one of: {', '.join(KINDS)}"))
    elif isinstance(answerable, bool) and answerable != (kind in ANSWERABLE_KINDS):
        fits = ANSWERABLE_KINDS if answerable else UNANSWERABLE_KINDS
        what = f'the kind "{kind}" does not go with answerable = {"yes" if answerable else "no"}'
        told.append((what, f"take one of: {', '.join(fits)}; or change answerable"))
    if needs not in ("any", "all", "", None):
        told.append((f'needs is "{needs}"', 'write "any" or "all"'))
    return told


def _gold_faults(record: dict[str, Any]) -> list[tuple[str, str]]:
    gold = record.get("gold") or []
    if not isinstance(gold, list) or not all(isinstance(entry, dict) for entry in gold):
        return [("the gold entries are no list", "give file, pages and quote of each")]
    told = []
    if record.get("answerable") is True and not gold:
        told.append(("answerable, but no page is given", "give file, pages and quote"))
    if record.get("answerable") is False and gold:
        told.append(("not answerable, but a page is given", "clear file, pages and quote"))
    for number, entry in enumerate(gold, start=1):
        which = f"gold entry {number}" if len(gold) > 1 else "the gold entry"
        pages = entry.get("pages")
        if not isinstance(entry.get("doc"), str) or not entry["doc"].strip():
            told.append((f"{which} names no file", "type the PDF's file name"))
        if not isinstance(pages, list) or not pages or not all(_is_page(page) for page in pages):
            what = f"{which} has no pages, or pages that are no numbers from 1"
            told.append((what, "write page numbers of the file, such as 4; 7-8"))
        if not isinstance(entry.get("quote"), str) or not entry["quote"].strip():
            told.append((f"{which} has no quote", "copy the words that answer from the page"))
    return told


def _is_page(value: Any) -> bool:  # noqa: ANN401  # any JSON value
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
