"""A small office: one publication, one question about it, and the commands of its staff."""

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, settings_in
from tests.make_pdf import lines_of_text, raw_pdf

_QUESTION = {
    "id": "q-1", "question": "What comes first?", "history": [], "kind": "fact",
    "answerable": True, "needs": "any", "answer": "Trust.", "note": "",
    "gold": [{"doc": "guide.pdf", "pages": [1], "quote": "Trust comes first in every plan."}],
}  # fmt: skip


class Office:
    """A corpus, its index and the settings, in a folder of the test's."""

    def __init__(self, folder: Path, *, staff: str = "open") -> None:
        self.corpus, self.index = folder / "corpus", folder / "index"
        self.corpus.mkdir()
        questions = folder / "questions.jsonl"
        questions.write_text(json.dumps(_QUESTION) + "\n", "utf-8")
        self.config = settings_in(folder, staff=staff)
        text = self.config.read_text("utf-8")
        self.config.write_text(text.replace("eval/sets/starter.jsonl", str(questions)), "utf-8")
        self.state = folder / "var" / "staff"
        self.write("Trust comes first in every plan.")

    def write(self, *lines: str) -> None:
        (self.corpus / "guide.pdf").write_bytes(raw_pdf(lines_of_text(*lines, top=500)))

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        options = ["--index", str(self.index), "--config", str(self.config)]
        if arguments[0] == "build":
            options += ["--corpus", str(self.corpus)]
        return subprocess.run(
            [sys.executable, "-m", "staff", *arguments, *options],
            cwd=ROOT, capture_output=True, text=True, timeout=200, check=False,
        )  # fmt: skip
