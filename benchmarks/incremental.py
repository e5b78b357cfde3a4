"""Time a re-index after one PDF was added, against a build of that PDF alone from nothing.

Both are timed in turn, several times. The model is loaded once before; a command loads it each
time, so the ratio is also given with its load added to both.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from index.build import BuildResult, build_index
from index.builder import Plan
from index.embed import load_model
from index.settings import IndexSettings
from ingest.settings import DEFAULT_PATH, IngestSettings, read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measure; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks incremental", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of PDFs")
    parser.add_argument("--add", required=True, help="name of the PDF in it that comes later")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed")
    parser.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    options = parser.parse_args(arguments)
    if not (options.corpus / options.add).is_file():
        parser.error(f"{options.corpus / options.add}: there is no such file")
    ingest_settings = read_settings(options.config, "ingest", IngestSettings)
    settings = read_settings(options.config, "index", IndexSettings)
    start = time.perf_counter()
    embedder = load_model(settings)
    load = time.perf_counter() - start

    def build(corpus: Path, root: Path) -> tuple[float, BuildResult]:
        start = time.perf_counter()
        result = build_index(
            Plan(
                corpus=corpus,
                root=root,
                embedder=embedder,
                ingest_settings=ingest_settings,
                index_settings=settings,
                on_progress=lambda _: None,
            )
        )
        return time.perf_counter() - start, result

    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        before, after, alone = scratch / "before", scratch / "after", scratch / "alone"
        shutil.copytree(options.corpus, after)
        shutil.copytree(options.corpus, before)
        (before / options.add).unlink()
        alone.mkdir()
        shutil.copy(options.corpus / options.add, alone)
        first, _ = build(before, scratch / "index")
        print(f"first build of the others  {first:.1f} s")
        added, single = [], []
        for number in range(options.rounds):
            root = scratch / f"index-{number}"
            shutil.copytree(scratch / "index", root)
            seconds, result = build(after, root)
            added.append(seconds)
            seconds, _ = build(alone, scratch / f"alone-{number}")
            single.append(seconds)
            print(f"added {added[-1]:.1f} s, alone {single[-1]:.1f} s; {result.reused}")
    changed, whole = statistics.median(added), statistics.median(single)
    print(f"adding takes {changed / whole:.2f} times what the PDF alone takes (medians)")
    print(
        f"with {load:.1f} s for loading the model added to both: "
        f"{(changed + load) / (whole + load):.2f} times"
    )
    return 0
