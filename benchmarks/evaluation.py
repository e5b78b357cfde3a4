"""How much memory a run of many questions takes beside one of few, each in a process of its own."""

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from eval.question_files import read_question_set, write_question_set
from eval.questions import JudgedQuestion
from ingest.settings import DEFAULT_PATH

_FEW = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the peaks and their ratio."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks evaluation",
        description=__doc__,
        epilog="The questions of a set are asked again and again under new ids.",
    )
    parser.add_argument("--set", type=Path, default=Path("eval/sets/starter.jsonl"))
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="index folder")
    parser.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    parser.add_argument("--questions", type=int, default=5000, help="how many the long run has")
    options = parser.parse_args(arguments)
    questions = read_question_set(options.set)
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        # The short run first: the peak of all children so far can only grow.
        for count in (_FEW, options.questions):
            file = Path(folder) / f"{count}.jsonl"
            write_question_set(_repeated(questions, count), file)
            command = [sys.executable, "-m", "eval", "run", str(file)]
            command += ["--index", str(options.index), "--config", str(options.config)]
            command += ["--json", str(file.with_suffix(".json"))]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # our own
            peaks.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)  # KiB
            print(f"{count:6} questions  peak {peaks[-1]:.0f} MiB", flush=True)
    print(f"ratio {peaks[1] / peaks[0]:.2f}")
    return 0


def _repeated(questions: Sequence[JudgedQuestion], count: int) -> list[JudgedQuestion]:
    return [
        replace(question, question_id=f"{number:05d}")
        for number, question in enumerate(islice(cycle(questions), count))
    ]
