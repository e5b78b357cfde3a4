"""What an index depends on, as one hash; and which releases were built from exactly that."""

import hashlib
import json
from dataclasses import asdict
from functools import cache as once
from pathlib import Path
from typing import Any

import ingest
from index.libraries import EMBEDDING, READING, SEARCHING, python_version, versions
from index.releases import (
    FORMAT_VERSION,
    current_number,
    file_sha256,
    read_manifest,
    release_numbers,
)
from index.source import source_sha256
from ingest.ocr.pages import plan_ocr
from ingest.publications import LIST_NAME, list_publications
from ingest.settings import IngestSettings
from ingest.switched_off import SWITCHED_OFF_NAME

_LISTS = (LIST_NAME, SWITCHED_OFF_NAME)


def fingerprint(
    corpus: Path,
    *,
    model_sha256: str,
    ingest_settings: IngestSettings,
) -> str:
    """A hash of everything that an index depends on: equal fingerprints, equal index.

    Raises:
        CorpusMissing: there is no such folder.
        SettingsInvalid: the engine for OCR that is asked for is not installed.
    """
    list_publications(corpus)  # says what is wrong with the folder or the list
    parts: dict[str, Any] = {
        "format_version": FORMAT_VERSION,
        "program": program_sha256(),
        "libraries": [python_version(), *versions((*READING, *EMBEDDING, *SEARCHING))],
        "model": model_sha256,
        "ingest": asdict(ingest_settings),
        "ocr": ocr.name if (ocr := plan_ocr(ingest_settings, cache=None).engine) else None,
        "files": {
            path.name: _file_sha256(path)
            for path in sorted(corpus.iterdir())
            if path.is_file() and (path.suffix.lower() == ".pdf" or path.name in _LISTS)
        },
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def is_up_to_date(root: Path, current_fingerprint: str) -> bool:
    """Whether the published release was built from exactly this."""
    manifest = read_manifest(root)
    return manifest is not None and manifest.get("fingerprint") == current_fingerprint


def set_aside(root: Path, current_fingerprint: str) -> int | None:
    """A kept release of exactly this that is not the published one: a candidate, or rolled back."""
    for number in reversed(release_numbers(root)):
        manifest = read_manifest(root, number)
        if manifest and manifest.get("fingerprint") == current_fingerprint:
            return number if number != current_number(root) else None
    return None


@once
def program_sha256() -> str:
    """A hash of the code that decides what an index holds, so that a new version rebuilds it.

    Taken once: the code that runs is that of the start, whatever is written to its files later.
    """
    return source_sha256((Path(ingest.__path__[0]), Path(__file__).parent))


def _file_sha256(path: Path) -> str:
    """The SHA-256 of a file; of one that cannot be read that it cannot."""
    try:
        return file_sha256(path)
    except OSError as error:
        return f"unreadable: {error.strerror}"
