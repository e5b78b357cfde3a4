"""The versions of the libraries that decide what an index holds."""

import importlib.metadata
import platform
from collections.abc import Iterable

READING = ("pillow", "pypdf", "pypdfium2", "pyspellchecker")
EMBEDDING = ("numpy", "sentence-transformers", "tokenizers", "torch", "transformers")
SEARCHING = ("PyStemmer", "bm25s", "faiss-cpu")


def versions(libraries: Iterable[str]) -> list[str]:
    """Name and version of some libraries that are installed."""
    return [f"{name} {importlib.metadata.version(name)}" for name in libraries]


def python_version() -> str:
    """The version of Python, which decides what is a letter and what a space."""
    return f"python {platform.python_version()}"
