"""Who issued what is quoted: a digest of a publication is by somebody else than the publication."""

from collections import Counter
from collections.abc import Sequence

from index.releases import Release
from ingest.document import Document

_SHOWN = 3


def loaded_documents(release: Release) -> list[Document]:
    """The publications that are searched and quoted, in the order of their list."""
    searched = {passage.doc_id for passage in release.passages}
    return [document for document in release.documents if document.doc_id in searched]


def publishers_line(documents: Sequence[Document]) -> str:
    """The publishers of some publications, those of most of them first; "" where none is recorded.

    Only the first three are named, then how many others there are.
    """
    counted = Counter(document.publisher for document in documents if document.publisher)
    names = [name for name, _ in counted.most_common()]
    others = len(names) - _SHOWN
    if others > 0:
        names = [*names[:_SHOWN], "one other" if others == 1 else f"{others} others"]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
