"""Forms generated from the records' fields."""
