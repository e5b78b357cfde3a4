"""Which of the names, years and abbreviations of a question a passage's page holds."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from answer.named import abbreviations_in, names_in, unmet, years_in
from index.releases import Release, indexed_text
from index.terms import words
from ingest.document import Passage


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """What a question names, in lower case."""

    names: list[str]
    years: list[str]
    abbreviations: list[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldWords:
    """The words of a release's publications; each publication is read when it is first needed."""

    release: Release
    _by_document: dict[str, frozenset[str]] = field(default_factory=dict, init=False)
    _all: list[str] = field(default_factory=list, init=False)

    def named(self, question: str, *, besides: Collection[str]) -> Named:
        """What a question names, besides the edition that it is to be answered from.

        An abbreviation counts only where a publication uses it: one that none uses they may well
        write out in full.
        """
        used = [
            word
            for word in abbreviations_in(question)
            if any(word in self._of(d.doc_id) for d in self.release.documents)
        ]
        return Named(
            names=[name for name in names_in(question) if name not in besides],
            years=[year for year in years_in(question) if year not in besides],
            abbreviations=used,
        )

    def lacking(self, asked: Named, passage: Passage) -> list[str]:
        """What of a question's names the page of a passage does not have.

        Names and years must stand on the page, in its headings or the title; an abbreviation,
        which a publication about it need not repeat, anywhere in the publication or its file name.
        """
        numbers = range(passage.first_page, passage.last_page + 1)
        pages = [self.release.pages[passage.doc_id, number].text for number in numbers]
        here = unmet(asked.names, asked.years, [self.text_of(passage), *pages])
        held = self._of(passage.doc_id)
        return here + [word for word in asked.abbreviations if word not in held]

    def vocabulary(self) -> list[str]:
        """All words of the publications, in one order, so that ties are always broken alike."""
        if not self._all:
            loaded = map(self._of, self.release.passages_by_document)
            self._all.extend(sorted(frozenset().union(*loaded)))
        return self._all

    def text_of(self, passage: Passage) -> str:
        """A passage's words with its title and headings."""
        return indexed_text(passage, self.release.documents_by_id[passage.doc_id].title)

    def _of(self, doc_id: str) -> frozenset[str]:
        if doc_id not in self._by_document:
            document = self.release.documents_by_id[doc_id]
            texts = [file_words(document.file or ""), document.title]
            numbers = range(1, document.page_count + 1)
            texts += [self.release.pages[doc_id, number].text for number in numbers]
            self._by_document[doc_id] = frozenset(word for text in texts for word in words(text))
        return self._by_document[doc_id]


def file_words(file: str) -> str:
    """The words of a file's name in lower case: of "GrantNOFO_2017.pdf", grant nofo 2017."""
    return " ".join(re.findall(r"[A-Z]*[a-z]+|[A-Z]+|\d+", file.rpartition(".")[0])).lower()
