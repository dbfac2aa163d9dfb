"""Elements to .docx, to GB/T 9704-2012."""
