"""See what people made of replies, and what they asked about without getting an answer."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from ingest.errors import IngestError
from ingest.settings import DEFAULT_PATH, read_settings
from usage.errors import UsageError
from usage.gaps import gaps
from usage.settings import UsageSettings
from usage.store import UsageStore


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 done, 1 not done."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings(options.config, "usage", UsageSettings)
        store = UsageStore(Path(options.store or settings.file), keep_days=settings.keep_days)
        options.command(store, options)
    except (IngestError, UsageError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _gaps(store: UsageStore, options: argparse.Namespace) -> None:
    found = gaps(store.refusals())
    if options.json:
        print(json.dumps([asdict(gap) for gap in found], ensure_ascii=False, indent=1))
        return
    print(f"{sum(gap.count for gap in found)} refused questions, by the topic that they came near")
    for gap in found:
        reasons = ", ".join(f"{reason} {count}" for reason, count in gap.reasons.items())
        print(f"{gap.count:5}  {100 * gap.share:3.0f}%  {gap.topic}  ({reasons})")
        for question, count in gap.questions.items():
            print(f"              {count} × {question}")


def _ratings(store: UsageStore, options: argparse.Namespace) -> None:
    found = store.ratings()
    if options.json:
        records = [
            {"id": r.rating_id, "day": r.day.isoformat(), "used": r.used, **asdict(r.given)}
            for r in found
        ]
        print(json.dumps(records, ensure_ascii=False, indent=1))
        return
    helpful = sum(rating.given.helpful for rating in found)
    print(f"{len(found)} ratings, {helpful} helpful and {len(found) - helpful} not")
    for rating in found:
        given = rating.given
        verdict = "helpful" if given.helpful else "not helpful"
        print(f"{rating.rating_id:5}  {rating.day}  {verdict}: {given.reason}. {given.question}")
        if given.comment:
            print(f"              {given.comment}")


def _purge(store: UsageStore, options: argparse.Namespace) -> None:
    print(f"{store.purge(options.before)} entries deleted")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m usage", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--store", type=Path, help="the SQLite file; else that of the settings")
    common.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    for name, command, told in (
        ("gaps", _gaps, "what refused questions were about"),
        ("ratings", _ratings, "what people made of replies"),
    ):
        sub = commands.add_parser(name, parents=[common], help=told)
        sub.add_argument("--json", action="store_true", help="print as JSON")
        sub.set_defaults(command=command)
    purge = commands.add_parser("purge", parents=[common], help="delete entries for good")
    purge.add_argument(
        "--before", type=date.fromisoformat, metavar="YYYY-MM-DD", help="only those of earlier days"
    )
    purge.set_defaults(command=_purge)
    return parser


if __name__ == "__main__":
    sys.exit(main())
