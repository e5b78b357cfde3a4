"""When the evidence does not carry an answer, and what is said then.

*Support* comes before any answer: the nearest passage must be near, and hold enough of what the
question speaks of; the bound is calibrated on development questions (docs/answers.md).
"""

from collections.abc import Callable, Sequence

from answer import messages_es
from answer.question import Query
from answer.reply import Reason
from answer.select import Rarity, coverage
from index.retriever import ScoredPassage
from index.terms import terms
from ingest.document import Passage

SEARCHED_IN_VAIN = (Reason.UNKNOWN_WORDS, Reason.NOT_COVERED, Reason.NOT_ANSWERED)
_READ = 5  # passages that the support of a question is sought in

MESSAGES = {
    Reason.EMPTY: "Type a question, for example: What are the five principles?",
    Reason.TOO_LONG: (
        "That is longer than I can search for. Please ask one question in a sentence or two."
    ),
    Reason.NO_WORDS: (
        "I could not find any words in your message. Please type a question in English, for "
        "example: Who should be involved in defining well-being?"
    ),
    Reason.NOTHING_BEFORE: (
        "That seems to refer to an earlier answer, but there is none in this conversation. Please "
        "type the full question."
    ),
    Reason.UNKNOWN_WORDS: (
        "None of the words you typed appears in the loaded publications. Please check the "
        "spelling, or rephrase your question in English."
    ),
    Reason.NOT_COVERED: (
        "I found nothing in the loaded publications that answers this, so I give no answer. Try "
        "the publications' own terms for the subject, or ask the publisher."
    ),
    Reason.NOT_ANSWERED: (
        "The loaded publications touch on this subject, but I found no page that answers the "
        "question, so I give no answer. The publisher may be able to help."
    ),
}


def message(
    reason: Reason,
    missing: Sequence[str] = (),
    unread: Sequence[str] = (),
    *,
    spanish: bool = False,
) -> str:
    """What is said to a person.

    Args:
        reason: why there is no answer.
        missing: the names and years that no near page holds, as they are to be shown.
        unread: the titles of publications whose text could not be read: one of them may answer.
        spanish: whether it is said in Spanish.
    """
    said = [messages_es.MESSAGES[reason] if spanish else MESSAGES[reason]]
    if missing:
        lacking = messages_es.LACKING if spanish else "None of the closest pages mentions"
        said.append(f"{lacking}: {', '.join(missing)}.")
    if unread and reason in SEARCHED_IN_VAIN:
        skipped = messages_es.UNREAD if spanish else "Not searched, because no text could be read"
        said.append(f"{skipped}: {'; '.join(unread)}.")
    return " ".join(said)


def support(
    query: Query,
    evidence: Sequence[ScoredPassage],
    text_of: Callable[[Passage], str],
    rarity: Rarity,
) -> float:
    """How well the nearest passages carry a question: best cosine plus best coverage; 0 … 2.

    Args:
        query: as searched.
        evidence: best first.
        text_of: the text of a passage with its title and headings.
        rarity: inverse document frequency of a term.
    """
    nearest = max(scored.dense for scored in evidence)
    covered = max(
        _covered(query, text_of(scored.passage), rarity=rarity) for scored in evidence[:_READ]
    )
    return nearest + covered


def _covered(query: Query, text: str, *, rarity: Rarity) -> float:
    """The share of a query that a text holds; of words of like meaning one is enough."""
    if not query.glosses:
        return coverage(query.text, text, rarity=rarity)
    present = set(terms(text))
    weights = held = 0.0
    for gloss in query.glosses:
        rarities = {term: rarity(term) for term in terms(gloss)}
        weight = max(rarities.values(), default=0.0)
        weights += weight
        held += weight * any(term in present for term in rarities)
    return held / weights if weights else 0.0
