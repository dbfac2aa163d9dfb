"""Spreadsheet files from outside, read apart from the window's process and within fixed limits."""

HIDDEN_COMMAND = "--read-spreadsheet"
"""What the program is started with to be the reading process."""
