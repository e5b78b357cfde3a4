"""Sentences that are not understood, or not rightly, without the one before or after them."""

import re

_TURNS_BACK = r"but|however|nevertheless|nonetheless|even so|that said|yet"
_LEANS_BACK = re.compile(
    r"^(?:it|its|this|these|those|they|their|them|he|his|she|her|such|that|here|also|"
    r"there(?!\s+(?:is|are|was|were|has|have|had|will|may|must|should|can)\b)|"
    r"therefore|thus|furthermore|moreover|in addition|additionally|for example|for instance|"
    r"instead|otherwise|in (?:short|brief|sum|other words)|both|neither|another|"
    rf"{_TURNS_BACK}|exceptions? to (?:this|these|that)|"
    r"under (?:it|this|that|these|them)|"
    r"all (?:of )?(?:these|them|three|four|five|six)|each of (?:these|them)|"
    r"the (?:last|latter|former|above)|"
    r"(?:[\w’'-]+\s+){1,9}therefore)\b",
    re.IGNORECASE,
)
_QUALIFIES = re.compile(
    rf"^(?:{_TURNS_BACK}|except|unless|only|this does not|these do not|it does not|they do not|"
    r"(?:the (?:only|sole|main|one) )?exceptions?|not)\b|"
    r"^(?:note|caution|caveat|important|warning)\s?[.:]",
    re.IGNORECASE,
)


def leans_back(sentence: str) -> bool:
    """Whether the first words of a sentence point at what stands before it ("It then goes …")."""
    return _LEANS_BACK.match(sentence) is not None


def qualifies(sentence: str) -> bool:
    """Whether a sentence begins by turning what stands before it ("However, …", "Note: …")."""
    return _QUALIFIES.match(sentence) is not None
