"""How passages are embedded and ranked. Meanings and reasons stand in config.toml."""

import dataclasses

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
