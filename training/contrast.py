"""What the reader is taught with: one passage in two versions, and questions that only one answers.

Written by hand, of invented places, programmes and figures; no publication's words stand in them.
Both versions speak of the same subject in the same words, so that nothing but the meaning tells
which one answers. A file holds items like this one, with a blank line between them:

    # Title of a publication (2021)
    ## Heading
    A A line of one version.
    B A line of the other version, near it, that gives other details.
    Q A question? | A1
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reader.reader import in_context

_ANSWERED_BY = re.compile(r"([AB])\d(?:\s*,\s*\1\d)*\s*")


class PairsInvalid(ValueError):
    """A file of contrast pairs has a fault; the message says where."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContrastPair:
    """A question, a text that answers it, and one that only seems to."""

    question: str
    answers: str
    tempts: str


def read_pairs(folder: Path) -> list[list[ContrastPair]]:
    """The pairs of a folder, those of one passage together, in the order of the file names.

    Raises:
        PairsInvalid: a file is not as described above.
    """
    return [
        pairs_of(item, f"{file.name}, item {number}")
        for file in sorted(folder.glob("*.txt"))
        for number, item in enumerate(_items(file.read_text("utf-8")), start=1)
    ]


def pairs_of(item: str, where: str) -> list[ContrastPair]:
    """The pairs of one item.

    Args:
        item: its lines.
        where: file and item, for the message.

    Raises:
        PairsInvalid: it is not as described above.
    """
    lines = [line.strip() for line in item.splitlines()]
    title = _after("# ", lines)
    heading = _after("## ", lines)
    versions = {name: " ".join(_after(f"{name} ", lines)) for name in "AB"}
    if not (len(title) == len(heading) == 1 and all(versions.values())):
        message = f"{where}: needs a title, a heading, and lines of version A and of version B"
        raise PairsInvalid(message)
    texts = {name: in_context(title[0], heading, text) for name, text in versions.items()}
    made = []
    for line in _after("Q ", lines):
        question, _, answered_by = line.rpartition("|")
        match = _ANSWERED_BY.fullmatch(answered_by.strip())
        if not question.strip() or not match:
            message = f"{where}: {line!r} does not end in lines of one version, such as “| A1,A2”"
            raise PairsInvalid(message)
        right = match.group(1)
        wrong = "B" if right == "A" else "A"
        made.append(
            ContrastPair(question=question.strip(), answers=texts[right], tempts=texts[wrong])
        )
    return made


def _items(text: str) -> Iterable[str]:
    return (item for item in re.split(r"\n\s*\n", text) if item.strip())


def _after(mark: str, lines: Iterable[str]) -> list[str]:
    return [line.removeprefix(mark) for line in lines if line.startswith(mark)]
