"""Tests of ui/ and app.py without a browser."""
