"""Reading returned forms, with errors named by cell."""
