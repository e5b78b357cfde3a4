"""What pdfium reads of a PDF; the only importers of pypdfium2. It is not thread-safe: one lock."""
