"""Packages between offices: what goes out, what comes in."""
