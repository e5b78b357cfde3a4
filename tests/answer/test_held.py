import pytest

from answer.held import HeldWords
from answer.named import Names
from index.build import build_index
from index.builder import Plan
from index.embed import SentenceTransformerEmbedder
from index.releases import Release, open_release
from index.settings import IndexSettings
from ingest.settings import IngestSettings
from tests.make_pdf import typst_pdf

# Three items a page. The list is longer than the model's window, so that it is cut, and each part
# begins with the lead-in on page 1.
_ITEMS = "".join(
    f"- {house} House, with {beds} beds and one large room for families of six;\n"
    for beds, house in enumerate(["Juniper", *["Sparrow"] * 8, "Tamarack", *["Sparrow"] * 10], 1)
)
_PDF = typst_pdf(
    "#set page(height: 70pt, margin: 15pt)\n"
    f"These houses are open to all families of the county in winter:\n{_ITEMS}"
)


@pytest.fixture(scope="module")
def release(
    tmp_path_factory: pytest.TempPathFactory, embedder: SentenceTransformerEmbedder
) -> Release:
    folder = tmp_path_factory.mktemp("held")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "houses.pdf").write_bytes(_PDF)
    build_index(
        Plan(
            corpus=corpus,
            root=folder / "index",
            embedder=embedder,
            ingest_settings=IngestSettings(max_passage_tokens=60, processes=1),
            index_settings=IndexSettings(),
            on_progress=lambda _: None,
        )
    )
    return open_release(folder / "index", model_sha256=embedder.sha256)


def test_a_page_between_a_lead_in_and_the_item_under_it_is_no_page_of_the_passage(
    release: Release,
) -> None:
    assert "Tamarack" in release.pages["houses", 4].text
    [first, *_, last] = release.passages
    assert (first.pages, last.pages) == ((1,), (1, 7))
    held = HeldWords(release=release)
    asked = Names(names=("juniper", "tamarack"))
    assert held.lacking(asked, first) == ["tamarack"]
    assert held.lacking(asked, last) == ["tamarack"]
