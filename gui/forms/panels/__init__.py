"""One panel a record: its form beside the list."""
