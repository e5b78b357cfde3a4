"""Whether a quotation answers a question, or only speaks of the same subject."""
