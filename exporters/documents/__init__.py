"""One file a document kind: records to elements."""
