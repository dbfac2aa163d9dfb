"""The main window and all that belongs to one running program."""
