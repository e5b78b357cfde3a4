import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.records import (
    document_from,
    document_record,
    page_from,
    page_record,
    passage_from,
    passage_record,
    read_lines,
    write_lines,
)
from ingest.document import Box, Document, Page, PageSpan, Passage, Sentence, SentenceKind, Status
from tests.conftest import ROOT
from tests.make_pdf import document, pages_of, passages_of

_SENTENCES = st.builds(
    Sentence,
    start_char=st.integers(0, 99),
    end_char=st.integers(0, 99),
    kind=st.sampled_from(SentenceKind),
    block=st.integers(0, 99),
    opens=st.booleans(),
)
_SPANS = st.builds(
    PageSpan,
    page_number=st.integers(1, 9),
    start_char=st.integers(0, 9),
    end_char=st.integers(0, 99),
)
_PASSAGES = st.builds(
    Passage,
    passage_id=st.text(max_size=9),
    doc_id=st.text(max_size=9),
    heading_path=st.lists(st.text(max_size=9), max_size=3).map(tuple),
    text=st.text(max_size=40),
    spans=st.lists(_SPANS, max_size=3).map(tuple),
    sentences=st.lists(_SENTENCES, max_size=3).map(tuple),
)
_DOCUMENTS = st.builds(
    replace,
    st.just(document()),
    title=st.text(max_size=20),
    issued=st.none() | st.dates(),
    status=st.sampled_from(Status),
    supersedes=st.none() | st.text(max_size=5),
    described=st.booleans(),
)


@given(_PASSAGES)
def test_a_passage_read_back_equals_what_was_written(passage: Passage) -> None:
    assert passage_from(json.loads(json.dumps(passage_record(passage)))) == passage


@given(_DOCUMENTS)
def test_a_document_read_back_equals_what_was_written(written: Document) -> None:
    assert document_from(json.loads(json.dumps(document_record(written)))) == written


def test_the_pages_and_passages_of_a_volume_come_back_from_a_file(tmp_path: Path) -> None:
    pages = pages_of((ROOT / "corpus" / "01-overview.pdf").read_bytes())
    passages = passages_of(pages)
    write_lines(tmp_path / "pages.jsonl", map(page_record, pages))
    write_lines(tmp_path / "passages.jsonl", map(passage_record, passages))
    read = list(map(page_from, read_lines(tmp_path / "pages.jsonl")))
    assert read == [_to_hundredths(page) for page in pages]
    assert list(map(passage_from, read_lines(tmp_path / "passages.jsonl"))) == passages


def test_line_separators_inside_a_text_do_not_part_a_record(tmp_path: Path) -> None:
    records = [{"text": "one\u2028two\x85three\n\r"}, {"text": ""}]
    write_lines(tmp_path / "x.jsonl", records)
    assert list(read_lines(tmp_path / "x.jsonl")) == records


def test_a_document_without_a_date_has_none() -> None:
    dated = replace(document(), issued=dt.date(2026, 11, 22))
    assert document_record(dated)["issued"] == "2026-11-22"
    assert document_record(document())["issued"] is None


def _to_hundredths(page: Page) -> Page:
    """Boxes are kept to a hundredth of a point."""
    lines = []
    for line in page.lines:
        b = line.box
        box = Box(
            x0=round(b.x0, 2), top=round(b.top, 2), x1=round(b.x1, 2), bottom=round(b.bottom, 2)
        )
        lines.append(replace(line, box=box))
    return replace(page, lines=tuple(lines))
