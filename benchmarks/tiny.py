"""What the measures of releases use in place of the real things: a tiny embedder, tiny PDFs."""

import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.embed import QueryVectors, TextVectors
from index.terms import words

_DIM = 32


class TinyEmbedder:
    """Vectors of counted words: no model, a few microseconds, the same in every process."""

    name = "tiny"
    sha256 = "0" * 64
    window_tokens = 254

    def count_tokens(self, text: str) -> int:
        """How many words a text has."""
        return len(text.split())

    def embed_query(self, text: str) -> QueryVectors:
        """The vectors of a question."""
        return QueryVectors(whole=_unit(_counts(text)), tokens=_word_vectors(text))

    def embed_with_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[tuple[int, int]]],
        *,
        on_progress: Callable[[int], None] | None = None,
    ) -> list[TextVectors]:
        """The vectors of some texts, and of stretches of them."""
        made = []
        for row, (text, stretches) in enumerate(zip(texts, parts, strict=True), start=1):
            rows = [_unit(_counts(text[a:b])) for a, b in stretches]
            made.append(
                TextVectors(
                    whole=_unit(_counts(text)),
                    parts=np.array(rows, dtype=np.float32).reshape(-1, _DIM),
                    tokens=np.round(127 * _word_vectors(text)).astype(np.int8),
                )
            )
            if on_progress:
                on_progress(row)
        return made


def one_page_pdf(text: str) -> bytes:
    """A PDF of one page with one line of text, written by hand (ISO 32000-1, 7.5)."""
    content = f"BT /F1 12 Tf 72 500 Td ({text}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        ),
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    file, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(file)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    file += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    file += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n".encode()
    return bytes(file + f"startxref\n{start}\n%%EOF\n".encode())


def _counts(text: str) -> NDArray[np.float32]:
    counts = np.full(_DIM, 0.01, dtype=np.float32)  # a text without words has a direction too
    for word in words(text):
        counts[zlib.crc32(word.encode()) % _DIM] += 1
    return counts


def _word_vectors(text: str) -> NDArray[np.float32]:
    rows = [_unit(_counts(word)) for word in words(text)] or [_unit(_counts(""))]
    return np.array(rows, dtype=np.float32)


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
