"""Which sentences, lists and rows of the ranked passages answer a query."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from answer.differ import differ
from answer.settings import AnswerSettings
from index.retriever import ScoredPassage
from index.terms import terms, words
from ingest.document import Passage, Sentence, SentenceKind

_LIST_KINDS = (SentenceKind.LEAD_IN, SentenceKind.LIST_ITEM)
_HEAD_KINDS = (SentenceKind.LEAD_IN, SentenceKind.CAPTION, SentenceKind.TABLE_HEAD)
_MEMBER_KINDS = (SentenceKind.LIST_ITEM, SentenceKind.TABLE_ROW)

Siblings = Callable[[Passage], Sequence[Passage]]
Rarity = Callable[[str], float]  # inverse document frequency of a term

_ASKS_NUMBER = re.compile(
    r"\b(how (many|much|long|old|often|large|big|far)|what (percent\w*|share|number|amount|rate|"
    r"proportion|portion|size|cost|fraction)|percent|cuánt[oa]s?|qué porcentaje)\b",
    re.IGNORECASE,
)
_ASKS_DATE = re.compile(
    r"\b(when|what (date|year|day|month)|deadline|due|cuándo|fecha)\b", re.IGNORECASE
)
_ASKS_LIST = re.compile(
    r"\b(what are|which are|list|name the|what (\w+ ){0,3}(steps|actions|principles|elements|types|"
    r"kinds|requirements|questions|measures|ways|factors|goals|objectives|recommendations|"
    r"services|components|activities|criteria|strategies|practices|stages|sections)|"
    r"cuáles son)\b",
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
_NUMBER = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|dozen|hundred|"
    r"thousand|million)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\b(19|20)\d\d\b|\bdays?\b",
    re.IGNORECASE,
)
_LEANS_BACK = re.compile(
    r"^(it|this|these|those|they|he|she|such|that|here|there|also|however|therefore|thus|"
    r"furthermore|moreover|in addition|additionally|for example|for instance|instead|otherwise|"
    r"in (?:short|brief|sum|other words)|both|all (?:of )?(?:these|them|three|four|five|six)|"
    r"each of (?:these|them)|the (?:last|latter|former|above))\b",
    re.IGNORECASE,
)
_QUALIFIES = re.compile(
    r"^(however|but|except|unless|only|this does not|these do not|it does not|nevertheless|"
    r"exceptions?|not)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """A stretch of a passage that answers: `passage.text[start_char:end_char]`."""

    passage: Passage
    start_char: int
    end_char: int
    score: float
    head: tuple[int, int] | None = None  # of the passage's text: what a row or item stands under

    @property
    def words(self) -> str:
        """What is quoted, white space and case folded."""
        return " ".join(self.passage.text[self.start_char : self.end_char].split()).casefold()


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
    reach = passages_read(query, settings)
    candidates = [
        _Candidate(
            score=score_sentence(query, scored, number, rarity=rarity, settings=settings),
            scored=scored,
            number=number,
        )
        for position, scored in enumerate(evidence[:reach])
        for number, sentence in enumerate(scored.passage.sentences)
        if (position < settings.read_passages or sentence.kind in _LIST_KINDS)
        and sentence.kind is not SentenceKind.TABLE_HEAD
        and len(words(sentence_text(scored.passage, sentence))) >= _MIN_WORDS
    ]
    candidates.sort(key=lambda c: (-c.score, c.scored.rank, c.number))
    selected: list[list[Selection]] = []
    for candidate in candidates:
        kind = candidate.scored.passage.sentences[candidate.number].kind
        if kind is SentenceKind.FOOTNOTE and selected:
            continue  # a note adds a source to what the body says, and that is no answer
        earlier = [selection for together in selected for selection in together]
        together = [
            selection
            for selection in _widen(query, candidate, siblings, settings)
            if not any(_overlaps(selection, chosen) for chosen in earlier)
        ]
        if together:
            selected.append(together)
        if len(selected) >= settings.read_statements:
            break
    return selected


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
    head = _head(passage, number)
    above = f"{' '.join(passage.heading_path)} {passage.text[slice(*head)] if head else ''}"
    return (
        settings.weight_passage * scored.score
        + settings.weight_cosine * scored.sentence_scores[number]
        + settings.weight_coverage * coverage(query, f"{above} {text}", rarity=rarity)
        + settings.weight_kind * _fits_kind(query, text, passage.sentences[number].kind)
    )


def coverage(query: str, text: str, *, rarity: Rarity) -> float:
    """The share of the query's terms that a text holds, each weighted by its rarity; 0 … 1."""
    wanted = set(terms(query))
    total = sum(rarity(term) for term in wanted)
    if total <= 0:
        return 0.0
    present = wanted & set(terms(text))
    return sum(rarity(term) for term in present) / total


