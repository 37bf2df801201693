"""Reading an event as it stood."""
