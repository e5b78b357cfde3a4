"""Which sentences, lists and rows of the ranked passages answer a query."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from answer.announced import with_what_it_announces
from answer.differ import differ, reverses
from answer.figures import holds_figure
from answer.items import heads_of
from answer.selection import LIST_KINDS, Selection, sentence_text
from answer.settings import AnswerSettings
from answer.stretches import holds
from answer.widen import widen
from index.retriever import ScoredPassage
from index.terms import terms, words
from ingest.document import Passage, SentenceKind

Siblings = Callable[[Passage], Sequence[Passage]]
Rarity = Callable[[str], float]  # inverse document frequency of a term

# A query is English here: one in Spanish is searched by the words of the glossary.
_ASKS_NUMBER = re.compile(
    r"\b(how (many|much|long|old|often|large|big|far)|what (percent\w*|share|number|amount|rate|"
    r"proportion|portion|size|cost|fraction)|percent)\b",
    re.IGNORECASE,
)
# Not "when a survivor recants, …", nor "due process".
_ASKS_DATE = re.compile(
    r"\b(?:since|until|by)\s+when\b|\bwhen\s*(?:\?|$)|\bwhen['’]s\b|"
    r"\bwhen\s+(?:exactly\s+)?(?:is|are|was|were|do|does|did|must|may|might|will|would|shall|should|"
    r"can|could|has|have|had)\b|"
    r"\b(?:what\s+(?:date|year|day|month)|deadline|due(?!\s+(?:process|to|diligence)))\b",
    re.IGNORECASE,
)
_ASKS_LIST = re.compile(
    r"\b(what are|which are|name the|what (\w+ ){0,3}(steps|actions|principles|elements|types|"
    r"kinds|requirements|questions|measures|ways|factors|goals|objectives|recommendations|"
    r"services|components|activities|criteria|strategies|practices|stages|sections))\b|"
    r"(?:^|[.?!:,]\s+)(?:and\s+)?(?:please\s+|(?:can|could|would)\s+you\s+(?:please\s+)?)?list\b|"
    r"\b(?:a|the)\s+list\s+of\b",  # no "waiting list"
    re.IGNORECASE,
)
_ASKS_DEFINITION = re.compile(
    r"^(?:what(?:\s+is|\s+are|['’]s)|define|what\s+does)\s+(?:the\s+|an?\s+)?"
    r"(?P<term>[^,;]+?)(?:\s+mean)?\s*[?.]*$",
    re.IGNORECASE,
)
_MIN_WORDS = 2  # less is a number, a mark or a file name, and answers nothing by itself
_SAME = 0.7  # share of a quotation's terms that an earlier one has, and it adds nothing
_MAX_DEFINED_TERMS = 4  # longer ones are questions of another kind that begin alike
# "March" and "May" only beside a number or in "in May": both are verbs, too.
_DATE = re.compile(
    r"\b(?:January|February|April|June|July|August|September|October|November|December)\b"
    r"|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.|\b(?:March|May)\s+\d"
    r"|(?:\d(?:st|nd|rd|th)?(?:\s+of)?|\b(?i:in|of|by|since|until|from|through|to|before|after|"
    r"during|early|mid|late|each|every|last|next))[\s-]+(?:March|May)\b"
    r"|\b(?:19|20)\d\d\b"
    r"|\b(?i:hours?|days?|weeks?|months?|years?|daily|weekly|monthly|quarterly|yearly|annually)\b"
    r"|\b(?i:on|by|before|after|until)\s+the\s+\d{1,2}(?:st|nd|rd|th)\b(?!\s+[A-Z])"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    """A sentence of a ranked passage and how well it answers."""

    score: float
    scored: ScoredPassage
    number: int  # of the sentence in its passage


def select(
    query: str,
    evidence: Sequence[ScoredPassage],
    *,
    siblings: Siblings,
    rarity: Rarity,
    settings: AnswerSettings,
) -> list[list[Selection]]:
    """The stretches that may answer, best first; what is to be quoted together in one list.

    A list is taken whole with its lead-in, a short paragraph whole; of a longer one, a sentence
    that leans on the one before it, or is qualified by the one after it, brings that one along.

    Args:
        query: as searched.
        evidence: the passages that may answer, best first.
        siblings: all passages of a passage's publication, in order: a list may go on in them.
        rarity: inverse document frequency of a term.
        settings: how much is read, and what counts how much.
    """
    asks_list = _ASKS_LIST.search(query) is not None
    reach = passages_read(query, settings)
    candidates = [
        _Candidate(
            score=score_sentence(query, scored, number, rarity=rarity, settings=settings),
            scored=scored,
            number=number,
        )
        for position, scored in enumerate(evidence[:reach])
        for number, sentence in enumerate(scored.passage.sentences)
        if (position < settings.read_passages or sentence.kind in LIST_KINDS)
        and sentence.kind not in (SentenceKind.TABLE_HEAD, SentenceKind.TABLE_SECTION)
        and len(words(sentence_text(scored.passage, sentence))) >= _MIN_WORDS
    ]
    candidates.sort(key=lambda c: (-c.score, c.scored.rank, c.number))
    selected: list[list[Selection]] = []
    for candidate in candidates:
        kind = candidate.scored.passage.sentences[candidate.number].kind
        if kind is SentenceKind.FOOTNOTE and selected:
            continue  # a note adds a source to what the body says, and that is no answer
        passages = siblings(candidate.scored.passage)
        whole = widen(
            candidate.scored.passage,
            candidate.number,
            candidate.score,
            passages,
            asks_list=asks_list,
            settings=settings,
        )
        together = with_what_it_announces(whole, passages, settings)
        if _is_new(together, selected):
            selected.append(together)
        if len(selected) >= settings.read_statements:
            break
    return selected


def _is_new(whole: Sequence[Selection], selected: Iterable[Sequence[Selection]]) -> bool:
    """Whether a quotation says what none of those before it says.

    It does where it holds one of them and goes on: that one without its "However" is another
    answer. It is taken whole, though others quote a part of it, too: a list with a hole in its
    middle tells something else. Which of those that share words is shown is chosen later.
    """
    return not any(
        _repeats(whole, earlier) or all(holds(earlier, piece) for piece in whole)
        for earlier in selected
        if not _goes_on(whole, earlier)
    )


def passages_read(query: str, settings: AnswerSettings) -> int:
    """How many of the best passages are searched for sentences that answer."""
    return settings.read_lists if _ASKS_LIST.search(query) else settings.read_passages


def score_sentence(
    query: str,
    scored: ScoredPassage,
    number: int,
    *,
    rarity: Rarity,
    settings: AnswerSettings,
) -> float:
    """How well one sentence of a passage answers; comparable within one question only."""
    passage = scored.passage
    text = sentence_text(passage, passage.sentences[number])
    heads = [passage.text[start:end] for start, end in heads_of(passage, number)]
    above = " ".join([*passage.heading_path, *heads])
    return (
        settings.weight_passage * scored.score
        + settings.weight_cosine * scored.sentence_scores[number]
        + settings.weight_coverage * coverage(query, f"{above} {text}", rarity=rarity)
        + settings.weight_kind * _fits_kind(query, text, passage.sentences[number].kind)
    )


def coverage(query: str, text: str, *, rarity: Rarity) -> float:
    """The share of the query's terms that a text holds, each weighted by its rarity; 0 … 1."""
    wanted = sorted(set(terms(query)))  # in one order: sums of floats depend on it
    total = sum(rarity(term) for term in wanted)
    if total <= 0:
        return 0.0
    held = set(terms(text))
    return sum(rarity(term) for term in wanted if term in held) / total


