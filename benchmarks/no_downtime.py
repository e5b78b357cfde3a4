"""No downtime: a client asks all the time while a publication is replaced and indexed again.

    python -m benchmarks no-downtime [--times 10]

The client takes a new release up as the pages do: when the published number has changed, it opens
that release and goes on. The builds run in processes of their own over the starter digest and one
publication that says another number of days each time, so that an answer tells from which release
it is.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from answer.assistant import open_assistant, query_embedder
from answer.pipeline import Assistant
from answer.reply import Answer
from benchmarks.tiny import one_page_pdf
from index.query_embedder import QueryEmbedder
from index.releases import current_number
from ingest.settings import DEFAULT_PATH
from reader.reader import CrossEncoderReader

_REPLACED = "reports.pdf"
_QUESTION = "Within how many days is the quarterly report on bicycle lanes due?"
_OTHERS = ("What are the five principles?", "Who should be involved in defining well-being?")
_QUIET = 150  # questions before the first build
_PAUSE_S = 0.02


@dataclass(slots=True)
class Client:
    """Somebody who asks, and what he got."""

    index: Path
    config: Path
    embedder: QueryEmbedder
    assistant: Assistant
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    releases: set[int] = field(default_factory=set)

    def ask(self, days_of: dict[int, int]) -> None:
        """Ask two questions, one of them about what is being replaced.

        Args:
            days_of: what the replaced publication says in each release.
        """
        for question in (_QUESTION, _OTHERS[len(self.seconds) % len(_OTHERS)]):
            began = time.monotonic()
            number = current_number(self.index)
            if number != self.assistant.release.number:
                self.assistant = open_assistant(
                    self.index, self.config, number=number, embedder=self.embedder
                )
            if isinstance(self.assistant.reader, CrossEncoderReader):
                self.assistant.reader.forget()  # few people ask the same twice
            reply = self.assistant.answer_question(question)
            self.seconds.append(time.monotonic() - began)
            self.releases.add(reply.release)
            if not isinstance(reply, Answer):
                self.faults.append(f"release {reply.release}: no answer to “{question}”")
            elif question == _QUESTION:
                said = reply.statements[0].text
                if f"within {days_of.get(reply.release)} days" not in said:
                    self.faults.append(f"release {reply.release} said: {said}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; returns 0 when nobody was turned away and no release was mixed with another."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks no-downtime",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--times", type=int, default=10, help="how often it is indexed again")
    parser.add_argument(
        "--corpus", type=Path, default=Path("corpus"), help="beside the one replaced"
    )
    parser.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    options = parser.parse_args(arguments)
    client, quiet = run(options.corpus, options.config, options.times)
    _print("quiet", quiet)
    _print("during", client.seconds)
    print(f"p95 during / quiet: {_p95(client.seconds) / _p95(quiet):.2f}")
    print(f"{len(client.releases)} releases answered; {len(client.faults)} faults")
    print("\n".join(client.faults))
    return 1 if client.faults else 0


def run(
    corpus: Path, config: Path, times: int, *, quiet_questions: int = _QUIET
) -> tuple[Client, list[float]]:
    """Ask while it is indexed again.

    Args:
        corpus: beside the publication that is replaced.
        config: settings file.
        times: how often it is indexed again.
        quiet_questions: how many are asked before the first time.

    Returns:
        The client with what he got meanwhile; and the seconds of each question before.
    """
    with tempfile.TemporaryDirectory() as folder:
        own, index = Path(folder, "corpus"), Path(folder, "index")
        shutil.copytree(corpus, own)
        days_of: dict[int, int] = {}
        _replace(own, 30, days_of, 1)
        _wait(_build(own, index, config), lambda: None)
        embedder = query_embedder(config)
        assistant = open_assistant(index, config, embedder=embedder)
        client = Client(index, config, embedder, assistant)
        while len(client.seconds) < quiet_questions:
            client.ask(days_of)
        quiet, client.seconds = client.seconds, []
        for number in range(2, times + 2):
            _replace(own, 30 + number, days_of, number)
            _wait(_build(own, index, config), lambda: client.ask(days_of))
        client.ask(days_of)
        return client, quiet


def _replace(corpus: Path, days: int, days_of: dict[int, int], release: int) -> None:
    text = f"The quarterly report on bicycle lanes is due within {days} days."
    (corpus / _REPLACED).write_bytes(one_page_pdf(text))
    days_of[release] = days


def _build(corpus: Path, index: Path, config: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "index", "build", "--corpus", str(corpus)]
    return subprocess.Popen(  # noqa: S603  # this program, with paths of its own
        [*command, "--index", str(index), "--config", str(config)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait(build: "subprocess.Popen[bytes]", meanwhile: Callable[[], None]) -> None:
    while build.poll() is None:
        meanwhile()
        time.sleep(_PAUSE_S)
    if build.returncode:
        message = f"a build failed (exit code {build.returncode}); run it by hand to see why"
        raise RuntimeError(message)


def _p95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def _print(name: str, seconds: Sequence[float]) -> None:
    p50 = statistics.median(seconds)
    print(
        f"{name:7} p50 {1000 * p50:.0f} ms  p95 {1000 * _p95(seconds):.0f} ms  "
        f"longest {1000 * max(seconds):.0f} ms  n={len(seconds)}"
    )


if __name__ == "__main__":
    sys.exit(main())
