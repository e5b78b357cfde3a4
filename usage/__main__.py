"""See what people made of replies, what found no answer, what was done; export and delete it."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from ingest.errors import IngestError
from ingest.settings import DEFAULT_PATH, read_settings
from usage.errors import UsageError
from usage.gaps import gaps
from usage.record import TABLES, Record
from usage.record_settings import RecordSettings
from usage.settings import UsageSettings
from usage.store import Rating, UsageStore
from usage.table import ratings_csv, write_csv, write_json_lines

_INDENT = " " * 13


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 done, 1 not done."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings(options.config, "usage", UsageSettings)
        store = UsageStore(Path(options.store or settings.file), keep_days=settings.keep_days)
        if not store.file.exists() and options.command not in (_record, _purge_record):
            print(f"{store.file}: nothing has been recorded there yet", file=sys.stderr)
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
    total = sum(gap.count for gap in found)
    print(f"Refused questions: {total}. By the publication and heading that they came near:")
    for gap in found:
        print(f"{gap.count:5}  {100 * gap.share:3.0f}%  {gap.topic}")
        print(f"{_INDENT}why: {_counted(gap.reasons)}")
        print(f"{_INDENT}when: {_counted(gap.months)}")
        for question, count in gap.questions.items():
            print(f"{_INDENT}asked {count} ×: {' '.join(question.split())}")


def _counted(counts: Mapping[str, int]) -> str:
    return "; ".join(f"{what} ({count})" for what, count in counts.items())


def _ratings(store: UsageStore, options: argparse.Namespace) -> None:
    found = store.ratings()
    if options.json:
        records = [
            {"id": r.rating_id, "day": r.day.isoformat(), "used": r.used, **asdict(r.given)}
            for r in found
        ]
        print(json.dumps(records, ensure_ascii=False, indent=1))
        return
    if options.csv:
        _write_csv(found, options.csv)
        print(f"{options.csv}: {len(found)} ratings written")
        return
    helpful = sum(rating.given.helpful for rating in found)
    print(f"Ratings: {len(found)}. Helpful: {helpful}. Not helpful: {len(found) - helpful}.")
    for rating in found:
        given = rating.given
        verdict = "helpful" if given.helpful else "not helpful"
        used = " (made into a question)" if rating.used else ""
        question = " ".join(given.question.split())
        print(f"{rating.rating_id:5}  {rating.day}  {verdict}: {given.reason}. {question}{used}")
        if given.comment:
            print(f"{_INDENT}comment: {' '.join(given.comment.split())}")


def _write_csv(ratings: Sequence[Rating], file: Path) -> None:
    try:
        # With the mark that makes spreadsheet programs read it as UTF-8.
        file.write_text(ratings_csv(ratings), encoding="utf-8-sig", newline="")
    except OSError as error:
        message = f"{file}: cannot be written ({error.strerror}); name another file"
        raise UsageError(message) from error


def _purge(store: UsageStore, options: argparse.Namespace) -> None:
    print(f"Entries deleted: {store.purge(options.before)}.")


def _record(store: UsageStore, options: argparse.Namespace) -> None:
    del store
    record = _opened_record(options)
    lines = record.lines(options.table)
    try:
        if options.csv:
            # With the mark that makes spreadsheet programs read it as UTF-8.
            with options.csv.open("w", encoding="utf-8-sig", newline="") as stream:
                print(f"{options.csv}: {write_csv(lines, stream)} lines written")
            return
        with (
            options.jsonl.open("w", encoding="utf-8")
            if options.jsonl
            else nullcontext(sys.stdout) as stream
        ):
            count = write_json_lines(lines, stream)
        if options.jsonl:
            print(f"{options.jsonl}: {count} lines written")
    except OSError as error:
        message = f"the record cannot be written ({error.strerror}); name another file"
        raise UsageError(message) from error


def _purge_record(store: UsageStore, options: argparse.Namespace) -> None:
    del store
    record = _opened_record(options)
    print(f"Lines deleted: {record.purge(options.before)}.")


def _opened_record(options: argparse.Namespace) -> Record:
    settings = read_settings(options.config, "record", RecordSettings)
    return Record(replace(settings, file=str(options.store)) if options.store else settings)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m usage", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--store",
        type=Path,
        metavar="FILE",
        help="the SQLite file; else [usage] file of --config, for the record [record] file",
    )
    common.add_argument(
        "--config", type=Path, metavar="FILE", default=DEFAULT_PATH, help="settings (%(default)s)"
    )

    told = "what refused questions were about, the most frequent topic first"
    sub = commands.add_parser("gaps", parents=[common], help=told, description=told)
    sub.add_argument("--json", action="store_true", help="print everything as JSON")
    sub.set_defaults(command=_gaps)

    told = "what people made of replies, the newest first"
    sub = commands.add_parser("ratings", parents=[common], help=told, description=told)
    forms = sub.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="print everything as JSON")
    forms.add_argument("--csv", type=Path, metavar="OUT", help="write a table for a spreadsheet")
    sub.set_defaults(command=_ratings)

    told = "delete ratings and refused questions for good; without --before, all of them"
    sub = commands.add_parser("purge", parents=[common], help=told, description=told)
    sub.add_argument(
        "--before",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="only those of earlier days",
    )
    sub.set_defaults(command=_purge)

    told = "the record of questions, or of what staff did, oldest first"
    sub = commands.add_parser("record", parents=[common], help=told, description=told)
    sub.add_argument("table", choices=TABLES, help="which of the two")
    forms = sub.add_mutually_exclusive_group()
    forms.add_argument("--csv", type=Path, metavar="OUT", help="write a table for a spreadsheet")
    forms.add_argument("--jsonl", type=Path, metavar="OUT", help="write JSON Lines; else printed")
    sub.set_defaults(command=_record)

    told = "delete lines of the record for good"
    sub = commands.add_parser("purge-record", parents=[common], help=told, description=told)
    sub.add_argument(
        "--before", type=date.fromisoformat, metavar="YYYY-MM-DD", required=True,
        help="those of earlier days",
    )  # fmt: skip
    sub.set_defaults(command=_purge_record)
    return parser


if __name__ == "__main__":
    sys.exit(main())
