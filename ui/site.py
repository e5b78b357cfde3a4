"""What every page is given: the assistant, the settings, and the page that shows a source."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from access.settings import AccessSettings
from answer.pipeline import Assistant
from ui.settings import UiSettings
from usage.record import Record
from usage.settings import UsageSettings
from usage.store import UsageStore

NAME = "Shared Safety Assistant"
ASK_PATH = "ask"  # of the page of the conversation, in its address


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """The assistant that is open now, and the pages that others link to."""

    assistant: Assistant
    settings: UiSettings
    access: AccessSettings
    usage: UsageStore
    usage_settings: UsageSettings
    record: Record
    corpus: Path
    index: Path
    config: Path
    ask_page: st.Page
    source_page: st.Page
