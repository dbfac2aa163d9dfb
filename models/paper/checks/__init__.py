"""What stands against issuing a document: one checker, for our own papers and for those of others."""
