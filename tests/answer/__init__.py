"""Tests of answer/, one file for each module."""
