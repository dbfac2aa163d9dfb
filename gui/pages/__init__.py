"""The tabs beside the home page."""
