"""A file that nobody has described: what its first pages say, and a file that cannot be read."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.settings import IngestSettings
from staff.first_look import FirstLook, first_look
from tests.make_pdf import document, lines_of_text, raw_pdf

_COVER = (
    lines_of_text("What Survivors Say", size=30)
    + "\n"
    + lines_of_text(
        "Second Edition, March 2021", "Survivors are asked before a plan is made.", top=500
    )
)


@pytest.mark.parametrize(
    ("pdf_bytes", "title", "edition"),
    [
        (raw_pdf(_COVER), "What Survivors Say", "Second Edition, March 2021"),
        (b"%PDF-1.7 and nothing else", "", ""),
    ],
)
def test_a_first_look(tmp_path: Path, pdf_bytes: bytes, title: str, edition: str) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(pdf_bytes)
    known = replace(document("scan.pdf", title=""), described=False)
    look = first_look(file, known, settings=IngestSettings())
    assert (look.title, look.proposal.edition) == (title, edition)
    assert (look == FirstLook()) is not bool(title)
