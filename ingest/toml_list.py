"""Lists that people keep in TOML, an entry a table: publications.toml, switched_off.toml."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.errors import PublicationsInvalid

_MAX_LIST_BYTES = 10 * 2**20


def read_entries(path: Path, name: str) -> list[dict[str, Any]]:
    """The entries of a list; none when there is no such file.

    Args:
        path: the file.
        name: under which an entry stands, in double brackets.

    Raises:
        PublicationsInvalid: the file cannot be read as such a list.
    """
    if not path.exists():
        return []
    if not path.is_file() or path.stat().st_size > _MAX_LIST_BYTES:
        message = f"{path}: is no file, or larger than any list; put such a list there"
        raise PublicationsInvalid(message)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); give read access to it"
        raise PublicationsInvalid(message) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"{path}: is no valid TOML ({error}); mend the line it names"
        raise PublicationsInvalid(message) from error
    entries = data.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        message = f"{path}: each {name} must be a table that begins with [[{name}]]"
        raise PublicationsInvalid(message)
    return entries


def fault_list(path: Path, faults: Sequence[str]) -> PublicationsInvalid:
    """The error that names every fault of a list at once."""
    return PublicationsInvalid(
        f"{path}: mend these entries, then try again:\n  " + "\n  ".join(faults)
    )
