"""Build the starter digest: compile every volume in this folder to a PDF.

Each ``NN-name.typ`` beside this script becomes ``NN-name.pdf`` in the folder
above it. The same sources and the same version of typst give the same bytes:
the printed date is fixed in the template, no font of the machine is used, and
nothing is taken from the clock.

    python corpus/src/build.py                  compile and write the PDFs
    python corpus/src/build.py --write-sha256   ... and bring publications.toml up to date
    python corpus/src/build.py --check          compile, compare, write nothing
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import typst

SOURCE_DIR = Path(__file__).resolve().parent
CORPUS_DIR = SOURCE_DIR.parent
PUBLICATIONS = CORPUS_DIR / "publications.toml"

# Used only where the document itself gives no date; fixed, never the clock.
FIXED_TIME = datetime(2026, 11, 22, tzinfo=UTC)
# The standard for accessible PDF: typst refuses to compile what breaks its checks.
PDF_STANDARD: Final = "ua-1"


def volume_sources() -> list[Path]:
    """Return the volumes in order; the template and the source list are not volumes."""
    return sorted(SOURCE_DIR.glob("[0-9][0-9]-*.typ"))


def compile_volume(source: Path) -> bytes:
    """Return the PDF of one volume, using only the fonts embedded in typst."""
    return typst.compile(
        str(source),
        root=str(SOURCE_DIR),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=PDF_STANDARD,
        timestamp=int(FIXED_TIME.timestamp()),
    )


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of the bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_atomically(target: Path, data: bytes) -> None:
    """Write the file whole or not at all, by way of a temporary file beside it."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        temporary.chmod(0o644)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def recorded_hashes(text: str) -> dict[str, str]:
    """Return file name -> sha256 for every publication that has a file."""
    publications = tomllib.loads(text).get("publication", [])
    return {
        str(entry["file"]): str(entry.get("sha256", ""))
        for entry in publications
        if entry.get("file")
    }


def with_hashes(text: str, hashes: dict[str, str]) -> str:
    """Return the list of publications with the sha256 of each built file replaced."""
    for name, digest in hashes.items():
        pattern = re.compile(
            rf'(^file = "{re.escape(name)}"\nsha256 = ")[0-9a-f]*(")', re.MULTILINE
        )
        text, found = pattern.subn(rf"\g<1>{digest}\g<2>", text)
        if found != 1:
            message = (
                f"{PUBLICATIONS.name}: expected one entry for {name} with its sha256 "
                f"on the next line, found {found}"
            )
            raise ValueError(message)
    return text


def check(built: dict[str, bytes]) -> int:
    """Name every PDF that differs from the disk or from the list; return the exit code."""
    recorded = recorded_hashes(PUBLICATIONS.read_text(encoding="utf-8"))
    faults: list[str] = []
    for name, data in built.items():
        path = CORPUS_DIR / name
        if not path.is_file():
            faults.append(f"{name}: missing from {CORPUS_DIR.name}/")
        elif path.read_bytes() != data:
            faults.append(f"{name}: the file on disk differs from its source")
        if recorded.get(name) != sha256_hex(data):
            faults.append(f"{name}: the sha256 in {PUBLICATIONS.name} differs")
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print(
            f"Compiled with typst {version('typst')}; another version may give other bytes. "
            "To rebuild: python corpus/src/build.py --write-sha256",
            file=sys.stderr,
        )
        return 1
    print(f"{len(built)} files agree with their sources and with {PUBLICATIONS.name}")
    return 0


def build(built: dict[str, bytes], *, write_sha256: bool) -> int:
    """Write the PDFs and report on each; return the exit code."""
    text = PUBLICATIONS.read_text(encoding="utf-8")
    hashes = {name: sha256_hex(data) for name, data in built.items()}
    updated = with_hashes(text, hashes) if write_sha256 else text
    for name, data in built.items():
        write_atomically(CORPUS_DIR / name, data)
        print(f"{name}  {len(data)} bytes  sha256 {hashes[name]}")
    if updated != text:
        write_atomically(PUBLICATIONS, updated.encode("utf-8"))
        print(f"{PUBLICATIONS.name}: sha256 values brought up to date")
    recorded = recorded_hashes(updated)
    stale = [name for name, digest in hashes.items() if recorded.get(name) != digest]
    for name in stale:
        print(
            f"{name}: {PUBLICATIONS.name} has another sha256; run with --write-sha256",
            file=sys.stderr,
        )
    return 1 if stale else 0


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description="Compile the starter digest to PDF, byte for byte the same each time."
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--check",
        action="store_true",
        help="compile in memory, write nothing, and exit 1 naming every PDF that differs "
        "from the file on disk or from its sha256 in publications.toml",
    )
    mode.add_argument(
        "--write-sha256",
        action="store_true",
        help="also put the new sha256 values into publications.toml",
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = parse_arguments(arguments)
    try:
        built = {
            source.with_suffix(".pdf").name: compile_volume(source) for source in volume_sources()
        }
        if options.check:
            return check(built)
        return build(built, write_sha256=options.write_sha256)
    except (OSError, ValueError, typst.TypstError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
