"""A typed question -> the query that is searched, or the reason why it cannot be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from answer.named import Names, names_of
from answer.reply import Reason
from index.terms import STOP_WORDS, terms, words

_OPENS_FOLLOW_UP = re.compile(
    r"^[¿¡]?(?:(?:ok(?:ay)?|thanks|thank you|gracias)[,.!]*\s+[¿¡]?)?"
    r"(and|but|or|so|also|what about|how about|same for|why not|y|pero|o(?!['’]))\b",
    re.IGNORECASE,
)
_REFERS_BACK = frozenset(
    """
    it its they them their theirs this that these those there he him his she her one ones former
    latter same both either such else eso esa esos esas ellos ellas
    """.split()
)
# "Is there a …", "Is it legal to …", "How long does it take to …", "those who …".
_REFERS_TO_NOTHING = re.compile(
    r"\b(?:is|are|was|were|will|can|should|must|be|been)\s+there\b|"
    r"\bthere\s+(?:is|are|was|were|will|can|should|must)\b|"
    r"\b(?:is|was|be)\s+it\s+(?:required|necessary|possible|allowed|permitted|legal|lawful|illegal|"
    r"mandatory|important|appropriate|acceptable|advisable|best|better|enough|true|worth|common|ok|okay)\s+"
    r"(?:to|for|that|if|when)\s+(?=\w)|"
    r"\bit\b(?=\s+(?:takes?|means?|costs?)\b(?:\s+\w+){0,3}\s+to\s+\w)|"
    r"\bthose\b(?=\s+(?:who|whose|with)\b)",
    re.IGNORECASE,
)
# Two words and more without a "the": "What are the steps?" is asked of what was spoken of.
_WHAT_IS = re.compile(
    r"^(?:what\s+(?:is|are)|what['’]s|define)\s+(?:an?\s+)?(?!the\b)(?P<thing>(?:[\w'’-]+\s+){1,3}[\w'’-]+)[\s?.]*$",
    re.IGNORECASE,
)
# "What is required of counties?" asks on.
_OF_WHAT_WAS_TOLD = re.compile(
    r"\w+ed|said|done|known|meant|left|next|different|available|possible|new|examples?|wrong"
)
_COUNTED = re.compile(  # "the five principles" are called so wherever they are spoken of
    r"\bthe\s+(two|three|four|five|six|seven|eight|nine|ten|\d\d?)\s+\w", re.IGNORECASE
)
_OF_QUANTITY = frozenset(terms("many long often large old"))  # "How many in Napa?"
_FEW_TERMS = 2  # a question with no more subject words than this leans on what was said before
_LONGEST_CHAIN = 50  # questions that one can lean on: each leans on the one before it
_OWN_SUBJECT = 2  # subject words after which a pronoun means them and nothing said before
# Asks for the same again: its place, or in fewer words.
_SAME_AGAIN = re.compile(
    r"^(?:please\s+)?(?:(?:and\s+)?where\s+(?:exactly\s+)?(?:does|do|did)\s+(?:it|they|the\s+\w+)\s+say\s+"
    r"(?:that|this|so|it)|(?:and\s+)?(?:on\s+)?(?:which|what)\s+page(?:\s+is\s+(?:that|it|this)(?:\s+on)?)?|"
    r"(?:show|give)\s+me\s+(?:the|that|its)\s+(?:page|source)|(?:what|where)\s+is\s+(?:the|your|that)\s+source|"
    r"(?:say|show)\s+(?:that|it)\s+again|d[oó]nde\s+(?:exactamente\s+)?(?:lo\s+)?dice(?:\s+eso)?)[\s.?!]*$",
    re.IGNORECASE,
)
_SHORTER = re.compile(
    r"^(?:please\s+)?(?:(?:can\s+you\s+|could\s+you\s+)?(?:make\s+(?:it|that)|say\s+(?:it|that)|be|keep\s+it)\s+)?"
    r"(?:shorter|briefer|brief(?:ly)?|in\s+(?:short|brief|one\s+sentence)|m[aá]s\s+corto|the\s+short\s+version)"
    r"(?:\s+please)?[\s.?!]*$",
    re.IGNORECASE,
)
_MIN_LEGIBLE = 0.4  # share of the characters that are letters or digits
_LONGEST_WORD = 40  # letters; longer runs are no words


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A question as asked and as searched."""

    question: str
    text: str
    names: Names = field(default_factory=Names)
    # What the question before names beside that: an answer may stand pages behind those names.
    names_before: Names = field(default_factory=Names)
    brief: bool = False  # the answer is to be as short as it can be
    before: tuple[str, ...] = ()  # the questions that it leans on, oldest first
    glosses: tuple[str, ...] = ()  # of a translated text: in each, one word is enough on a page


