"""What of the use is kept. Meanings and reasons stand in config.toml."""

import dataclasses

from ingest.errors import SettingsInvalid


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class UsageSettings:
    """The [usage] table of config.toml."""

    file: str = "var/usage.sqlite"
    ratings: bool = True  # whether a reply can be rated
    refusals: bool = True  # whether the topic of a refused question is counted
    keep_questions: bool = False  # whether the words of a refused question are kept too
    keep_days: int = 365  # older entries are deleted at the next one

    def __post_init__(self) -> None:
        """Refuse a time that would delete what was just written."""
        if self.keep_days < 1:
            message = "config.toml: [usage] keep_days must be at least 1; correct it"
            raise SettingsInvalid(message)
