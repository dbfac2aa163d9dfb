"""What is read from outside: which row is a kept record, which day is meant."""
