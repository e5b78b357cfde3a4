"""The staff's page without a browser."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from eval.words import time_in_words
from index.build import build_candidate, build_index
from index.builder import Plan
from index.embed import SentenceTransformerEmbedder
from index.history import read_history
from index.releases import current_number
from index.settings import IndexSettings
from ingest.publications import read_list
from ingest.settings import IngestSettings
from tests.conftest import ROOT, settings_in
from tests.make_pdf import encrypted_pdf, lines_of_text, raw_pdf
from tests.ui.test_app import html_of, open_page, text_of
from ui.manage.remedies import in_page_terms

_RUN_S = 60
_WORD = "open sesame"


class _Office:
    """A collection of its own, with as many releases as a test makes."""

    def __init__(self, folder: Path, embedder: SentenceTransformerEmbedder) -> None:
        self.corpus, self.index = folder / "corpus", folder / "index"
        self.corpus.mkdir()
        self.state = folder / "var" / "staff"
        self._embedder = embedder

    def write(self, name: str, *lines: str, password: str = "") -> None:
        pdf = raw_pdf(lines_of_text(*lines, top=500))
        (self.corpus / name).write_bytes(encrypted_pdf(pdf, password) if password else pdf)

    def build(self, *, publish: bool = True) -> int:
        make = build_index if publish else build_candidate
        return make(
            Plan(
                corpus=self.corpus,
                root=self.index,
                embedder=self._embedder,
                ingest_settings=IngestSettings(),
                index_settings=IndexSettings(),
                on_progress=lambda _: None,
            )
        ).release

    def offer(self, release: int) -> None:
        """What the process leaves behind that has made a release in the background."""
        self.state.mkdir(parents=True, exist_ok=True)
        work = {"phase": "ready", "pid": 1, "release": release}
        (self.state / "work.json").write_text(json.dumps(work), "utf-8")


@pytest.fixture
def office(
    tmp_path: Path, embedder: SentenceTransformerEmbedder, monkeypatch: pytest.MonkeyPatch
) -> _Office:
    office = _Office(tmp_path, embedder)
    office.write("guide.pdf", "Trust comes first in every plan.")
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SHARED_SAFETY_INDEX", str(office.index))
    monkeypatch.setenv("SHARED_SAFETY_CORPUS", str(office.corpus))
    monkeypatch.setenv("SHARED_SAFETY_CONFIG", str(settings_in(tmp_path)))
    return office


def open_section(name: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=_RUN_S)
    open_page(app.run(), "manage").run()
    app.radio(key="manage_section").set_value(name).run()
    assert not app.exception
    return app


def button(app: AppTest, label: str) -> Button:
    return next(found for found in app.button if found.label == label)


def press(app: AppTest, label: str) -> None:
    button(app, label).click().run()
    assert not app.exception


def shown(app: AppTest) -> str:
    return " ".join(text_of(app).split())


def test_of_each_uploaded_file_it_is_told_what_became_of_it(office: _Office) -> None:
    office.build()
    app = open_section("Add files")
    good = raw_pdf(lines_of_text("Ask survivors.", top=500))
    app.file_uploader[0].set_value(
        [
            ("More.pdf", good, "application/pdf"),
            ("Letter.pdf", b"Dear all", "application/pdf"),
            ("Guide.pdf", (office.corpus / "guide.pdf").read_bytes(), "application/pdf"),
        ]
    ).run()
    press(app, "Add to the collection")
    told = shown(app)
    assert "Taken in: More.pdf, as more.pdf." in told
    assert "Not taken in: Letter.pdf: is not a PDF" in told
    assert "Not taken in: Guide.pdf: is the same file as guide.pdf" in told
    assert (office.corpus / "more.pdf").read_bytes() == good
    assert not [found for found in app.button if found.label == "Add to the collection"]
    app.run()
    assert "Taken in" not in shown(app), "told once"


def test_a_release_says_first_what_is_not_in_it_and_what_to_do(office: _Office) -> None:
    office.build()
    office.write("locked.pdf", "Nobody sees this.", password=_WORD)
    office.offer(office.build(publish=False))
    app = open_section("New release")
    told = shown(app)
    first = told.index("1 of 2 files is not in this release")
    assert told.index("Release 2 is ready") < first < told.index("Result for each file")
    assert "locked.pdf (unreadable) needs a password;" in told
    assert "set the one in whose place it comes to “withdrawn” under “Publications”" in told
    assert "save a copy that opens without one and take that in under “Add files”" in told
    assert "describe it under “Publications”" in told
    assert "password =" not in told
    assert "add an entry" not in told


def test_a_note_on_a_replaced_file_is_put_in_terms_of_the_page() -> None:
    note = (
        "a.pdf: is not the file that publications.toml describes (SHA-256 0af1); if it was "
        "replaced on purpose, bring its sha256, edition and date up to date"
    )
    assert in_page_terms(note) == (
        "a.pdf: is not the file that was described; if it was replaced on purpose, bring its "
        "edition and date up to date under “Publications” and save"
    )
    other = "a.pdf: is damaged; print it to a new PDF"
    assert in_page_terms(other) == other


def test_a_release_that_is_held_back_asks_for_a_reason_and_says_when_it_is_live(
    office: _Office,
) -> None:
    office.build()
    office.offer(office.build(publish=False))  # and nobody has compared it
    app = open_section("New release")
    press(app, "Publish anyway")
    assert "Not published: write a reason first." in shown(app)
    assert current_number(office.index) == 1
    app.text_input(key="reason_2").set_value("the set is being written").run()
    press(app, "Publish anyway")
    assert "Release 2 is published" in shown(app)
    assert current_number(office.index) == 2


def test_going_back_is_asked_first_and_told_afterwards(office: _Office) -> None:
    office.build()
    office.write("more.pdf", "Ask survivors.")
    office.write("guide.pdf", "Trust comes last.")
    office.build()
    app = open_section("History")
    press(app, "Publish it again")
    assert current_number(office.index) == 2
    told = shown(app)
    assert "at once answered from release 1 in place of release 2" in told
    assert "guide.pdf: changed; 1 page differs" in told
    assert "more.pdf: removed" in told
    press(app, "No, leave it as it is")
    assert "in place of release 2" not in shown(app)
    assert current_number(office.index) == 2
    press(app, "Publish it again")
    press(app, "Yes, go back to release 1")
    assert "Release 1 is live again" in shown(app)
    assert current_number(office.index) == 1
    when = read_history(office.index)[-1].when
    assert when not in html_of(app)
    assert f"{time_in_words(when)}: rolled back to release 1" in shown(app)


def test_a_time_is_readable() -> None:
    assert time_in_words("2026-12-01T06:05:03+00:00") == "1 December 2026, 06:05 UTC"
    assert time_in_words("2026-12-01T06:05:03+02:00") == "1 December 2026, 04:05 UTC"
    assert time_in_words("not known") == "not known"


def test_the_publication_that_is_described_stays_the_chosen_one(office: _Office) -> None:
    office.write("more.pdf", "Ask survivors.")
    office.build()
    app = open_section("Publications")
    box = app.selectbox(key="manage_described")
    box.set_value("more").run()
    app.text_input(key="title_more").set_value("What survivors say")
    press(app, "Save the description")
    assert app.selectbox(key="manage_described").value == "more"
    assert "Saved: “What survivors say”." in shown(app)
    assert [document.title for document in read_list(office.corpus / "publications.toml")[0]] == [
        "What survivors say"
    ]
    # What nobody has described yet comes first; what replaces it is named by its title.
    app = open_section("Publications")
    assert app.selectbox(key="manage_described").value == "guide"
    assert app.selectbox(key="supersedes_guide").options == ["none", "What survivors say (more)"]


@pytest.mark.parametrize(
    ("title", "address", "told"),
    [
        ("Guide", "javascript:alert(1)", "The public address must begin with https://"),
        ("Guide", "ftp://example.org/guide.pdf", "The public address must begin with https://"),
        (" ", "https://example.org/guide.pdf", "The title is empty"),
    ],
)
def test_what_cannot_be_saved_is_told_in_terms_of_the_form(
    office: _Office, title: str, address: str, told: str
) -> None:
    office.build()
    app = open_section("Publications")
    app.text_input(key="title_guide").set_value(title)
    app.text_input(key="url_guide").set_value(address)
    press(app, "Save the description")
    assert told in shown(app)
    assert not (office.corpus / "publications.toml").exists()
    app.text_input(key="title_guide").set_value("Guide")
    app.text_input(key="url_guide").set_value("https://example.org/guide.pdf")
    press(app, "Save the description")
    assert "Saved: “Guide”." in shown(app)
