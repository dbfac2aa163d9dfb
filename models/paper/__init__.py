"""An official document as plain elements."""
