"""A PDF becomes passages. Knows nothing of search."""
