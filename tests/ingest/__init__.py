"""Tests of ingest/, one file for each module."""