def sentence_text(passage: Passage, sentence: Sentence) -> str:
    """The characters of one of a passage's sentences."""
    return passage.text[sentence.start_char : sentence.end_char]


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
        return 1.0 if _NUMBER.search(text) else -1.0
    if _ASKS_DATE.search(query):
        return 1.0 if _DATE.search(text) else -1.0
    return 0.0


def _defines(term: str, text: str) -> bool:
    """Whether a sentence says what a term is: "Restorative justice is …"."""
    name = re.escape(term)
    pattern = rf"^(?:the\s|an?\s)?[\"'“‘(]*{name}\b[^.;:]{{0,40}}?\b(?:is|are|means?|refers?)\b"
    return re.match(pattern, " ".join(text.split()), re.IGNORECASE) is not None


def _widen(
    query: str,
    candidate: _Candidate,
    siblings: Siblings,
    settings: AnswerSettings,
) -> list[Selection]:
    """What has to be quoted with a sentence so that it can be understood."""
    passage, number = candidate.scored.passage, candidate.number
    sentence = passage.sentences[number]
    in_list = sentence.kind in _LIST_KINDS
    if in_list:
        whole = _whole(candidate.score, sentence.block, siblings(passage))
        if _length(whole) <= settings.max_list_chars or _ASKS_LIST.search(query):
            return whole
    if sentence.kind in (SentenceKind.LEAD_IN, SentenceKind.CAPTION):  # says nothing by itself
        limit = settings.max_list_chars
        return _whole(candidate.score, sentence.block, siblings(passage), max_chars=limit)
    first = last = number
    if sentence.kind in _MEMBER_KINDS:
        first, last = _whole_item(passage, number)
    elif sentence.kind is SentenceKind.SENTENCE:
        first, last = _with_neighbours(passage, number, settings.max_paragraph_chars)
        paragraph = _with_its_list(candidate, siblings(passage), settings.max_paragraph_chars)
        if paragraph:
            return paragraph
    selection = _selection(passage, first, last, candidate.score)
    if sentence.kind is SentenceKind.SENTENCE and _LEANS_BACK.match(
        sentence_text(passage, passage.sentences[first])
    ):
        return _after_what_it_leans_on(selection, first, siblings(passage), settings.max_list_chars)
    return [replace(selection, head=_head(passage, first))]


def _with_its_list(
    candidate: _Candidate, passages: Sequence[Passage], max_chars: int
) -> list[Selection]:
    """The paragraph of a sentence with the list that it ends in; nothing where that is too long."""
    passage = candidate.scored.passage
    block = passage.sentences[candidate.number].block
    if not any(s.kind is SentenceKind.LEAD_IN and s.block == block for s in passage.sentences):
        return []
    kinds = (SentenceKind.SENTENCE, *_HEAD_KINDS, *_MEMBER_KINDS)
    whole = _whole(candidate.score, block, passages, kinds=kinds)
    return whole if _length(whole) <= max_chars else []


def _whole(
    score: float,
    block: int,
    passages: Sequence[Passage],
    *,
    kinds: Sequence[SentenceKind] = (*_HEAD_KINDS, *_MEMBER_KINDS),
    max_chars: float = math.inf,
) -> list[Selection]:
    """All of a list or table, in order, as far as it is no longer than `max_chars`.

    A long one stands in several passages. What its parts stand under is repeated in each: once is
    enough. A lead-in that leans on the sentence before it ("It holds:") brings that along.
    """
    chosen: list[Selection] = []
    left = max_chars
    for passage in passages:
        numbers = [
            number
            for number, sentence in enumerate(passage.sentences)
            if sentence.block == block and sentence.kind in (_MEMBER_KINDS if chosen else kinds)
        ]
        if numbers:
            first = numbers[0] if chosen else _leaning_start(passage, numbers[0])
            piece = _selection(passage, first, numbers[-1], score)
            left -= piece.end_char - piece.start_char
            if chosen and left < 0:
                break
            chosen.append(piece)
    return chosen


def _leaning_start(passage: Passage, first: int) -> int:
    """The first sentence of a list that is to be quoted, or the one before that it leans on."""
    leans = _LEANS_BACK.match(sentence_text(passage, passage.sentences[first]))
    before = passage.sentences[first - 1].kind if first else None
    return first - 1 if leans and before is SentenceKind.SENTENCE else first


