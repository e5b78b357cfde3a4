"""Whether the judgements of a question set fit the publications that are loaded."""

import difflib
from collections.abc import Sequence

from eval.measures import folded
from eval.questions import Fault, Gold, JudgedQuestion
from index.releases import Release
from ingest.document import Document


def check_against(questions: Sequence[JudgedQuestion], release: Release) -> list[Fault]:
    """Everything in a question set that the loaded publications contradict.

    Args:
        questions: without faults of form.
        release: with the publications that they were judged against.

    Returns:
        A fault for each file that is not loaded, each page that the file does not have, and each
        quote that does not stand on a page given for it.
    """
    checker = _Checker(release)
    return [
        Fault(where=question.question_id, what=what, remedy=remedy)
        for question in questions
        for gold in question.gold
        for what, remedy in checker.faults(gold)
    ]


class _Checker:
    def __init__(self, release: Release) -> None:
        self._documents: dict[str, Document] = {d.file: d for d in release.documents if d.file}
        self._texts = {key: folded(page.text) for key, page in release.pages.items()}
        self._searched = set(release.passages_by_document)

    def faults(self, gold: Gold) -> list[tuple[str, str]]:
        document = self._documents.get(gold.file)
        if document is None:
            near = difflib.get_close_matches(gold.file, self._documents, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}? " if near else ""
            return [(f"the file {gold.file} is not loaded", f"{hint}correct the name or load it")]
        if document.doc_id not in self._searched:
            what = f"{gold.file} is loaded, but gave no passage"
            return [(what, "see its line in the report: python -m ingest report")]
        beyond = [page for page in gold.pages if page > document.page_count]
        if beyond:
            what = f"{gold.file} has {document.page_count} pages, not {_listed(beyond)}"
            return [(what, "give pages of the file, counted from 1, not printed page numbers")]
        return self._quote_faults(gold, document)

    def _quote_faults(self, gold: Gold, document: Document) -> list[tuple[str, str]]:
        quote = folded(gold.quote)
        texts = [self._texts.get((document.doc_id, page), "") for page in gold.pages]
        if quote in "".join(texts) or all(
            any(folded(piece) in text for text in texts) for piece in _pieces(gold.quote)
        ):
            return []
        pages = range(1, document.page_count + 1)
        found = [n for n in pages if quote in self._texts.get((document.doc_id, n), "")]
        what = f"the quote does not stand on page {_listed(gold.pages)} of {gold.file}"
        if found:
            return [(what, f"it stands on page {_listed(found)}: correct the page")]
        return [(what, "copy it from the page, word for word")]


def _pieces(quote: str) -> list[str]:
    """The parts of a quote in which words were left out, or that stand on lines of their own."""
    parts = quote.replace("…", "\n").replace("...", "\n").splitlines()
    return [part for part in parts if part.strip()]


def _listed(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages))
