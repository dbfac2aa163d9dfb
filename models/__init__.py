"""The office's records and rules. Imports neither Qt nor docx."""
