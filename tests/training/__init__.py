"""Tests of how the reader is made."""
