"""Words that an engine has read before, kept by the picture that they were read from."""

import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from PIL.Image import Image

from ingest.ocr.engine import OcrWord

_FORMAT = 1  # counted up when words are kept or ordered differently


class OcrCache:
    """A folder with one file for each picture; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        """Args: the folder; made when something is first kept."""
        self._folder = folder

    def find(self, key: str) -> Sequence[OcrWord] | None:
        """What was kept; None when there is nothing, or it is damaged: then it is read anew."""
        if self._folder is None:
            return None
        try:
            record = json.loads((self._folder / f"{key}.json").read_text(encoding="utf-8"))
            return [OcrWord(**word) for word in record]
        except (OSError, ValueError, TypeError):
            return None

    def keep(self, key: str, words: Sequence[OcrWord]) -> None:
        """Keep the words; a folder that cannot be written keeps nothing."""
        if self._folder is None:
            return
        path = self._folder / f"{key}.json"
        unfinished = path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(
                json.dumps([asdict(word) for word in words], ensure_ascii=False), encoding="utf-8"
            )
            unfinished.replace(path)


def cache_key(picture: Image, *, dpi: int, engine: str) -> str:
    """What the words of a picture depend on, as a hash."""
    parts = hashlib.sha256(f"{_FORMAT}\n{engine}\n{dpi}\n{picture.size}\n{picture.mode}\n".encode())
    parts.update(picture.tobytes())
    return parts.hexdigest()
