"""Counts: every figure of screen, Word, Excel and JSON, and the rows behind it."""
