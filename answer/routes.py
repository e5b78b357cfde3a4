"""What is no question to the publications is seen from its form, before anything is searched.

Precision comes first: a rule looks for a person who speaks of themselves, of a person by name, or
to the assistant. The subject alone never decides: what a prosecutor should do when a survivor
recants, or how a policy on suicide prevention is written, is asked of the publications.

The forms of speech themselves are in `data/routes.txt`; `python -m benchmarks routes` counts how
many of the labelled questions take their route.
"""

import difflib
import re
import unicodedata
from collections import defaultdict
from enum import StrEnum
from pathlib import Path

from ingest.words import is_known


class Route(StrEnum):
    """What is said instead of an answer; the order is the order in which they are tried."""

    DANGER = "someone in danger"
    INSTRUCTION = "instruction to the assistant"
    PERSONAL_DATA = "personal data"
    LEGAL_ADVICE = "advice on a person or a case"
    DRAFTING = "drafting"
    OFF_TOPIC = "another subject"
    TOO_BROAD = "too broad"
    ABOUT_ASSISTANT = "about the assistant"
    SMALL_TALK = "small talk"


_SECTION = re.compile(r"\[([a-z_]+)\]")


def _sections(path: Path) -> dict[str, list[str]]:
    """The lines of each [section] of a file, comments left out."""
    lines: dict[str, list[str]] = defaultdict(list)
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if opened := _SECTION.fullmatch(line):
            section = opened.group(1)
        elif line and not line.startswith("#"):
            lines[section].append(line)
    return dict(lines)


_LINES = _sections(Path(__file__).parent / "data" / "routes.txt")
_NAMED_PARTS: dict[str, str] = {
    name.strip(): form.strip() for name, form in (line.split("=", 1) for line in _LINES["words"])
}
_NAMED_PART = re.compile(r"<([a-z]+)>")


def _filled(form: str) -> str:
    """A form with the lines that its <words> stand for; other angle brackets stay."""
    filled = _NAMED_PART.sub(lambda match: _NAMED_PARTS.get(match[1], match[0]), form)
    return filled if filled == form else _filled(filled)


def _compiled(section: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_filled(line)})" for line in _LINES[section]), re.IGNORECASE)


_FORMS = {taken: _compiled(taken.name.lower()) for taken in Route}
_VAGUE = _compiled("vague")
_MENDED = [word for line in _LINES["mended"] for word in line.split()]
# A question on programmes and policies tells of such people and quotes what they say.
_OF_PERSONS = frozenset({Route.DANGER, Route.LEGAL_ADVICE})
_ON_POLICY = re.compile(
    r"\b(?:polic(?:y|ies)|programs?|programmes?|guidelines?|training|protocols?|agenc(?:y|ies)|"
    r"services for|people who|survivors|victims who|applicants?|an? grant|grants|"
    r"grant (?:money|fund\w*)|officers? do|staff|"
    r"dispatchers?|(?:if|when|whether|while) an? (?:\w+ )?(?:survivor|victim|witness|youth|"
    r"juvenile|minor|person|woman|inmate|detainee|defendant|suspect|veteran|parolee|probationer|"
    r"client|patient|child|teen|resident|student|caller))\b",
    re.IGNORECASE,
)
_OF_THEMSELVES = re.compile(r"(?:i|we|my)\b|(?:he|she|they)\b.*\b(?:me|us|my)\b", re.IGNORECASE)
_TELLS = re.compile(r"\b(?:says?|said|saying|tells?|told|report(?:s|ing)?|hears?)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]")
_WRITTEN_OUT = tuple(
    (re.compile(short, re.IGNORECASE), long)
    for short, long in (
        (r"\bcan't\b|\bcannot\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"\b(do|does|did|is|was|should|would|could)nt\b", r"\1 not"),
        (r"n't\b", " not"),
        (r"\b(i)'?m\b", r"\1 am"),
        (r"'re\b", " are"),
        (r"'ve\b|(?<=\bi)ve\b", " have"),
        (r"'ll\b", " will"),
        (r"\b(what|that|he|she|it|there|who|where|how)'?s\b", r"\1 is"),
        (r"'s\b", " s"),
        (r"\b(my|him|her|your)self\b", r"\1 self"),
    )
)
_MENDABLE = re.compile(r"\b[a-z][a-z0-9]{3,}")
_NEAR = 0.8  # similarity ratio of two spellings of one word
_TAGS = range(0xE0000, 0xE0080)  # invisible copies of the Latin letters
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_MANY_HIDDEN = 3


def route(question: str, *, follows: bool = False) -> Route | None:
    """Which of the routes a question takes; None: it is asked of the publications.

    Args:
        question: as typed.
        follows: whether something was asked before: "more" then asks for more of that.
    """
    if _hides_something(question):
        return Route.INSTRUCTION
    plain = plain_words(question)
    unquoted = _QUOTED.sub(" ", plain)
    for taken, form in _FORMS.items():
        said = unquoted if taken in _OF_PERSONS else plain
        match = form.search(said)
        if match and (taken not in _OF_PERSONS or not _is_on_policy(match, taken)):
            return taken
    return Route.TOO_BROAD if not follows and _VAGUE.search(plain) else None


def _is_on_policy(match: re.Match[str], taken: Route) -> bool:
    """Whether a question that has the form of one about a person asks for what is done in general.

    Somebody who says "he beats me" is in danger, whatever programs they go on to ask for; not
    where it is told of others ("what should staff do when a caller says …").
    """
    before = match.string[: match.start()]
    if taken is Route.DANGER and _OF_THEMSELVES.match(match[0]) and not _TELLS.search(before):
        return _ON_POLICY.search(before) is not None
    return _ON_POLICY.search(match.string) is not None


def plain_words(question: str) -> str:
    """A question as the forms of speech in `data/routes.txt` are written."""
    text = unicodedata.normalize("NFKD", question).replace("’", "'").replace("‘", "'")
    text = "".join(
        char for char in text if not unicodedata.combining(char) and char not in _ZERO_WIDTH
    )
    text = " ".join(text.replace("¿", " ").replace("¡", " ").split())
    for short, long in _WRITTEN_OUT:
        text = short.sub(long, text)
    return _MENDABLE.sub(_mended, text)


def _mended(match: re.Match[str]) -> str:
    word = match[0]
    if is_known(word):
        return word
    near = difflib.get_close_matches(word, _MENDED, n=1, cutoff=_NEAR)
    return near[0] if near else word


def _hides_something(question: str) -> bool:
    return any(ord(char) in _TAGS for char in question) or (
        sum(char in _ZERO_WIDTH for char in question) >= _MANY_HIDDEN
    )
