"""The text of papers from outside (.docx, .pdf, .txt), read apart from the window's process and within fixed limits."""

HIDDEN_COMMAND = "--read-text"
"""What the program is started with to be the reading process."""
