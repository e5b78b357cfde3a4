"""What every page is given: the assistant, the settings, and the page that shows a source."""

from dataclasses import dataclass

import streamlit as st

from answer.pipeline import Assistant
from ui.settings import UiSettings

NAME = "Shared Safety Assistant"


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """The assistant that is open now, and the pages that others link to."""

    assistant: Assistant
    settings: UiSettings
    ask_page: st.Page
    source_page: st.Page