def _fits_kind(query: str, text: str, kind: SentenceKind) -> float:
    """1 when the kind of answer that is asked for can be in the text, -1 when it cannot, else 0.

    A list is best told by its lead-in, which says what it is a list of, and a term by the sentence
    that defines it: they count 2.
    """
    if _ASKS_LIST.search(query):
        return {SentenceKind.LEAD_IN: 2.0, SentenceKind.LIST_ITEM: 1.0}.get(kind, -1.0)
    defined = _ASKS_DEFINITION.match(query)
    if defined and len(terms(defined["term"])) <= _MAX_DEFINED_TERMS:
        return 2.0 if _defines(defined["term"], text) else 0.0
    if _ASKS_NUMBER.search(query):
        return 1.0 if holds_figure(text) else -1.0
    if _ASKS_DATE.search(query):
        return 1.0 if _DATE.search(text) else -1.0
    return 0.0


def _defines(term: str, text: str) -> bool:
    """Whether a sentence says what a term is: "Restorative justice is …"."""
    name = re.escape(term)
    pattern = rf"^(?:the\s|an?\s)?[\"'“‘(]*{name}\b[^.;:]{{0,40}}?\b(?:is|are|means?|refers?)\b"
    return re.match(pattern, " ".join(text.split()), re.IGNORECASE) is not None


def _goes_on(whole: Sequence[Selection], earlier: Sequence[Selection]) -> bool:
    """Whether a quotation holds all of an earlier one, and more than what that stands under."""
    held = all(not piece.heads and holds(whole, piece) for piece in earlier)
    return held and _words(whole) != _words(earlier)


def _repeats(whole: Sequence[Selection], earlier: Sequence[Selection]) -> bool:
    """Whether most of what a quotation speaks of stands in an earlier one, and to the same effect.

    It is judged as it would be shown: a part of it alone may have lost its "not".
    """
    own = set(terms(_words(whole)))
    alike = len(own & set(terms(_words(earlier)))) >= _SAME * len(own) > 0
    apart = whole[0].passage.doc_id != earlier[0].passage.doc_id
    turns = differ if apart else reverses
    return alike and not turns(_words(whole), _words(earlier))


def _words(whole: Sequence[Selection]) -> str:
    return " ".join(piece.words for piece in whole)
