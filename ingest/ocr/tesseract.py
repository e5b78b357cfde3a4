"""Tesseract, run as a program of its own: it can neither crash nor slow the reader down."""

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence

from PIL.Image import Image

from ingest.ocr.engine import OcrFailed, OcrWord

_PROGRAM = "tesseract"
_WORD_LEVEL = "5"  # of the TSV output: page, block, paragraph, line, word
_QUESTION_S = 20  # for its version and languages


class Tesseract:
    """The program as it is installed."""

    def __init__(self, program: str, *, version: str, languages: str) -> None:
        """Args: the program's path, its version, and languages such as "eng+spa"."""
        self._program = program
        self._languages = languages
        self._name = f"tesseract {version} {languages}"

    @classmethod
    def installed(cls, languages: str) -> "Tesseract | None":
        """The program, with those of the languages that it has; None where there is none."""
        program = shutil.which(_PROGRAM)
        if program is None:
            return None
        version = re.search(r"tesseract v?(\S+)", _answer(program, "--version"))
        known = set(_answer(program, "--list-langs").split())
        usable = [language for language in languages.split("+") if language in known]
        if version is None or not usable:
            return None
        return cls(program, version=version.group(1), languages="+".join(usable))

    @property
    def name(self) -> str:
        """Name, version and languages."""
        return self._name

    def read(self, picture: Image, *, dpi: int, timeout_s: int) -> Sequence[OcrWord]:
        """The words of a picture in reading order."""
        png = io.BytesIO()
        picture.save(png, "png", compress_level=1)
        command = [self._program, "stdin", "stdout", "-l", self._languages, "--dpi", str(dpi)]
        try:
            done = subprocess.run(  # noqa: S603  # the program and settings of the installation
                [*command, "tsv"],
                input=png.getvalue(),
                capture_output=True,
                timeout=timeout_s,
                check=True,
                # One thread: pages are read side by side already.
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except subprocess.TimeoutExpired as error:
            message = (
                f"takes more than {timeout_s} seconds; raise [ingest] ocr_page_s in config.toml"
            )
            raise OcrFailed(message) from error
        except (OSError, subprocess.CalledProcessError) as error:
            message = f"tesseract failed ({error})"
            raise OcrFailed(message) from error
        return list(_words(done.stdout.decode("utf-8", "replace")))


def _answer(program: str, question: str) -> str:
    """What the program prints; "" when it cannot be run."""
    try:
        done = subprocess.run(  # noqa: S603  # as above
            [program, question], capture_output=True, timeout=_QUESTION_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def _words(table: str) -> Iterator[OcrWord]:
    lines: dict[tuple[str, ...], int] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row["level"] != _WORD_LEVEL or not text:
            continue
        line = (row["block_num"], row["par_num"], row["line_num"])
        left, top = float(row["left"]), float(row["top"])
        yield OcrWord(
            text=text,
            x0=left,
            top=top,
            x1=left + float(row["width"]),
            bottom=top + float(row["height"]),
            confidence=max(float(row["conf"]), 0.0) / 100,
            line=lines.setdefault(line, len(lines)),
        )
