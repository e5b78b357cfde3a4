"""Time building an index and asking, and print the machine that they were timed on."""

import argparse
import datetime as dt
import importlib.metadata
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from answer.assistant import open_assistant, query_embedder, write_encoders
from benchmarks import (
    ablation,
    evaluation,
    fidelity,
    incremental,
    kills,
    no_downtime,
    opinions,
    provenance,
    reading,
    routes,
)
from index.build import build_index
from index.builder import Plan
from index.embed import SentenceTransformerEmbedder, load_model
from index.releases import embedded_text, open_release
from index.settings import IndexSettings
from ingest.progress import Bars
from ingest.settings import DEFAULT_PATH, IngestSettings, read_settings
from reader.reader import CrossEncoderReader

_QUESTIONS = (
    "What are the five principles?",
    "Who should be involved in defining well-being?",
    "What does it take to implement this practice?",
    "How many people took part?",
    "What is the current bail schedule in Alameda County?",
    "Which training is recommended for law enforcement?",
)
_ROUNDS = 10
# Not from `resource`: there a new process begins with the peak of the one that started it.
_ASK_AND_TELL_MEMORY = """
import pathlib, sys
from answer.__main__ import main
main(sys.argv[1:])
status = pathlib.Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
peak = [f"{int(line.split()[1]) // 1024} MiB" for line in lines if line.startswith("VmHWM")]
print(peak[0] if peak else "not known on this system", file=sys.stderr)
"""
_VERSIONS = (
    "pypdfium2",
    "pypdf",
    "sentence-transformers",
    "torch",
    "onnxruntime",
    "faiss-cpu",
    "bm25s",
)
_COLD_QUESTION = _QUESTIONS[0]
# Measures of one stage, each with options of its own; without a name everything is timed.
_MEASURES = {
    "ablation": ablation.main,
    "evaluation": evaluation.main,
    "fidelity": fidelity.main,
    "incremental": incremental.main,
    "kills": kills.main,
    "no-downtime": no_downtime.main,
    "opinions": opinions.main,
    "provenance": provenance.main,
    "reading": reading.main,
    "routes": routes.main,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in _MEASURES:
        return _MEASURES[given[0]](given[1:])
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        epilog=f"One measure alone: python -m benchmarks {' | '.join(_MEASURES)} --help",
    )
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of PDFs")
    parser.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    options = parser.parse_args(given)
    _print_machine(options.corpus)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "index"
        _time_build(options.corpus, root, options.config)
        write_encoders(options.config)
        _time_questions(root, options.config)
        _time_cold(root, options.config)
    return 0


def _print_machine(corpus: Path) -> None:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _VERSIONS)
    print(f"date      {dt.datetime.now(tz=dt.UTC).date()}")
    print(f"machine   {os.cpu_count()} cores, {platform.machine()}, {platform.system()}")
    print(f"software  Python {platform.python_version()}, {versions}")
    print(f"corpus    {corpus}")


def _time_build(corpus: Path, root: Path, config: Path) -> None:
    ingest_settings = read_settings(config, "ingest", IngestSettings)
    settings = read_settings(config, "index", IndexSettings)
    embedder = load_model(settings)
    bars = Bars()
    start = time.perf_counter()
    build_index(
        Plan(
            corpus=corpus,
            root=root,
            embedder=embedder,
            ingest_settings=ingest_settings,
            index_settings=settings,
            on_progress=lambda p: bars.show("indexing", p.done, p.total, p.detail),
        )
    )
    total = time.perf_counter() - start
    bars.close()
    release = open_release(root, model_sha256=embedder.sha256)
    counts = release.manifest["counts"]
    bare = _bare_encode(embedder, [embedded_text(p) for p in release.passages])
    print(f"build     {total:.1f} s: {counts['pages']} pages, {counts['passages']} passages")
    print(f"  bare    {bare:.1f} s takes the bare model.encode of the same texts")
    print(f"  share   {100 * bare / total:.0f}% of the build")


def _bare_encode(embedder: SentenceTransformerEmbedder, texts: list[str]) -> float:
    """Seconds that the model alone takes for some texts, in the same process."""
    start = time.perf_counter()
    embedder.encode_only(texts)
    return time.perf_counter() - start


def _time_questions(root: Path, config: Path) -> None:
    assistant = open_assistant(root, config)
    embedder = query_embedder(config)
    embedding, _ = _seconds(embedder.embed_query)
    reader = CrossEncoderReader()

    def ask_anew(question: str) -> None:
        reader.forget()
        replace(assistant, reader=reader).answer_question(question)

    unread = replace(assistant, reader=None)
    for name, ask in (("question", ask_anew), ("  unread", unread.answer_question)):
        p50, p95 = _seconds(ask)
        print(
            f"{name:9} p50 {1000 * p50:.0f} ms, p95 {1000 * p95:.0f} ms, warm, "
            f"n={len(_QUESTIONS) * _ROUNDS}; {p50 / embedding:.1f} times its embedding alone"
        )


def _seconds(step: Callable[[str], object]) -> tuple[float, float]:
    """The median and the 95th percentile of what a step takes for a question, once it is warm."""
    seconds = []
    for question in _QUESTIONS * (_ROUNDS + 1):
        start = time.perf_counter()
        step(question)
        seconds.append(time.perf_counter() - start)
    warm = sorted(seconds[len(_QUESTIONS) :])
    return statistics.median(warm), warm[int(0.95 * len(warm))]


def _time_cold(root: Path, config: Path) -> None:
    """A process that starts, answers one question and ends."""
    options = [_COLD_QUESTION, "--index", str(root), "--config", str(config)]
    start = time.perf_counter()
    asked = subprocess.run(  # noqa: S603  # our own
        [sys.executable, "-c", _ASK_AND_TELL_MEMORY, *options],
        check=True,
        capture_output=True,
        text=True,
    )
    print(f"cold      {time.perf_counter() - start:.1f} s from a new process to its answer")
    print(f"memory    {asked.stderr.splitlines()[-1]} at the peak of that process")


if __name__ == "__main__":
    sys.exit(main())
