"""Seconds and MiB of ingest, build and questions, printed with machine and versions."""
