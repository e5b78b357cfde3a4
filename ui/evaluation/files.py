"""Which question sets and runs there are."""

import re
from pathlib import Path

from eval.question_files import SUFFIXES

_PROGRAM_SETS = Path(__file__).parents[2] / "eval" / "sets"
_BASELINES = Path(__file__).parents[2] / "eval" / "baselines"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,60}")


def question_sets(folder: Path) -> dict[str, Path]:
    """The sets by the name that is shown: the program's own, then those that were saved."""
    own = {f"{file.stem} (comes with the program)": file for file in _listed(_PROGRAM_SETS)}
    return own | {file.name: file for file in _listed(folder / "sets")}


def runs(folder: Path) -> dict[str, Path]:
    """The finished runs by the name that is shown, the newest first, then the accepted ones."""
    made = sorted((folder / "runs").glob("*.json"), key=_time, reverse=True)
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


def _time(file: Path) -> float:
    return file.stat().st_mtime
