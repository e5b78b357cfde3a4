"""How passages are embedded and ranked. Meanings and reasons stand in config.toml."""

import dataclasses

from ingest.errors import SettingsInvalid
from ingest.settings import require_least

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class IndexSettings:
    """The [index] table of config.toml."""

    model: str = DEFAULT_MODEL  # a name or a folder
    model_download: bool = False  # whether a model may be fetched from a hub
    kept_releases: int = 5
    weight_lexical: float = 1.0
    weight_dense: float = 1.0
    weight_sentence: float = 1.0
    weight_context: float = 0.3
    matched_passages: int = 50  # of the best, ranked again by how their words match the query's
    weight_match: float = 2.0  # of that match, beside the fused score

    def __post_init__(self) -> None:
        """Refuse to keep no release, and weights that would turn the ranking around."""
        require_least(
            "index",
            self,
            kept_releases=1,
            weight_lexical=0,
            weight_dense=0,
            weight_sentence=0,
            weight_context=0,
            matched_passages=0,
            weight_match=0,
        )
        if not (
            self.weight_lexical or self.weight_dense or self.weight_sentence or self.weight_context
        ):
            message = (
                "config.toml: [index] weight_lexical, weight_dense, weight_sentence and "
                "weight_context are all 0, so nothing would be ranked; raise one of them"
            )
            raise SettingsInvalid(message)
