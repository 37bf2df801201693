"""The shelf, saving and printing, and the log of what left the app."""
