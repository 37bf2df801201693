"""Services that read an event at a past moment."""
