"""Tables of ids with a page cache."""
