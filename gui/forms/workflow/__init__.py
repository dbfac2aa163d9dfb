"""The life of a record in its form: steps, rounds, time line."""
