"""Tests of index/, one file for each module."""
