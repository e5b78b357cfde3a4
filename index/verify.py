"""A release is what it says: every vector has its passage and page, and finds it again.

Opening a release has checked its format, its model, the checksum of every file and the number of
vectors (`index.releases.open_release`). What is left is whether the vectors are those of these
passages, in this order: a passage's own words, embedded anew, must find it.
"""

from collections.abc import Sequence

from index.embed import Embedder
from index.releases import Release, embedded_text
from index.retriever import HybridRetriever
from index.settings import IndexSettings

_SAMPLES = 24  # passages of the self-test, evenly spread
_SAME = 0.99  # cosine of a stored vector and the same text embedded anew, in another batch
_FOUND_WITHIN = 10  # ranks


def faults_of(release: Release, embedder: Embedder, settings: IndexSettings) -> list[str]:
    """What is wrong with a release that could be opened, in words; nothing: it can be published.

    Args:
        release: with its files checked.
        embedder: the model it was built with.
        settings: how passages are ranked.
    """
    return [
        *_orphans(release),
        *_not_found_again(release, embedder, HybridRetriever(release, embedder, settings)),
    ]


def _orphans(release: Release) -> list[str]:
    faults = []
    pdfs = {path.stem for path in (release.folder / "pdfs").glob("*.pdf")}
    for passage in release.passages:
        name = passage.passage_id
        document = release.documents_by_id.get(passage.doc_id)
        if document is None:
            faults.append(f"passage {name}: its publication {passage.doc_id} is not in the release")
        elif any((passage.doc_id, number) not in release.pages for number in passage.pages):
            faults.append(f"passage {name}: a page that it stands on is not in the release")
        elif passage.doc_id not in pdfs:
            faults.append(f"passage {name}: the PDF of {passage.doc_id} is not in the release")
    return faults


def _not_found_again(release: Release, embedder: Embedder, retriever: HybridRetriever) -> list[str]:
    faults = []
    for row in _spread(len(release.passages)):
        passage = release.passages[row]
        text = embedded_text(passage)
        [vectors] = embedder.embed_with_parts([text], [()])
        if release.passage_vectors.cosines(vectors.whole)[row] < _SAME:
            faults.append(
                f"passage {passage.passage_id}: its text has another vector than the one stored"
            )
        found = retriever.retrieve(passage.text, k=_FOUND_WITHIN)
        if all(passage.text != each.passage.text for each in found):
            faults.append(
                f"passage {passage.passage_id}: its own words do not find it among the first "
                f"{_FOUND_WITHIN}"
            )
    return faults


def _spread(count: int) -> Sequence[int]:
    step = max(1, count // _SAMPLES)
    return range(0, count, step)
