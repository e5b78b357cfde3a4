"""The commands on releases that are there: list, verify, compare, roll back."""

import argparse

from index import live
from index.diff import DocumentChange, diff
from index.embed import load_model
from index.errors import IndexDamaged
from index.history import read_history
from index.release_writer import build_lock
from index.releases import (
    current_number,
    open_release,
    read_manifest,
    release_folder,
    release_numbers,
    unknown_release,
)
from index.settings import IndexSettings
from index.verify import faults_of
from ingest.settings import read_settings

_SHOWN_PAGES = 12


def show_releases(options: argparse.Namespace) -> int:
    """Print the releases and the history; returns the exit code."""
    root = options.index
    current = current_number(root)
    numbers = release_numbers(root)
    if not numbers:
        print(f"{root}: no releases yet; make one with `python -m index build`")
        return 0
    for number in numbers:
        counts = (read_manifest(root, number) or {}).get("counts", {})
        mark = "published" if number == current else ""
        print(
            f"{number:6}  {mark:9}  {counts.get('documents', '?'):>4} publications  "
            f"{counts.get('pages', '?'):>6} pages  {counts.get('passages', '?'):>6} passages"
        )
    print()
    for event in read_history(root):
        reason = f": {event.reason}" if event.reason else ""
        print(f"{event.when}  {event.action.value} {event.release}{reason}")
    return 0


def verify_releases(options: argparse.Namespace) -> int:
    """Print what is wrong with one release or all; returns 1 when something is."""
    root = options.index
    numbers = release_numbers(root) if options.release is None else [options.release]
    if not numbers:
        print(f"{root}: no releases yet; make one with `python -m index build`")
        return 0
    settings = read_settings(options.config, "index", IndexSettings)
    embedder = load_model(settings)
    faulty = 0
    for number in numbers:
        try:
            release = open_release(root, model_sha256=embedder.sha256, number=number)
            faults = faults_of(release, embedder, settings)
        except IndexDamaged as error:
            faults = [str(error)]
        print(f"release {number}: {'no faults' if not faults else f'{len(faults)} faults'}")
        for fault in faults:
            print(f"  {fault}")
        faulty += bool(faults)
    return 1 if faulty else 0


def show_diff(options: argparse.Namespace) -> int:
    """Print how two releases differ; returns the exit code."""
    for number in (options.old, options.new):
        if not release_folder(options.index, number).is_dir():
            raise unknown_release(options.index, number)
    try:
        changes = diff(options.index, options.old, options.new)
    except (OSError, ValueError, KeyError) as error:
        message = f"{options.index}: cannot be compared ({error}); see `python -m index verify`"
        raise IndexDamaged(message) from error
    if not changes:
        print(f"releases {options.old} and {options.new} hold the same publications and pages")
    for change in changes:
        print(_in_words(change))
    return 0


def _in_words(change: DocumentChange) -> str:
    lines = [f"{change.change.value:8} {change.title} ({change.doc_id})"]
    lines += [f"         {told}" for told in change.told]
    shown = [f"{number} {what.value}" for number, what in change.pages[:_SHOWN_PAGES]]
    if shown:
        more = len(change.pages) - len(shown)
        lines.append(
            "         pages: " + ", ".join(shown) + (f", and {more} more" if more > 0 else "")
        )
    return "\n".join(lines)


def roll_back(options: argparse.Namespace) -> int:
    """Publish an earlier release again; returns the exit code."""
    with build_lock(options.index):
        number = live.roll_back(options.index, options.release, reason=options.reason)
    print(f"{options.index}: release {number} is published again")
    return 0
