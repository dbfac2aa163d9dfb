"""Records with all that a document or a screen says about them."""
