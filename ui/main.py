"""The pages of the assistant, drawn anew at every click. Decides nothing."""

import os
from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit as st

from access.errors import NotAllowed
from access.roles import Person, Role
from access.settings import AccessSettings
from answer.assistant import open_assistant, query_embedder
from answer.pipeline import Assistant
from index.errors import SearchIndexError
from index.query_embedder import QueryEmbedder
from index.releases import current_number
from ingest.errors import IngestError
from ingest.settings import DEFAULT_PATH, read_settings
from ui import ask, door, live, publications, source
from ui.evaluation import page as evaluation
from ui.manage import page as manage
from ui.settings import UiSettings
from ui.site import ASK_PATH, NAME, Site
from ui.style import apply_style, icon
from usage.record import Record
from usage.record_settings import RecordSettings
from usage.settings import UsageSettings
from usage.store import UsageStore

_INDEX = Path("var/index")
_CORPUS = Path("corpus")


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title=NAME, page_icon=icon())
    apply_style()
    root = Path(os.environ.get("SHARED_SAFETY_INDEX") or _INDEX)
    config = Path(os.environ.get("SHARED_SAFETY_CONFIG") or DEFAULT_PATH)
    try:
        access = read_settings(config, "access", AccessSettings)
        settings = read_settings(config, "ui", UiSettings)
        usage_settings = read_settings(config, "usage", UsageSettings)
        record = Record(read_settings(config, "record", RecordSettings))
        assistant = _assistant(root, config, current_number(root))
    except (IngestError, SearchIndexError) as error:
        _show_fault(error)
        return
    pages = Pages(
        lambda ask_page, source_page: Site(
            assistant=assistant,
            settings=settings,
            access=access,
            usage=UsageStore(Path(usage_settings.file), keep_days=usage_settings.keep_days),
            usage_settings=usage_settings,
            record=record,
            corpus=Path(os.environ.get("SHARED_SAFETY_CORPUS") or _CORPUS),
            index=root,
            config=config,
            ask_page=ask_page,
            source_page=source_page,
        )
    )
    live.show_region(_show_page(pages, door.enter(access), access, settings))


@st.cache_resource(max_entries=1, show_spinner="Opening the publications …")
def _assistant(root: Path, config: Path, release: int | None) -> Assistant:
    """The assistant; opened again when another release is published."""
    if release is None:  # told at once; the model takes seconds to load
        return open_assistant(root, config)
    return open_assistant(root, config, number=release, embedder=_embedder(config))


@st.cache_resource(max_entries=1, show_spinner="Loading the model …")
def _embedder(config: Path) -> QueryEmbedder:
    """The model, kept when another release is opened."""
    return query_embedder(config)


class Pages:
    """The pages, each with the site that they link through."""

    def __init__(self, make_site: Callable[[st.Page, st.Page], Site]) -> None:
        """Make the two pages that others link to."""
        self._make_site = make_site
        self.ask = st.Page(self._of(ask.show), title="Ask", url_path=ASK_PATH, default=True)
        self.source = st.Page(
            self._of(source.show), title="Cited page", url_path="source", visibility="hidden"
        )

    def page(self, show: Callable[[Site], None], title: str) -> st.Page:
        """A page that is in the menu."""
        return st.Page(self._of(show), title=title, url_path=title.lower())

    def _of(self, show: Callable[[Site], None]) -> Callable[[], None]:
        return lambda: show(self._make_site(self.ask, self.source))


def _show_page(pages: Pages, person: Person, access: AccessSettings, settings: UiSettings) -> str:
    """Draw the page that the address names; gives its title."""
    login = st.Page(lambda: door.show_login(access), title="Staff", url_path="staff")
    shown = [pages.ask, pages.page(publications.show, "Publications"), pages.source]
    if person.role is Role.NOBODY:
        shown = [login]
    elif person.role is Role.STAFF:
        shown.append(pages.page(manage.show, "Manage"))
        if settings.evaluation_page:
            shown.insert(2, pages.page(evaluation.show, "Evaluation"))
    elif access.staff != "off":
        shown.append(login)
    # A flat list: the lists of a sectioned sidebar are not valid HTML (streamlit 1.67).
    page = st.navigation(shown, position="top")
    st.set_page_config(page_title=f"{page.title} – {NAME}")
    try:
        page.run()
    except NotAllowed as error:
        st.error(str(error))
    if person.name or (person.role is Role.STAFF and access.staff != "open"):
        door.show_leave()
    return page.title


def _show_fault(error: Exception) -> None:
    st.title(NAME, anchor=False)
    st.html(
        '<div class="ssa-refusal"><p><strong>The assistant cannot be used at the moment.</strong>'
        f"</p><p>{escape(str(error))}</p></div>"
    )


if __name__ == "__main__":
    main()
