"""A finding: its states, deadlines, answers."""
