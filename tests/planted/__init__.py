"""Papers of invented offices with one mistake planted in each, and what the check before issue says of them."""
