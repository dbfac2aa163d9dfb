"""Accountability cases: their stages, measures and the order of people and organs."""
