"""Whether a sentence that a machine wrote says no more, no less and no other than its quotation.

A language model rewords freely, and a reworded "should", "unless" or figure is a false statement
of what a publication says. So its sentence must be a run of the words of one quoted sentence,
inflected as it likes; what the run leaves out at either end may hold nothing that bounds or turns
the rest.
"""

import re
from collections.abc import Sequence

from index.terms import stem, words

# Words that may be put in, left out or changed.
_FREE = frozenset("a an the of as is are was were be been being also therefore thus".split())
# Words that what is left out may not hold: it would have bounded or turned what is kept.
_BINDING = frozenset(
    """
    no not nor never neither none nobody nothing without rather instead
    must shall should may might can could will would ought need required recommended optional
    if unless except only until when where while whether provided but however although though
    all any both each either every few half less least many more most several some such than or
    about against among at before after by during for from in into on over per since through to
    toward under up upon via with within between
    """.split()
)
_BOUND = frozenset(map(stem, _BINDING))
_CANNOT = re.compile(r"\bcan(?:['’]t|not)\b", re.IGNORECASE)
_NOT = re.compile(r"(?<=[a-z])n['’]t\b", re.IGNORECASE)
# A sentence that begins with one of these says nothing without the one before it.
_LEANS = frozenset("he her his it its she such that their them these they this those".split())


def objection(sentence: str, quoted: Sequence[str], context: str = "") -> str | None:
    """Why a sentence is not carried by a quotation; None where it is.

    Args:
        sentence: what was written.
        quoted: the sentences of the quotation, one of which is to carry it.
        context: its publication's title and its headings: fewer words than its own may be theirs.
    """
    if _LEANS.intersection(words(sentence)[:1]):
        return "it leans on a sentence that does not stand before it"
    named = set(_said(context))
    objections = [_objection(_said(sentence), _said(source), named) for source in quoted]
    return None if None in objections else next(iter(objections), "nothing is quoted")


def _objection(written: list[str], held: list[str], named: set[str]) -> str | None:
    own = [word for word in written if word in held or word not in named]
    starts = range(len(held) - len(own) + 1) if 2 * len(own) > len(written) else ()
    runs = [start for start in starts if held[start : start + len(own)] == own]
    if not runs:
        return "its words are not those of one sentence of the quotation"
    left_out = [held[:start] + held[start + len(own) :] for start in runs]
    if all(_BOUND.intersection(rest) for rest in left_out):
        return "what it leaves out of the sentence bounds what it says"
    return None


def _said(text: str) -> list[str]:
    """The stems of the words that say something, "not" always as a word of its own."""
    plain = _NOT.sub(" not", _CANNOT.sub("can not", text))
    return [stem(word) for word in words(plain) if word not in _FREE]
