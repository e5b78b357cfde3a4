"""A run as files."""

from pathlib import Path

import streamlit as st

from eval.printable import run_html
from eval.run_tables import run_csv, run_workbook
from eval.runs import Run
from eval.summary import Summary
from ui.evaluation import files


def show(run: Run, summary: Summary, file: Path) -> None:
    """A button for each form; a file is made only when its button is pressed."""
    st.html("<h2>Download</h2>")
    forms = (
        ("Spreadsheet (XLSX)", ".xlsx", lambda: run_workbook(run, summary)),
        ("Table (CSV)", ".csv", lambda: run_csv(run)),
        ("Whole run (JSON)", ".json", file.read_bytes),
        ("Report to print (HTML)", ".html", lambda: run_html(run, summary)),
    )
    with st.container(horizontal=True):
        for label, suffix, data in forms:
            st.download_button(
                label,
                data=data,
                file_name=f"{file.stem}{suffix}",
                mime=files.MIME[suffix],
                on_click="ignore",
                key=f"run_download_{suffix}",
            )
