"""Elements to .docx, to the standard GB/T 9704-2012; ``writer`` is where it begins."""
