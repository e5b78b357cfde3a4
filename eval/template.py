"""A workbook to write question sets in: the questions, and a sheet that explains the columns."""

from pathlib import Path

from eval.errors import QuestionSetInvalid
from eval.question_files import SHEET
from eval.questions import KINDS, Gold, JudgedQuestion
from eval.rows import COLUMNS, rows_of_questions
from eval.spreadsheet import Sheet, workbook_bytes

_WIDTHS = (10, 50, 30, 16, 12, 8, 28, 10, 50, 40, 40)
_EXAMPLE_NOTE = "An example: write over it."
_EXAMPLES = (
    JudgedQuestion(
        question_id="example-1",
        question="What are the five principles?",
        history=(),
        kind="list",
        answerable=True,
        needs="any",
        gold=(
            Gold(
                file="01-overview.pdf",
                pages=(4,),
                quote="The Blueprint rests on five principles",
            ),
        ),
        answer="The five principles, by name.",
        note=_EXAMPLE_NOTE,
    ),
    JudgedQuestion(
        question_id="example-2",
        question="How much does it cost a county to apply the five principles?",
        history=(),
        kind="near_topic",
        answerable=False,
        needs="any",
        gold=(),
        note=f"{_EXAMPLE_NOTE} The principles are on page 4; no page names a cost.",
    ),
)
_EXPLANATIONS = (
    ("id", "A short name of your choice, different for each question: b-001."),
    ("question", "As somebody would type it, in their words and not in those of the page."),
    (
        "earlier questions",
        "Only for a follow-up: what was asked before it, one a line, oldest first.",
    ),
    ("kind", f"One of: {', '.join(KINDS)}. The last four are for questions without an answer."),
    ("answerable", "yes when a page of the loaded publications answers it, otherwise no."),
    ("needs", "any: each page given answers by itself. all: every one is a part of the answer."),
    ("file", "The PDF's file name, as it stands in the folder of publications."),
    ("pages", "Pages that each answer, counted from the first page of the file: 4; 7-8."),
    ("quote", "The words that answer, copied from one of these pages, word for word."),
    ("answer", "The answer in a sentence, for whoever reads the misses. Empty when there is none."),
    ("note", "What makes it hard; or which page comes near and why it is no answer."),
    ("a second place", "Give it in the next row, with the id again or with id and question empty."),
    ("near_topic", "A question about the very subject that no page answers: a third of the set."),
)


def template_bytes() -> bytes:
    """The workbook."""
    choices = {"kind": KINDS, "answerable": ("yes", "no"), "needs": ("any", "all")}
    rows = rows_of_questions(_EXAMPLES)
    return workbook_bytes(
        [
            Sheet(title=SHEET, head=COLUMNS, rows=rows, widths=_WIDTHS, choices=choices),
            Sheet(
                title="How to",
                head=("column", "what it holds"),
                rows=_EXPLANATIONS,
                widths=(22, 110),
            ),
        ]
    )


def write_template(out: Path) -> None:
    """Write the workbook; a file that is there is left alone.

    Raises:
        QuestionSetInvalid: the file is there already, or cannot be written.
    """
    if out.suffix.lower() != ".xlsx":
        message = f"{out}: a spreadsheet's name must end in .xlsx"
        raise QuestionSetInvalid(message)
    try:
        with out.open("xb") as stream:
            stream.write(template_bytes())
    except FileExistsError as error:
        message = f"{out}: is there already and is left as it is; name another file"
        raise QuestionSetInvalid(message) from error
    except OSError as error:
        message = f"{out}: cannot be written ({error.strerror or error}); name another place"
        raise QuestionSetInvalid(message) from error
