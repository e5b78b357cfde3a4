"""A run as files."""

import json
from dataclasses import asdict

import streamlit as st

from eval.outcome import outcome_record
from eval.printable import run_html
from eval.run_tables import run_csv, run_workbook
from eval.runs import Run
from eval.summary import Summary

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(run: Run, summary: Summary, name: str) -> None:
    """A button for each form."""
    st.html("<h2>Download</h2>")
    stem = name.split(" ", maxsplit=1)[0]
    forms = (
        ("Spreadsheet (XLSX)", f"{stem}.xlsx", _XLSX, lambda: run_workbook(run, summary)),
        ("Table (CSV)", f"{stem}.csv", "text/csv", lambda: run_csv(run)),
        ("Whole run (JSON)", f"{stem}.json", "application/json", lambda: _json(run)),
        ("Report to print (HTML)", f"{stem}.html", "text/html", lambda: run_html(run, summary)),
    )
    with st.container(horizontal=True):
        for label, file, mime, data in forms:
            st.download_button(
                label, data=data, file_name=file, mime=mime, on_click="ignore", key=f"run_{file}"
            )


def _json(run: Run) -> str:
    record = {
        "header": asdict(run.header),
        "outcomes": [outcome_record(outcome) for outcome in run.outcomes],
    }
    return json.dumps(record, ensure_ascii=False)
