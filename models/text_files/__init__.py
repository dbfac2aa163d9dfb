"""The text of papers from outside (.docx, .pdf, .txt), read apart from the window's process and within fixed limits."""

HIDDEN_COMMAND = "--read-text"
"""What the program is started with to be the reading process."""
PARTS_COMMAND = "--read-parts"
"""The same, to tell a Word document's parts and not its text alone."""
