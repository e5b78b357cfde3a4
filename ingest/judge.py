"""The pages of one file -> which of them are read, which go through OCR, and the verdict on each.

glyphs -> assess ─┬─ can be trusted ───────────────┬-> extract … -> conclude
                  └─ needs OCR -> an OCR engine ───┘
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.document import PASSAGE_VERDICTS, Page, PageQuality, PageVerdict
from ingest.instructions import instructions_in
from ingest.ocr.pages import OcrPlan, Recogniser, ocr_scale
from ingest.pdfium.glyphs import GlyphPage
from ingest.pdfium.image import page_image
from ingest.quality import assess, with_order
from ingest.second_opinion import SecondReader


def judge_pages(
    glyph_pages: Sequence[GlyphPage], pdf_bytes: bytes, *, file: str, ocr: OcrPlan
) -> tuple[list[GlyphPage], list[PageQuality]]:
    """Judge each page, and put those without usable text through OCR.

    Args:
        glyph_pages: as pdfium reads them.
        pdf_bytes: the file, which must open without a password.
        file: its name, for messages.
        ocr: how pages without text are read.

    Returns:
        The pages, some with an engine's glyphs in place of their own, and the verdict on each.
    """
    second = SecondReader(pdf_bytes)
    sizes = {page.number: (page.width, page.height) for page in glyph_pages}
    recogniser = Recogniser(
        ocr,
        lambda number, scale: page_image(
            pdf_bytes, number, file=file, scale=ocr_scale(*sizes[number], scale)
        ),
    )
    judged = [recogniser.recognise(page, _assess(page, second.page_text)) for page in glyph_pages]
    return [page for page, _ in judged], [quality for _, quality in judged]


def _assess(page: GlyphPage, second_opinion: Callable[[int], str | None]) -> PageQuality:
    if page.fault:
        return PageQuality(verdict=PageVerdict.EMPTY, reasons=(page.fault,))
    return assess(page, second_opinion)


def conclude(pages: Sequence[Page], qualities: Sequence[PageQuality]) -> list[Page]:
    """The pages with their verdicts, after what their lines and words say is added."""
    return [
        replace(page, quality=_with_instructions(page, with_order(page, quality)))
        for page, quality in zip(pages, qualities, strict=True)
    ]


def _with_instructions(page: Page, quality: PageQuality) -> PageQuality:
    aimed = instructions_in(page.text)
    if aimed is None:
        return quality
    reason = f"words aimed at a language model; they are text like any other: “{aimed}”"
    return replace(quality, reasons=(*quality.reasons, reason))


def is_usable(quality: PageQuality) -> bool:
    """Whether passages are made of a page with this verdict."""
    return quality.verdict in PASSAGE_VERDICTS


def why_unusable(qualities: Sequence[PageQuality]) -> str:
    """Why the first page that shows something cannot be used; else why the first one cannot."""
    shown = [quality for quality in qualities if quality.verdict is PageVerdict.NEEDS_OCR]
    return "; ".join((*shown, *qualities)[0].reasons)