def _length(selections: Iterable[Selection]) -> int:
    """Characters of all that is quoted."""
    return sum(selection.end_char - selection.start_char for selection in selections)


def _head(passage: Passage, number: int) -> tuple[int, int] | None:
    """Where in a passage's text that stands which a list item or a table row stands under.

    That is the list's lead-in, the table's caption and column heads.
    """
    member = passage.sentences[number]
    if member.kind not in _MEMBER_KINDS:
        return None
    heads = [
        sentence
        for sentence in passage.sentences[:number]
        if sentence.kind in _HEAD_KINDS and sentence.block == member.block
    ]
    return (heads[0].start_char, heads[-1].end_char) if heads else None


def _with_neighbours(passage: Passage, number: int, max_chars: int) -> tuple[int, int]:
    """The paragraph of a sentence where it is short, else the neighbours that it cannot do without.

    A sentence alone loses its condition, its example or its "not"; a short paragraph is the
    writer's own unit.
    """
    sentences = passage.sentences
    first = last = number
    while first > 0 and _same_paragraph(sentences[first - 1], sentences[number]):
        first -= 1
    while last + 1 < len(sentences) and _same_paragraph(sentences[last + 1], sentences[number]):
        last += 1
    if sentences[last].end_char - sentences[first].start_char <= max_chars:
        return first, last
    start, end = number, number
    if number > first and _LEANS_BACK.match(sentence_text(passage, sentences[number])):
        start = number - 1
    if number < last and _QUALIFIES.match(sentence_text(passage, sentences[number + 1])):
        end = number + 1
    return start, end


def _after_what_it_leans_on(
    selection: Selection, first: int, passages: Sequence[Passage], max_chars: int
) -> list[Selection]:
    """A quotation with what its first words point at ("All three count."), where there is room.

    That is the list or the paragraph right before it under the same heading.

    Args:
        selection: of sentences.
        first: the number of the first of them in its passage.
        passages: of the publication, in order: what is pointed at may stand in another one.
        max_chars: of both together.
    """
    passage, place = selection.passage, passages.index(selection.passage)
    if first == 0 and place and passages[place - 1].heading_path == passage.heading_path:
        passage, first = passages[place - 1], len(passages[place - 1].sentences)
    if first == 0:
        return [selection]
    last = passage.sentences[first - 1]
    if last.kind in _LIST_KINDS:
        above = _whole(selection.score, last.block, passages)
    elif last.kind is SentenceKind.SENTENCE:
        numbers = [n for n, s in enumerate(passage.sentences[:first]) if s.block == last.block]
        above = [_selection(passage, numbers[0], first - 1, selection.score)]
    else:
        return [selection]
    if _length([*above, selection]) > max_chars:
        return [selection]
    if above[-1].passage is selection.passage:
        return [*above[:-1], replace(above[-1], end_char=selection.end_char)]
    return [*above, selection]


def _same_paragraph(one: Sentence, other: Sentence) -> bool:
    return one.block == other.block and one.kind is SentenceKind.SENTENCE


def _whole_item(passage: Passage, number: int) -> tuple[int, int]:
    """The first and last sentence of the list item that holds a sentence."""
    sentences = passage.sentences
    first = last = number
    while first > 0 and not sentences[first].opens:
        first -= 1
    while (
        last + 1 < len(sentences)
        and sentences[last + 1].block == sentences[number].block
        and not sentences[last + 1].opens
    ):
        last += 1
    return first, last


def _selection(passage: Passage, first: int, last: int, score: float) -> Selection:
    return Selection(
        passage=passage,
        start_char=passage.sentences[first].start_char,
        end_char=passage.sentences[last].end_char,
        score=score,
    )


def _overlaps(one: Selection, other: Selection) -> bool:
    """Whether a stretch shares words on the page with an earlier one, or says much the same."""
    if one.words == other.words:
        return True
    if _repeats(one, other):
        # What contradicts another publication is no repeat of it.
        apart = one.passage.doc_id != other.passage.doc_id
        return not (apart and differ(one.words, other.words))
    return (
        one.passage.passage_id == other.passage.passage_id
        and one.start_char < other.end_char
        and other.start_char < one.end_char
    )


def _repeats(one: Selection, other: Selection) -> bool:
    """Whether most of what a stretch speaks of stands in an earlier one already."""
    own = set(terms(one.words))
    return bool(own) and len(own & set(terms(other.words))) >= _SAME * len(own)
