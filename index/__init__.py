"""Passages become an index; a query becomes scored passages."""
