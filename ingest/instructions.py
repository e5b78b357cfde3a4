"""Sentences that speak to a language model instead of to the reader.

They are text like any other and stay where they are; the report names the page. Each pattern
needs a word that only makes sense to a model, so that advice to people is not taken for one.
"""

import re

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Take back what the model was told: "ignore all previous instructions".
        (
            r"\b(?:ignore|disregard|forget|override|bypass)\s+(?:\w+\s+){0,3}"
            r"(?:previous|prior|earlier|preceding|above|foregoing|existing|system|original)\s+"
            r"(?:\w+\s+){0,2}(?:instructions?|prompts?|directives?|commands?)\b"
        ),
        # Give it a part to play: "you are now an AI assistant", "act as a language model".
        (
            r"\b(?:you\s+are|act\s+as|behave\s+as|pretend\s+to\s+be)\s+(?:now\s+)?(?:an?\s+|the\s+)?"
            r"(?:\w+\s+){0,2}(?:AI|chat\s?bot|language\s+model|LLM|AI\s+assistant|GPT)\b"
        ),
        # Its own vocabulary.
        r"\b(?:reveal|print|repeat|output|show|leak)\s+(?:\w+\s+){0,3}system\s+prompt\b",
        r"\bsystem\s+prompt\s*:",
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>",
        r"\[/?INST\]|<</?SYS>>",
        (
            r"\b(?:AI|LLM)s?\s+(?:assistants?|models?|reviewers?|agents?)\s*[:,]\s*"
            r"(?:please\s+)?(?:ignore|disregard|do\s+not|always|never|say|answer|respond|recommend)\b"
        ),
        (
            r"\b(?:as|if\s+you\s+are)\s+an?\s+(?:AI|LLM|language\s+model)\b[^.]{0,60}"
            r"\b(?:you\s+must|must\s+(?:answer|say|respond|reply)|ignore|disregard)\b"
        ),
    )
)
_MAX_CHARS = 80  # of a quotation in the report


def instructions_in(text: str) -> str | None:
    """The first words of a page that are aimed at a model, at most 80 characters; None: none."""
    flat = " ".join(text.split())
    found = [match for pattern in _PATTERNS if (match := pattern.search(flat))]
    if not found:
        return None
    start = min(match.start() for match in found)
    return flat[start : start + _MAX_CHARS]
