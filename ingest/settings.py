"""config.toml -> one frozen settings value for each stage, read once, at the edge."""

import dataclasses
import math
import tomllib
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from ingest.errors import SettingsInvalid

S = TypeVar("S")

DEFAULT_PATH = Path("config.toml")


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class IngestSettings:
    """How publications are read. Meanings and reasons stand in config.toml."""

    max_passage_tokens: int = 180  # word pieces
    max_file_mib: int = 200
    max_file_pages: int = 2000
    max_page_chars: int = 50_000
    max_file_chars: int = 5_000_000
    max_file_s: int = 120  # of computing
    max_memory_mib: int = 2048
    max_output_mib: int = 64
    processes: int = 0  # 0: one for each core
    ocr: str = "auto"  # "auto", "tesseract", "rapidocr" or "off"
    ocr_languages: str = "eng"  # Tesseract's names, joined by "+"
    ocr_dpi: int = 300
    ocr_page_s: int = 60
    ocr_file_s: int = 1800

    def __post_init__(self) -> None:
        """Refuse limits that no file could keep, or that nothing could be done within."""
        require_least(
            "ingest",
            self,
            max_passage_tokens=1,
            max_file_mib=1,
            max_file_pages=1,
            max_page_chars=1,
            max_file_chars=1,
            max_file_s=1,
            max_memory_mib=1,
            max_output_mib=0,
            processes=0,
            ocr_dpi=1,
            ocr_page_s=1,
            ocr_file_s=1,
        )


def require_least(table: str, settings: object, **least: float) -> None:
    """Check numbers of a table of config.toml against what each must be at least.

    Raises:
        SettingsInvalid: one is less, or no finite number.
    """
    for key, bound in least.items():
        value = getattr(settings, key)
        if not bound <= value < math.inf:
            message = (
                f"config.toml: [{table}] {key} must be a number of at least {bound}; it is {value}"
            )
            raise SettingsInvalid(message)


def read_settings(path: Path, table: str, settings_type: type[S]) -> S:
    """Read one table of config.toml.

    A key that is left out takes its default. Only the file that is read when none is named may be
    missing: then all defaults are taken.

    Raises:
        SettingsInvalid: a file that was named is missing, the file is no TOML, or a key is unknown,
            of the wrong type or out of bounds.
    """
    if path == DEFAULT_PATH and not path.exists():
        return settings_type()
    try:
        values: Any = tomllib.loads(path.read_text(encoding="utf-8")).get(table, {})
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); name a settings file"
        raise SettingsInvalid(message) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path}: is no valid TOML ({error}); mend the line it names"
        raise SettingsInvalid(message) from error
    if not isinstance(values, dict):
        message = f"{path}: [{table}] must be a table of settings"
        raise SettingsInvalid(message)
    types = get_type_hints(settings_type)
    for key, value in values.items():
        if key not in types:
            message = (
                f"{path}: [{table}] {key} is not a setting; known are {', '.join(sorted(types))}"
            )
            raise SettingsInvalid(message)
        expected = types[key]
        if expected is float and type(value) is int:
            values[key] = float(value)
        elif type(value) is not expected:
            message = f"{path}: [{table}] {key} must be of type {expected.__name__}, not {value!r}"
            raise SettingsInvalid(message)
    return settings_type(**values)
