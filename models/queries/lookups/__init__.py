"""Small look-ups: what a form offers, what names a record, what texts call a unit."""
