"""Scored passages become a cited answer or an abstention."""
