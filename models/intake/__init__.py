"""What comes in from workbooks and pasted text."""
