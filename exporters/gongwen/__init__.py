"""Elements to .docx, to the standard GB/T 9704-2012."""

from exporters.gongwen.writer import write_docx

__all__ = ["write_docx"]
