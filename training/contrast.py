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
from typing import Literal

Version = Literal["A", "B"]
_VERSIONS: tuple[Version, Version] = ("A", "B")
_ANSWERED_BY = re.compile(r"([AB])\d(?:\s*,\s*\1\d)*\s*")


class ItemsInvalid(ValueError):
    """A file of contrast items has a fault; the message says where."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContrastQuestion:
    """A question, and the lines of the one version that answer it."""

    words: str
    answered_by: Version
    lines: tuple[int, ...]  # 0-based, in that version


@dataclass(frozen=True, kw_only=True, slots=True)
class ContrastItem:
    """Two versions of a passage, and what is asked of them."""

    title: str
    heading: str
    versions: dict[Version, tuple[str, ...]]  # the lines of each
    questions: tuple[ContrastQuestion, ...]


def read_items(folder: Path) -> list[ContrastItem]:
    """The items of a folder, in the order of the file names.

    Raises:
        ItemsInvalid: a file is not as described above.
    """
    return [
        item_of(text, f"{file.name}, item {number}")
        for file in sorted(folder.glob("*.txt"))
        for number, text in enumerate(_texts(file.read_text("utf-8")), start=1)
    ]


def item_of(text: str, where: str) -> ContrastItem:
    """One item.

    Args:
        text: its lines.
        where: file and item, for the message.

    Raises:
        ItemsInvalid: it is not as described above.
    """
    lines = [line.strip() for line in text.splitlines()]
    title = _after("# ", lines)
    heading = _after("## ", lines)
    versions = {name: tuple(_after(f"{name} ", lines)) for name in _VERSIONS}
    if not (len(title) == len(heading) == 1 and all(versions.values())):
        message = f"{where}: needs a title, a heading, and lines of version A and of version B"
        raise ItemsInvalid(message)
    return ContrastItem(
        title=title[0],
        heading=heading[0],
        versions=versions,
        questions=tuple(_question(line, versions, where) for line in _after("Q ", lines)),
    )


def _question(line: str, versions: dict[Version, tuple[str, ...]], where: str) -> ContrastQuestion:
    words, _, answered_by = line.rpartition("|")
    match = _ANSWERED_BY.fullmatch(answered_by.strip())
    if not words.strip() or not match:
        message = f"{where}: {line!r} does not end in lines of one version, such as “| A1,A2”"
        raise ItemsInvalid(message)
    version: Version = "A" if match.group(1) == "A" else "B"
    numbers = tuple(int(digit) - 1 for digit in re.findall(r"\d", answered_by))
    if not 0 <= min(numbers) <= max(numbers) < len(versions[version]):
        message = f"{where}: {line!r} names a line that version {version} does not have"
        raise ItemsInvalid(message)
    return ContrastQuestion(words=words.strip(), answered_by=version, lines=numbers)


def _texts(text: str) -> Iterable[str]:
    return (item for item in re.split(r"\n\s*\n", text) if item.strip())


def _after(mark: str, lines: Iterable[str]) -> list[str]:
    return [line.removeprefix(mark) for line in lines if line.startswith(mark)]
