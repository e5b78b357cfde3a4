"""Which of the names, years and abbreviations of a question a passage's page holds."""

import re
from dataclasses import dataclass, field

from answer.named import (
    Names,
    capitalised_in,
    is_spelt_among,
    small_in,
    unmet,
    with_initials,
    years_held,
)
from index.releases import Release, indexed_text
from index.terms import words
from ingest.document import Passage

_NOTHING = Names()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    """The words of a publication, in lower case."""

    all: frozenset[str]
    capitalised: frozenset[str]  # those that it writes with a capital, here or there
    small: frozenset[str]  # those that it writes without one


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldWords:
    """The words of a release's publications; each publication is read when it is first needed."""

    release: Release
    _by_document: dict[str, _Words] = field(default_factory=dict, init=False)
    _all: list[str] = field(default_factory=list, init=False)

    def lacking(self, asked: Names, passage: Passage) -> list[str]:
        """What of a question's names the pages of a passage do not have.

        Names and years must stand on them, in its headings or the title; a fiscal year and an
        abbreviation, which a publication about it need not repeat, anywhere in the publication or
        its file name. An abbreviation that no publication uses does not count: they may well write
        it out in full.
        """
        if asked == _NOTHING:  # most questions: then no publication is read for it
            return []
        pages = [self.release.pages[passage.doc_id, number].text for number in passage.pages]
        texts = [self.text_of(passage), *pages]
        small = self._of(passage.doc_id).small
        here = unmet(asked.names, asked.years, texts, small=small, is_known=self._is_name)
        return here + self._not_held(asked, passage)

    def lacking_throughout(self, asked: Names, passage: Passage) -> list[str]:
        """What of the names of an earlier question no page of a passage's publication has."""
        if asked == _NOTHING:
            return []
        held = self._of(passage.doc_id)
        here = [
            name
            for name in asked.names
            if name not in held.all
            and not is_spelt_among(name, held.capitalised, small=held.small, is_known=self._is_name)
        ]
        here += [year for year in asked.years if year not in held.all]
        return here + self._not_held(asked, passage)

    def _not_held(self, asked: Names, passage: Passage) -> list[str]:
        """The fiscal years and abbreviations that a passage's publication does not have."""
        held = self._of(passage.doc_id).all
        return [
            *(year for year in asked.fiscal_years if year not in held),
            *(w for w in asked.abbreviations if w not in held and self._is_used(w)),
        ]

    def _is_name(self, word: str) -> bool:
        """Whether a publication writes a word with a capital."""
        documents = self.release.documents
        return any(word in self._of(document.doc_id).capitalised for document in documents)

    def _is_used(self, word: str) -> bool:
        return any(word in self._of(document.doc_id).all for document in self.release.documents)

    def vocabulary(self) -> list[str]:
        """All words of the publications, in one order, so that ties are always broken alike."""
        if not self._all:
            loaded = (self._of(doc_id).all for doc_id in self.release.passages_by_document)
            self._all[:] = sorted(frozenset().union(*loaded))  # whole, also where two ask at once
        return self._all

    def text_of(self, passage: Passage) -> str:
        """A passage's words with its title and headings."""
        return indexed_text(passage, self.release.documents_by_id[passage.doc_id].title)

    def _of(self, doc_id: str) -> _Words:
        if doc_id not in self._by_document:
            document = self.release.documents_by_id[doc_id]
            texts = [file_words(document.file or ""), document.title]
            numbers = range(1, document.page_count + 1)
            pages = [self.release.pages[doc_id, number].text for number in numbers]
            texts = [with_initials(text) for text in (*texts, *pages)]
            self._by_document[doc_id] = _Words(
                all=frozenset(w for text in texts for w in (*words(text), *years_held(text))),
                capitalised=frozenset(capitalised_in(texts)),
                small=frozenset(small_in(texts)),
            )
        return self._by_document[doc_id]


def file_words(file: str) -> str:
    """The words of a file's name in lower case: of "GrantNOFO_2017.pdf", grant nofo 2017."""
    return " ".join(re.findall(r"[A-Z]*[a-z]+|[A-Z]+|\d+", file.rpartition(".")[0])).lower()
