"""Official documents: which records may stand in them, their numbers and their states."""
