"""Which question sets and runs there are."""

import re
from pathlib import Path

from eval.jobs import changed_at
from eval.question_files import MAX_BYTES, SUFFIXES, parse_question_set
from eval.questions import Fault, ParsedSet

MAX_NAME = 60  # characters
MIME = {
    ".jsonl": "application/jsonl",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".html": "text/html",
}  # by the ending of what is downloaded
_PROGRAM_SETS = Path(__file__).parents[2] / "eval" / "sets"
_BASELINES = Path(__file__).parents[2] / "eval" / "baselines"
_NAME = re.compile(rf"[A-Za-z0-9][A-Za-z0-9 ._-]{{0,{MAX_NAME - 1}}}")


def question_sets(folder: Path) -> dict[str, Path]:
    """The sets by the name that is shown: the program's own, then those that were saved."""
    own = {f"{file.stem} (comes with the program)": file for file in _listed(_PROGRAM_SETS)}
    return own | {file.name: file for file in saved_sets(folder)}


def saved_sets(folder: Path) -> list[Path]:
    """The sets that were saved here, by name."""
    return _listed(folder / "sets")


def parsed_set(file: Path) -> ParsedSet:
    """The questions of a set that is here, or what is wrong with it."""
    try:
        if file.stat().st_size <= MAX_BYTES:
            return parse_question_set(file.name, file.read_bytes())
        what, remedy = f"larger than {MAX_BYTES // 2**20} MB", "divide it into several sets"
    except OSError as error:
        what = f"{file.name} cannot be read ({error.strerror or error})"
        remedy = "choose another set, or put the file back"
    return ParsedSet(questions=(), faults=(Fault(where="file", what=what, remedy=remedy),))


def runs(folder: Path) -> dict[str, Path]:
    """The finished runs by the name that is shown, the newest first, then the accepted ones."""
    made = sorted((folder / "runs").glob("*.json"), key=changed_at, reverse=True)
    return {file.stem: file for file in made if file.name != "job.json"} | {
        f"{file.stem} (accepted baseline)": file for file in sorted(_BASELINES.glob("*.json"))
    }


def set_file(folder: Path, name: str) -> Path | None:
    """Where a set of a given name is saved; None when the name cannot be a file's."""
    return folder / "sets" / f"{name}.jsonl" if _NAME.fullmatch(name) else None


def _listed(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if file.suffix in SUFFIXES)
