"""What a clerk asks: lists, search, counts, statistics."""
