"""How the pages behave. Meanings and reasons stand in config.toml."""

import dataclasses

from ingest.errors import SettingsInvalid

_SEPARATOR = "|"


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class UiSettings:
    """The [ui] table of config.toml."""

    example_questions: str = (
        "What are the five principles?"
        "|Who should be involved in defining well-being?"
        "|What is a public health approach to safety?"
    )  # offered before the first question, separated by "|"; "" for none
    max_turns: int = 20  # questions of a conversation that are kept and shown
    questions_at_once: int = 2  # searched at the same time; others wait
    max_wait_s: float = 10.0  # after which a waiting question is told to try again
    image_scale: float = 1.6  # pixels to a point of a page image: 1.6 is 115 dpi
    evaluation_page: bool = True  # whether staff can run question sets in the browser
    evaluation_folder: str = "var/eval"  # of their sets and runs

    def __post_init__(self) -> None:
        """Refuse numbers with which no page could be shown."""
        for name in ("max_turns", "questions_at_once", "max_wait_s", "image_scale"):
            if getattr(self, name) <= 0:
                message = f"config.toml: [ui] {name} must be above 0; correct it or leave it out"
                raise SettingsInvalid(message)

    @property
    def examples(self) -> tuple[str, ...]:
        """The example questions, one by one."""
        parts = (part.strip() for part in self.example_questions.split(_SEPARATOR))
        return tuple(part for part in parts if part)
