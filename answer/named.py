"""What a question names: people, places, bodies, programmes and years.

Each must stand on the page that is quoted, in its headings or in the publication's title. A page on
another county or another year is no answer about this one, however near it is.
"""

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.terms import STOP_WORDS, stem, words

# A capitalised word, "McHenry" and "O'Brien" too.
_NAME = re.compile(
    r"(?<=[\s(\"“])"
    r"((?:[A-Z]['’])?[A-ZÀ-Þ][a-zà-ÿ]+(?:[A-Z][a-z]+)?(?:['’][a-z]+)?)(?![\w@])"
)
_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bGov)(?<!\bSen)(?<!\bRep)(?<!\bSgt)(?<!\bCapt)"
    r"(?<!\bLt)(?<!\bSt)(?<!\bCo)(?<!\bvs)(?<!\bv)[.!?][\"“”'()\s]*$|^[\"“'(\s]*$"
)
# "In one sentence: Explain the …", and no "Compare two counties: Kern and …".
_COLON_OR_LINE = re.compile(r"(?:[:–—]|\n)[\"“”'(\s]*$")
_GOES_ON_SMALL = re.compile(
    r"\s+(?:the|an?|all|any|each|every|some|how|what|which|who|why|when|where|whether|if|to|for|of|my|our|"
    r"your|this|these|that|those|them|it)\b"
)
# "the Howard Smith Association": a body that may be called after a person.
_BODY = re.compile(
    r"\b[A-ZÀ-Þ][\w'’.-]*\s+(?:Association|Institute|Foundation|Cent(?:er|re)|Coalition|Council|"
    r"Commission|Committee|Society|University|College|Project|Initiative|Fund|Network|Alliance|"
    r"Union|League|Agency|Bureau)\b"
)
_INITIAL = re.compile(r"\b([A-Z])['’](?=[A-Z])")  # "O'Brien" is one word
_CAPITALISED = re.compile(r"\b[A-ZÀ-Þ][\w'’]*")
# No part of an address: "example.org/california".
_SMALL = re.compile(r"(?<![\w./@:?=&_-])[a-zß-ÿ][\w'’]*(?![\w/@_]|[.:?=&-]\w)")
_CAPITALISED_ANYWAY = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december spanish english american federal state county
    city national mr mrs ms miss dr gov sen rep sgt capt lt officer judge sheriff chief deputy
    attorney general governor senator mayor commissioner director office district agency department
    board commission council program project grantee applicant black white latino latina hispanic
    asian native internet figure table region category form title chapter section exhibit appendix
    attachment tier phase part page level step item goal objective volume code please thanks thank
    hi hello
    """.split()
)
# Two capitals and more: "VOCA", "AB109", "CoC"; no name such as "McHenry".
_ABBREVIATION = re.compile(
    r"(?<![\w@.])(?![A-Z][a-z]+[A-Z][a-z]+\b)(?=\w*[A-Z]\w*[A-Z])[A-Za-z]{2,}\d*(?![\w@])"
)
_YEAR = re.compile(r"(?<![\d$.,])(?:19|20)\d\d(?![\ds])")  # of "FY2019" too; no decade, no sum
_FISCAL_YEAR = re.compile(r"\b(?:s?fy|fiscal year)[ -]?['’]?(\d\d)(?!\d)", re.IGNORECASE)  # "SFY18"
_RANGE = re.compile(r"\b((?:19|20)\d\d)[-–/](\d\d)(?![-–/]?\d)")  # "2017-18", no date
_NO_BODIES = STOP_WORDS | {"fy", "sfy"}
_NUMERAL = re.compile(r"[ivx]+")
_TWO_DIGITS_OF_1900 = 70  # and above; below, of 2000
_SAME_SPELLING = 0.84  # similarity ratio above which two words are one, misspelt
# What people write for a name, and how it begins in full. No other beginning of a word stands for
# it: a page on Leeds is none on Lee.
_IN_FULL = {
    "assn": "association",
    "atty": "attorney",
    "cal": "california",
    "calif": "california",
    "comm": "commi",  # commission, committee
    "corp": "corporation",
    "dept": "department",
    "dist": "district",
    "fed": "federal",
    "gov": "govern",  # governor, government
    "intl": "international",
    "natl": "national",
    "prop": "proposition",
    "props": "proposition",
    "supt": "superintendent",
    "univ": "university",
    "wash": "washington",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """What a question names, in lower case and in order."""

    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    fiscal_years: tuple[str, ...] = ()  # in full: of "SFY18", which is that of a whole notice, 2018

    def lacking_in(self, other: "Names") -> "Names":
        """What this one names of the kinds of which the other names none."""
        body = not (other.names or other.abbreviations)
        year = not (other.years or other.fiscal_years)
        return Names(
            names=self.names if body else (),
            abbreviations=self.abbreviations if body else (),
            years=self.years if year else (),
            fiscal_years=self.fiscal_years if year else (),
        )

    def or_of(self, other: "Names") -> "Names":
        """With what another one names, of the kinds of which this one names none itself."""
        more = other.lacking_in(self)
        return Names(
            names=self.names + more.names,
            abbreviations=self.abbreviations + more.abbreviations,
            years=self.years + more.years,
            fiscal_years=self.fiscal_years + more.fiscal_years,
        )

    def besides(self, words_of_edition: Collection[str]) -> "Names":
        """Without the words that tell which edition is asked for."""
        return replace(
            self,
            names=tuple(name for name in self.names if name not in words_of_edition),
            years=tuple(year for year in self.years if year not in words_of_edition),
            fiscal_years=tuple(y for y in self.fiscal_years if y not in words_of_edition),
        )


def names_of(question: str) -> Names:
    """What a question names.

    Args:
        question: as typed.
    """
    return Names(
        names=tuple(names_in(question)),
        abbreviations=tuple(abbreviations_in(question)),
        years=tuple(dict.fromkeys(_YEAR.findall(question))),
        fiscal_years=tuple(_in_full(digits) for digits in _FISCAL_YEAR.findall(question)),
    )


def names_in(question: str) -> list[str]:
    """The proper names of a question, as single words in lower case, in order.

    None where most words have a capital, as in titles: there nothing tells what is a name.
    """
    if _is_title_case(question):
        return []
    found: dict[str, None] = {}  # a set that keeps its order
    for match in _NAME.finditer(question):
        before, after = question[: match.start()], question[match.end() :]
        if _SENTENCE_END.search(before) or (
            _COLON_OR_LINE.search(before) and _GOES_ON_SMALL.match(after)
        ):
            continue  # it has its capital from that
        for word in words(with_initials(match.group(1))):
            if word not in STOP_WORDS and word not in _CAPITALISED_ANYWAY:
                found[word] = None
    return list(found)


def abbreviations_in(question: str) -> list[str]:
    """The abbreviations of a question, such as "VOCA", in lower case and in order.

    None where the whole question is in capitals; no numeral such as "III", and no "MUST".
    """
    if question.isupper():
        return []
    found = [word for match in _ABBREVIATION.finditer(question) for word in words(match.group())]
    kept = (w for w in found if w.isalpha() and w not in _NO_BODIES and not _NUMERAL.fullmatch(w))
    return list(dict.fromkeys(kept))


def years_in(text: str) -> list[str]:
    """The years that a text names, in order; of fiscal years those that they are called by."""
    found = [(match.start(), match.group()) for match in _YEAR.finditer(text)]
    found += [(match.start(), _in_full(match[1])) for match in _FISCAL_YEAR.finditer(text)]
    return list(dict.fromkeys(year for _, year in sorted(found)))


def names_body(question: str) -> bool:
    """Whether a question names an association, an institute or the like."""
    return _BODY.search(question) is not None


def years_held(text: str) -> set[str]:
    """The years that a page speaks of: those that it names, and the last one of "2017-18"."""
    ends = (
        str(int(match[1]) + 1)
        for match in _RANGE.finditer(text)
        if (int(match[1]) + 1) % 100 == int(match[2])
    )
    return {*years_in(text), *ends}


def _in_full(two_digits: str) -> str:
    return ("19" if int(two_digits) >= _TWO_DIGITS_OF_1900 else "20") + two_digits


def _is_title_case(question: str) -> bool:
    """Whether most words that need no capital have one; two at least."""
    pairs = pairwise(question.split())
    inside = [word for before, word in pairs if not before.endswith((".", "?", "!", ":"))]
    small = [w for w in inside if w.lower() in STOP_WORDS and not (w.isupper() and w != "A")]
    capitals = sum(word[0].isupper() for word in small)
    return capitals > 1 and 2 * capitals > len(small)


def unmet(
    wanted: Sequence[str],
    wanted_years: Sequence[str],
    texts: Iterable[str],
    *,
    small: Collection[str] = (),
    is_known: Callable[[str], bool] = lambda _: False,
) -> list[str]:
    """The names and years that none of some texts holds.

    A name may be misspelt or shortened: for a word with a capital, that is. A year may stand in a
    range such as 2017-18, and be that of "FY18".

    Args:
        wanted: names, in lower case.
        wanted_years: in full.
        texts: of a page.
        small: words that its publication writes without a capital: "Range" at the beginning of a
            line is no name, and no "Orange" misspelt.
        is_known: whether any publication has a name: "Johnson" is then no "Johnston" misspelt.
    """
    if not wanted and not wanted_years:
        return []
    joined = [with_initials(text) for text in texts]
    held = {word for text in joined for word in words(text)}
    held_stems = {stem(word) for word in held}
    capitalised = capitalised_in(joined)
    missing = [
        name
        for name in wanted
        if stem(name) not in held_stems
        and not is_spelt_among(name, capitalised, small=small, is_known=is_known)
    ]
    years = {year for text in joined for year in years_held(text)}
    # "2000 hours" asks of no year, and a page writes "2,000".
    return missing + [year for year in wanted_years if year not in years and year not in held]


def with_initials(text: str) -> str:
    """A text with "O'Brien" as one word: `words` would take it for a possessive."""
    return _INITIAL.sub(r"\1", text)


def capitalised_in(texts: Iterable[str]) -> set[str]:
    """The words that begin with a capital, in lower case."""
    return {w for text in texts for found in _CAPITALISED.findall(text) for w in words(found)}


def small_in(texts: Iterable[str]) -> set[str]:
    """The words that are written without a capital."""
    return {w for text in texts for found in _SMALL.findall(text) for w in words(found)}


def as_typed(word: str, text: str) -> str:
    """A name as a text writes it, "McHenry" of "mchenry"; with a capital where it has none there.

    Args:
        word: in lower case.
        text: a question.
    """
    found = re.search(rf"\b{re.escape(word)}(?!\w)", text, re.IGNORECASE)
    spelt = found.group() if found else word
    return spelt[0].upper() + spelt[1:]


def is_spelt_among(
    name: str,
    capitalised: Collection[str],
    *,
    small: Collection[str],
    is_known: Callable[[str], bool] = lambda _: False,
) -> bool:
    """Whether a name is one of some words, shortened ("Prop" for "Proposition") or misspelt.

    Args:
        name: in lower case.
        capitalised: words that are written with a capital.
        small: words that are written without one, too: of these none is a name that was misspelt.
        is_known: whether any publication has a name: such a one is not misspelt.
    """
    full = _IN_FULL.get(name)
    if full and any(word.startswith(full) for word in capitalised):
        return True
    names = set(capitalised).difference(small)
    alike = difflib.get_close_matches(name, names, n=1, cutoff=_SAME_SPELLING)
    return bool(alike) and not is_known(name)
