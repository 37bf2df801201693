"""What 当日 decides: which step is in force, what is looked at before printing."""
