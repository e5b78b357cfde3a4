"""Documents, pages and passages <-> JSON Lines. What is read back equals what was written."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest.document import (
    Box,
    Cell,
    Document,
    GlyphRun,
    Line,
    Ocr,
    Page,
    PageQuality,
    PageSpan,
    PageVerdict,
    Passage,
    Role,
    Sentence,
    SentenceKind,
    Status,
)


def write_lines(file: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write one JSON object a line."""
    with file.open("w", encoding="utf-8") as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def read_lines(file: Path) -> Iterator[dict[str, Any]]:
    """Read what `write_lines` wrote."""
    with file.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def document_record(document: Document) -> dict[str, Any]:
    """A document as JSON data."""
    record = asdict(document)
    record["issued"] = document.issued.isoformat() if document.issued else None
    record["status"] = document.status.value
    return record


def document_from(record: dict[str, Any]) -> Document:
    """The document of a record."""
    issued = record["issued"]
    return Document(
        **{
            **record,
            "issued": dt.date.fromisoformat(issued) if issued else None,
            "status": Status(record["status"]),
        }
    )


def page_record(page: Page) -> dict[str, Any]:
    """A page as JSON data; lines and runs as rows of numbers, because there are many."""
    return {
        "doc_id": page.doc_id,
        "number": page.number,
        "label": page.label,
        "width": page.width,
        "height": page.height,
        "text": page.text,
        "lines": [
            [
                line.start_char,
                line.end_char,
                *(round(v, 2) for v in (line.box.x0, line.box.top, line.box.x1, line.box.bottom)),
                line.size,
                int(line.bold),
                line.role.value,
                line.level,
                line.tag,
                line.block,
                line.row,
                line.column,
            ]
            for line in page.lines
        ],
        "runs": [[run.text_start, run.glyph_start, run.length] for run in page.runs],
        "label_inferred": page.label_inferred,
        "quality": [page.quality.verdict.value, *page.quality.reasons],
        "ocr": _ocr_record(page.ocr),
    }


def page_from(record: dict[str, Any]) -> Page:
    """The page of a record."""
    return Page(
        doc_id=record["doc_id"],
        number=record["number"],
        label=record["label"],
        width=record["width"],
        height=record["height"],
        text=record["text"],
        lines=tuple(_line(row) for row in record["lines"]),
        runs=tuple(
            GlyphRun(text_start=start, glyph_start=glyph, length=length)
            for start, glyph, length in record["runs"]
        ),
        label_inferred=record["label_inferred"],
        quality=_quality(*record["quality"]),
        ocr=_ocr(record["ocr"]),
    )


def _quality(verdict: str, *reasons: str) -> PageQuality:
    return PageQuality(verdict=PageVerdict(verdict), reasons=reasons)


def _ocr_record(ocr: Ocr | None) -> dict[str, Any] | None:
    if ocr is None:
        return None
    boxes = [[round(v, 2) for v in (box.x0, box.top, box.x1, box.bottom)] for box in ocr.boxes]
    return {"engine": ocr.engine, "confidence": ocr.confidence, "boxes": boxes}


def _ocr(record: dict[str, Any] | None) -> Ocr | None:
    if record is None:
        return None
    boxes = tuple(
        Box(x0=x0, top=top, x1=x1, bottom=bottom) for x0, top, x1, bottom in record["boxes"]
    )
    return Ocr(engine=record["engine"], confidence=record["confidence"], boxes=boxes)


def _line(row: list[Any]) -> Line:
    start, end, x0, top, x1, bottom, size, bold, role, level, *structure = row
    tag, block, table_row, column = structure
    return Line(
        start_char=start,
        end_char=end,
        box=Box(x0=x0, top=top, x1=x1, bottom=bottom),
        size=size,
        bold=bool(bold),
        role=Role(role),
        level=level,
        tag=tag,
        block=block,
        row=table_row,
        column=column,
    )


def passage_record(passage: Passage) -> dict[str, Any]:
    """A passage as JSON data."""
    return {
        "passage_id": passage.passage_id,
        "doc_id": passage.doc_id,
        "heading_path": list(passage.heading_path),
        "text": passage.text,
        "spans": [[s.page_number, s.start_char, s.end_char] for s in passage.spans],
        "sentences": [
            [
                s.start_char,
                s.end_char,
                s.kind.value,
                s.block,
                int(s.opens),
                [[cell.column, cell.start_char, cell.end_char] for cell in s.cells],
            ]
            for s in passage.sentences
        ],
    }


def passage_from(record: dict[str, Any]) -> Passage:
    """The passage of a record."""
    return Passage(
        passage_id=record["passage_id"],
        doc_id=record["doc_id"],
        heading_path=tuple(record["heading_path"]),
        text=record["text"],
        spans=tuple(
            PageSpan(page_number=page, start_char=start, end_char=end)
            for page, start, end in record["spans"]
        ),
        sentences=tuple(
            Sentence(
                start_char=start,
                end_char=end,
                kind=SentenceKind(kind),
                block=block,
                opens=bool(opens),
                cells=tuple(
                    Cell(column=column, start_char=first, end_char=last)
                    for column, first, last in cells
                ),
            )
            for start, end, kind, block, opens, cells in record["sentences"]
        ),
    )
