"""Nothing is lost: builds, publishing and rollback killed (SIGKILL) at random moments.

    python -m benchmarks kills [--times 200] [--seed 0]

Staff add, replace and withdraw publications, publish and roll back, in a process of its own that
is killed at a random moment of that step. After each kill the live release must open with every
checksum right, answer, and be one whole release: the pages of exactly that state of the folder from
which it was made. Every twentieth time, and at the end, a build must run to its end and leave
nothing half-made. Embedding is replaced by a few sums, so that a step is short; all else is what
the program does.
"""

import argparse
import contextlib
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from benchmarks.tiny import TinyEmbedder, one_page_pdf
from index import live
from index.build import build_candidate, build_index
from index.builder import Plan
from index.errors import SearchIndexError
from index.history import read_history
from index.release_writer import build_lock
from index.releases import current_number, open_release, release_numbers
from index.retriever import HybridRetriever
from index.settings import IndexSettings
from index.verify import faults_of
from ingest.settings import IngestSettings

_SETTINGS = IndexSettings(kept_releases=3)
_STEPS = ("add", "replace", "withdraw", "candidate", "publish", "roll back")
_BUILDS = ("add", "replace", "withdraw", "candidate")
_FINISH_EVERY = 20
_FIRST_TIME_S = 3.0  # until a step has been timed
_LONGEST_S = 60.0
_WORDS = ("safety", "trust", "listening", "patience", "healing", "respect", "shelter", "training")

State = dict[str, str]  # file -> what its page says


@dataclass(slots=True)
class Office:
    """A folder of publications and its index, and what each release must hold."""

    corpus: Path
    index: Path
    state: State = field(default_factory=dict)
    releases: dict[int, State] = field(default_factory=dict)
    written: int = 0  # publications so far, so that no two say the same

    def change(self, step: str, choose: random.Random) -> None:
        """Change the folder as a step of that name does; builds begin with it."""
        names = sorted(self.state)
        if step == "withdraw" and len(names) > 1:
            gone = choose.choice(names)
            (self.corpus / gone).unlink()
            del self.state[gone]
        elif step in _BUILDS:
            self.written += 1
            name = f"guide-{self.written}.pdf" if step == "add" else choose.choice(names)
            word = choose.choice(_WORDS)
            self.state[name] = f"Edition {self.written} of this guide puts {word} before all else."
            (self.corpus / name).write_bytes(one_page_pdf(self.state[name]))

    def next_number(self) -> int:
        """The number that the next release gets; one that was never made is given again."""
        made = (event.release for event in read_history(self.index))
        return max([0, *made, *release_numbers(self.index)]) + 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the kills; returns 0 when nothing was lost, 1 otherwise."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks kills",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--times", type=int, default=200, help="kills")
    parser.add_argument("--seed", type=int, default=0, help="of moments and steps")
    options = parser.parse_args(arguments)
    faults, counts = run(options.times, options.seed)
    for (step, moment), count in sorted(counts.items()):
        print(f"{step:10} {moment:32} {count}")
    print(f"{options.times} kills, {len(faults)} faults")
    print("\n".join(faults))
    return 1 if faults else 0


def run(times: int, seed: int) -> tuple[list[str], Counter[tuple[str, str]]]:
    """Kill so many steps.

    Returns:
        What was wrong afterwards, in words; and how many kills fell before and after the switch.
    """
    choose = random.Random(seed)  # noqa: S311  # moments, no secrets
    counts: Counter[tuple[str, str]] = Counter()
    faults: list[str] = []
    took = dict.fromkeys(_STEPS, _FIRST_TIME_S)
    with tempfile.TemporaryDirectory() as folder:
        office = Office(corpus=Path(folder, "corpus"), index=Path(folder, "index"))
        office.corpus.mkdir()
        for _ in range(3):
            office.change("add", choose)
        faults += _finish(office, "add", took)
        for number in range(1, times + 1):
            step = choose.choice(_STEPS)
            before = current_number(office.index)
            office.change(step, choose)
            expected = office.next_number()
            if step in _BUILDS:
                office.releases[expected] = dict(office.state)
            ended = _kill(office, step, choose.uniform(0, took[step] * 1.1))
            if ended is not None:
                took[step] = min(took[step], ended)
            after = current_number(office.index)
            moved = "after the switch" if after != before else "before the switch"
            counts[step, moved if ended is None else "had come to its end"] += 1
            where = f"kill {number} ({step})"
            faults += [f"{where}: {fault}" for fault in _faults(office)]
            if number % _FINISH_EVERY == 0 or number == times:
                faults += [f"{where}: {fault}" for fault in _finish(office, "replace", took)]
                faults += [f"{where}: {fault}" for fault in _faults(office)]
    return faults, counts


