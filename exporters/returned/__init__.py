"""A paper that went out as Word and comes back corrected: what was changed, and the paper with it."""
