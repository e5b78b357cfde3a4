"""What the record keeps, and for how long. Meanings and reasons stand in config.toml."""

import dataclasses
from enum import StrEnum

from ingest.errors import SettingsInvalid


class Wording(StrEnum):
    """What is kept of the words of a question."""

    KEPT = "kept"  # with personal data masked
    HASHED = "hashed"  # so that the same question can be recognised, and nothing else
    NOT_KEPT = "not kept"


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class RecordSettings:
    """The [record] table of config.toml."""

    file: str = "var/record.sqlite"
    questions: bool = True  # whether a line is written for each question
    wording: str = "not kept"
    keep_days: int = 365

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if self.wording not in list(Wording):
            message = (
                f'config.toml: [record] wording is "{self.wording}"; use one of '
                f"{', '.join(Wording)}"
            )
            raise SettingsInvalid(message)
        if self.keep_days < 1:
            message = "config.toml: [record] keep_days must be at least 1; correct it"
            raise SettingsInvalid(message)
