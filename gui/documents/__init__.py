"""The document editor beside its pages."""
