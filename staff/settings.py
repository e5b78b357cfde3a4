"""How releases are compared and published. Meanings and reasons stand in config.toml."""

import dataclasses
from enum import StrEnum

from ingest.errors import SettingsInvalid


class Rule(StrEnum):
    """What keeps a release from being published without a reason in writing."""

    NEVER = "never"
    LOST = "lost"
    WORSE = "worse"
    CHANGED = "changed"


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class StaffSettings:
    """The [staff] table of config.toml."""

    folder: str = "var/staff"  # of what is under way, and of the comparisons
    gate_questions: str = "eval/sets/starter.jsonl"  # the set that both releases are asked
    gate_rule: str = "worse"  # of the worst change that still passes; see config.toml

    def __post_init__(self) -> None:
        """Refuse a rule that does not exist."""
        if self.gate_rule not in list(Rule):
            message = (
                f'config.toml: [staff] gate_rule is "{self.gate_rule}"; '
                f"use one of {', '.join(Rule)}"
            )
            raise SettingsInvalid(message)