def _kill(office: Office, step: str, after_s: float) -> float | None:
    """Begin a step and kill its process; returns its seconds if it had come to its end by then."""
    began = time.monotonic()
    process = _begin(office, step)
    process.join(after_s)
    took = time.monotonic() - began if process.exitcode is not None else None
    process.kill()
    process.join()
    return took


def _finish(office: Office, step: str, took: dict[str, float]) -> list[str]:
    """Let a build run to its end; returns what is wrong with it."""
    office.change(step, random.Random(office.written))  # noqa: S311
    office.releases[office.next_number()] = dict(office.state)
    began = time.monotonic()
    process = _begin(office, step)
    process.join(_LONGEST_S)
    if process.exitcode != 0:
        process.kill()
        return [f"the next build did not finish (exit code {process.exitcode})"]
    for build in _BUILDS:
        took[build] = time.monotonic() - began
    took["publish"] = took["roll back"] = 0.5  # to start a process, and a few files
    left = [
        path.name
        for path in (*office.index.iterdir(), *(office.index / "releases").iterdir())
        if path.name.startswith((".building", ".removing")) or path.name.endswith(".part")
    ]
    return [f"the next build left {name} behind" for name in left]


def _begin(office: Office, step: str) -> BaseProcess:
    # A server without threads forks each step: quick, and nothing of this process is locked in it.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.kills"])
    process = context.Process(target=do_step, args=(step, office.corpus, office.index))
    process.start()
    return process


def do_step(step: str, corpus: Path, index: Path) -> None:
    """One step of the staff, in a process of its own."""
    if step == "roll back":
        with build_lock(index), contextlib.suppress(SearchIndexError):
            live.roll_back(index)
        return
    if step == "publish":
        with build_lock(index):
            live.go_live(index, release_numbers(index)[-1], kept_releases=3)
        return
    build = build_candidate if step == "candidate" else build_index
    build(
        Plan(
            corpus=corpus,
            root=index,
            embedder=TinyEmbedder(),
            ingest_settings=IngestSettings(),
            index_settings=_SETTINGS,
            on_progress=lambda _: None,
        )
    )


def _faults(office: Office) -> list[str]:
    """What is wrong with the live release, in words."""
    embedder = TinyEmbedder()
    number = current_number(office.index)
    if number is None or number not in office.releases:
        return [f"release {number} is live, and nobody has made it"]
    try:
        release = open_release(office.index, model_sha256=embedder.sha256)
    except SearchIndexError as error:
        return [f"the live release cannot be opened: {error}"]
    faults = faults_of(release, embedder, _SETTINGS)
    files = {d.doc_id: d.file for d in release.documents}
    holds = {str(files[doc_id]): page.text.strip() for (doc_id, _), page in release.pages.items()}
    if holds != office.releases[number]:
        faults.append(f"release {number} holds {holds}, made from {office.releases[number]}")
    found = HybridRetriever(release, embedder, _SETTINGS).retrieve("guide before all else", k=3)
    if not found:
        faults.append(f"release {number} does not answer")
    gone = {files[each.passage.doc_id] for each in found} - holds.keys()
    return [*faults, *(f"release {number} cites {file}, which it does not hold" for file in gone)]


if __name__ == "__main__":
    sys.exit(main())
