"""Small widgets without knowledge of records."""
