"""The commands of the README, as somebody types them."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def python_commands(readme: str) -> list[str]:
    """The `python …` lines of a README's shell blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("python ")]


COMMANDS = python_commands((ROOT / "README.md").read_text("utf-8"))
(EVAL_RUN,) = (line for line in COMMANDS if line.startswith("python -m eval run "))


def run_command(command: str, *further: str) -> None:
    """Run a command of the README, with further options behind its own words.

    Raises:
        AssertionError: it fails, or prints nothing.
    """
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)[1:]]
    result = subprocess.run(
        [sys.executable, *words, *further],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()
