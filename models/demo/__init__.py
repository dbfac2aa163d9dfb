"""The invented demo office."""
