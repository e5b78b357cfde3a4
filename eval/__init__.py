"""Judged questions become measures.

The package hides the builtin `eval` for whoever imports it whole: always write
`from eval.questions import …`.
"""
