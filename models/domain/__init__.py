"""What is allowed: pure functions and tables, without the database."""