def read_question(question: str, history: Sequence[str], *, max_chars: int) -> Query | Reason:
    """Tidy a question and complete a follow-up from the questions before it.

    A follow-up is asked of the same places and years as the question that it leans on, as far as it
    names none itself.

    Args:
        question: as typed.
        history: the earlier questions of the conversation, oldest first.
        max_chars: longer questions are not searched.
    """
    tidy = " ".join(question.split())
    fault = _fault(tidy, max_chars=max_chars)
    if fault:
        return fault
    earlier = [" ".join(asked.split()) for asked in history if asked.strip()][-_LONGEST_CHAIN:]
    if _repeats(tidy):
        return _again(tidy, earlier, max_chars=max_chars)
    names = names_of(question)  # a line that ends is the end of a sentence
    if not earlier and not terms(tidy):
        return Reason.NOTHING_BEFORE
    if not earlier or not leans_on_history(tidy):
        return Query(question=tidy, text=tidy, names=names)
    last = earlier[-1][:max_chars]
    before = read_question(last, earlier[:-1], max_chars=max_chars)
    if isinstance(before, Reason):
        before = Query(question=last, text=last, names=names_of(last))
    chain = (*before.before, before.question)
    # As much of it as there is room for; the last of them whatever its length.
    while len(chain) > 1 and len(" ".join(chain)) > max_chars:
        chain = chain[1:]
    return Query(
        question=tidy,
        text=" ".join([*chain, tidy]),
        names=names,
        names_before=before.names.or_of(before.names_before).lacking_in(names),
        before=chain,
    )


def _fault(question: str, *, max_chars: int) -> Reason | None:
    if not question:
        return Reason.EMPTY
    if len(question) > max_chars:
        return Reason.TOO_LONG
    return None if _has_words(question) else Reason.NO_WORDS


def _again(question: str, earlier: Sequence[str], *, max_chars: int) -> Query | Reason:
    """The last question that asked for something, once more."""
    numbers = [number for number, asked in enumerate(earlier) if not _repeats(asked)]
    if not numbers:
        return Reason.NOTHING_BEFORE
    last = numbers[-1]
    query = read_question(earlier[last], earlier[:last], max_chars=max_chars)
    if isinstance(query, Reason):
        return query
    return replace(query, brief=_SHORTER.match(question) is not None)


def needs_history(question: str) -> bool:
    """Whether what was asked before can change how a question is read."""
    tidy = " ".join(question.split())
    return _repeats(tidy) or leans_on_history(tidy)


def leans_on_history(question: str) -> bool:
    """Whether a question is understood only with the one before it.

    A pronoun leans on what was said before, unless the question has named a subject first: "Must a
    county publish its plan?" stands by itself.
    """
    few = len(set(terms(question))) <= _FEW_TERMS
    return _points_back(question) or (few and not _asks_what_is(question))


def is_only_short(question: str) -> bool:
    """Whether a question leans on the one before it by nothing but having few words of its own.

    "What are the steps?" may go on with what was asked, or begin anew.
    """
    return leans_on_history(question) and not _points_back(question) and bool(terms(question))


def _points_back(question: str) -> bool:
    """Whether it opens as what goes on does, or a pronoun stands where nothing was named yet."""
    if _OPENS_FOLLOW_UP.match(question):
        return True
    subject = 0
    for word in words(_REFERS_TO_NOTHING.sub(" ", question)):
        if word in _REFERS_BACK:
            return subject < _OWN_SUBJECT
        subject += word not in STOP_WORDS
    return False


def may_stand_alone(question: str) -> bool:
    """Whether a question that is short enough to lean on the one before it names its own subject.

    "What did Stockton's police do?" may go on with what was asked, or begin anew; so may "What are
    the five principles?".
    """
    named = names_of(question)
    leans = _OPENS_FOLLOW_UP.match(question) or _REFERS_BACK & set(words(question))
    own = set(terms(" ".join([*named.names, *named.abbreviations, *_COUNTED.findall(question)])))
    return bool(own and not leans and set(terms(question)) - own - _OF_QUANTITY)


def _asks_what_is(question: str) -> bool:
    """Whether it asks what a thing is that it calls by its name: "What is restorative justice?"."""
    match = _WHAT_IS.match(question)
    if match is None or _REFERS_BACK & set(words(question)):
        return False
    first = words(match["thing"])[0]
    return first not in STOP_WORDS and not _OF_WHAT_WAS_TOLD.fullmatch(first)


def _repeats(question: str) -> bool:
    """Whether it asks for what was asked before, its place, or fewer words."""
    return bool(_SAME_AGAIN.match(question) or _SHORTER.match(question))


def _has_words(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    inked = sum(not char.isspace() for char in text)
    legible = sum(char.isalnum() for char in text)  # "PC 290" is a law
    if letters < 2 or legible < _MIN_LEGIBLE * inked:  # noqa: PLR2004  # no word is shorter
        return False
    found = words(text)
    readable = [w for w in found if len(w) <= _LONGEST_WORD and _has_vowel(w)]
    return 2 * len(readable) >= len(found) > 0


def _has_vowel(word: str) -> bool:
    return len(word) <= 4 or re.search(r"[aeiouy\d]", word) is not None  # noqa: PLR2004  # acronyms
