"""The pages of the assistant: `streamlit run app.py`. Decides nothing."""

import os
from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit as st

from answer.assistant import open_assistant
from answer.pipeline import Assistant
from index.errors import SearchIndexError
from index.releases import current_number
from ingest.errors import IngestError
from ingest.settings import DEFAULT_PATH, read_settings
from ui import ask, live, publications, source
from ui.evaluation import page as evaluation
from ui.settings import UiSettings
from ui.site import NAME, Site
from ui.style import apply_style, icon
from usage.settings import UsageSettings
from usage.store import UsageStore

_INDEX = Path("var/index")


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title=NAME, page_icon=icon())
    apply_style()
    root = Path(os.environ.get("SHARED_SAFETY_INDEX") or _INDEX)
    config = Path(os.environ.get("SHARED_SAFETY_CONFIG") or DEFAULT_PATH)
    try:
        settings = read_settings(config, "ui", UiSettings)
        usage_settings = read_settings(config, "usage", UsageSettings)
        assistant = _assistant(root, config, current_number(root))
    except (IngestError, SearchIndexError) as error:
        _show_fault(error)
        return
    _show_pages(
        lambda ask_page, source_page: Site(
            assistant=assistant,
            settings=settings,
            usage=UsageStore(Path(usage_settings.file), keep_days=usage_settings.keep_days),
            usage_settings=usage_settings,
            index=root,
            config=config,
            ask_page=ask_page,
            source_page=source_page,
        ),
        evaluation_page=settings.evaluation_page,
    )
    live.show_region()


@st.cache_resource(max_entries=1, show_spinner="Opening the publications …")
def _assistant(root: Path, config: Path, release: int | None) -> Assistant:
    """The assistant; opened again when another release is published."""
    del release  # only tells the cache that there is a new one
    return open_assistant(root, config)


def _show_pages(make_site: Callable[[st.Page, st.Page], Site], *, evaluation_page: bool) -> None:
    def page_of(show: Callable[[Site], None]) -> Callable[[], None]:
        return lambda: show(make_site(ask_page, source_page))

    ask_page = st.Page(page_of(ask.show), title="Ask", url_path="ask", default=True)
    source_page = st.Page(
        page_of(source.show), title="Cited page", url_path="source", visibility="hidden"
    )
    pages = [
        ask_page,
        st.Page(page_of(publications.show), title="Publications", url_path="publications"),
        source_page,
    ]
    if evaluation_page:
        page = st.Page(page_of(evaluation.show), title="Evaluation", url_path="evaluation")
        pages.insert(2, page)
    # A flat list: the lists of a sectioned sidebar are not valid HTML (streamlit 1.67).
    page = st.navigation(pages, position="top")
    st.set_page_config(page_title=f"{page.title} – {NAME}")
    page.run()


def _show_fault(error: Exception) -> None:
    st.title(NAME, anchor=False)
    st.html(
        '<div class="ssa-refusal"><p><strong>The assistant cannot be used at the moment.</strong>'
        f"</p><p>{escape(str(error))}</p></div>"
    )


if __name__ == "__main__":
    main()
